"""What a group answered to one question, as bars: each with its words above it and its number behind it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.lettering import find_letters

_WIDTH, _ROW, _EDGE = 540, 58, 16
_SHARP = 2
"""Drawn so many times as large and made smaller: smooth edges."""
_PAPER, _INK, _TRACK, _BAR = "#ffffff", "#22303c", "#e8edf1", "#3d5a99"
_NUMBERS = 56
"""Room behind the bars."""
_BAR_HEIGHT = 16

Row = tuple[str, int]


@lru_cache(maxsize=100)
def draw_bars(rows: Sequence[Row], people: int) -> bytes:
    """A PNG of some kilobytes. A full bar is everybody who answered."""
    height = 2 * _EDGE + _ROW * len(rows)
    image = Image.new("RGB", (_WIDTH * _SHARP, height * _SHARP), _PAPER)
    draw = ImageDraw.Draw(image)
    for place, (label, count) in enumerate(rows):
        _draw_row(draw, _EDGE + place * _ROW, label, count, count / max(people, 1))
    small = image.resize((_WIDTH, height), Image.Resampling.LANCZOS).quantize(32)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_row(draw: ImageDraw.ImageDraw, top: int, label: str, count: int, share: float) -> None:
    s, right = _SHARP, _WIDTH - _EDGE - _NUMBERS
    draw.text((_EDGE * s, (top + 4) * s), _fit(label, (right - _EDGE) * s), _INK, _font(20))
    bar_top = top + _ROW - _BAR_HEIGHT - 10
    _draw_bar(draw, bar_top, right, _TRACK)
    if count:
        _draw_bar(draw, bar_top, max(_EDGE + _BAR_HEIGHT, _EDGE + round((right - _EDGE) * share)), _BAR)
    middle = bar_top + _BAR_HEIGHT // 2
    draw.text(((_WIDTH - _EDGE) * s, middle * s), str(count), _INK, _font(22), anchor="rm")


def _draw_bar(draw: ImageDraw.ImageDraw, top: int, right: int, colour: str) -> None:
    s = _SHARP
    draw.rounded_rectangle((_EDGE * s, top * s, right * s, (top + _BAR_HEIGHT) * s), _BAR_HEIGHT * s // 2, colour)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(find_letters()), size * _SHARP)


def _fit(label: str, room: float) -> str:
    """Its beginning, where the whole is too long."""
    if _font(20).getlength(label) <= room:
        return label
    while label and _font(20).getlength(label + "…") > room:
        label = label[:-1]
    return label.rstrip() + "…"
