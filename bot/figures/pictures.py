"""Figures as pictures: columns over time and bars by group, each with its words and its number in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_SHARP = 2
"""Drawn so many times as large and made smaller: smooth edges."""
_PAPER, _INK, _QUIET, _TRACK, _BAR = "#ffffff", "#22303c", "#586662", "#e8edf1", "#1d5b4e"
_STACK = ("#1d5b4e", "#c98a1b", "#3d5a99", "#b3332c", "#6a5a84")
"""Tell levels apart by their place too: the lowest is always below."""
_WIDTH, _EDGE, _ROW = 560, 18, 54
_HIGH, _FOOT = 190, 46

Bar = tuple[str, float | None, str]
"""Its words, its part of the whole (None: not shown), and what is written behind or above it."""
Stack = tuple[str, tuple[int, ...]]


@lru_cache(maxsize=100)
def draw_bars(bars: Sequence[Bar]) -> bytes:
    """One below the other; a full bar is everybody."""
    height = 2 * _EDGE + _ROW * len(bars)
    image, draw = _begin(height)
    for place, (label, part, told) in enumerate(bars):
        _draw_bar(draw, _EDGE + place * _ROW, label, part, told)
    return _save(image, height)


def _draw_bar(draw: ImageDraw.ImageDraw, top: int, label: str, part: float | None, told: str) -> None:
    s, right = _SHARP, _WIDTH - _EDGE
    draw.text((_EDGE * s, (top + 2) * s), _fit(label, 380 * s, 19), _INK, _font(19))
    draw.text((right * s, (top + 2) * s), told, _INK if part is not None else _QUIET, _font(19), anchor="ra")
    for end, colour in ((1.0, _TRACK), (part or 0, _BAR)):
        if end:
            edge = max(_EDGE + 14, _EDGE + round((right - _EDGE) * end))
            draw.rounded_rectangle((_EDGE * s, (top + 30) * s, edge * s, (top + 44) * s), 7 * s, colour)


@lru_cache(maxsize=100)
def draw_columns(columns: Sequence[Bar]) -> bytes:
    """Side by side, the oldest first; a full column is everybody."""
    height = 2 * _EDGE + _HIGH + _FOOT
    image, draw = _begin(height)
    s, wide = _SHARP, (_WIDTH - 2 * _EDGE) / max(1, len(columns))
    floor = _EDGE + _HIGH
    for place, (label, part, told) in enumerate(columns):
        left = _EDGE + place * wide
        middle = (left + wide / 2) * s
        thick = min(46.0, wide * 0.62) / 2 * s
        room = _HIGH - 28
        top = floor - room * (part or 0)
        draw.rounded_rectangle((middle - thick, (floor - room) * s, middle + thick, floor * s), 6 * s, _TRACK)
        if part:
            top = min(top, floor - 8)
            draw.rounded_rectangle((middle - thick, top * s, middle + thick, floor * s), 6 * s, _BAR)
        draw.text((middle, (floor - room - 6) * s), told, _INK, _font(17), anchor="mb")
        for line, text in enumerate(label.split("\n")):
            draw.text((middle, (floor + 8 + 18 * line) * s), text, _QUIET, _font(15), anchor="ma")
    return _save(image, height)


@lru_cache(maxsize=100)
def draw_stacks(stacks: Sequence[Stack], legend: Sequence[str]) -> bytes:
    """Numbers side by side, each built of parts from below; a legend names the parts in the same order."""
    height = 2 * _EDGE + _HIGH + _FOOT + 24 * len(legend)
    image, draw = _begin(height)
    s, wide = _SHARP, (_WIDTH - 2 * _EDGE) / max(1, len(stacks))
    most, floor = max([1, *(sum(parts) for _, parts in stacks)]), _EDGE + _HIGH
    for place, (label, parts) in enumerate(stacks):
        middle, bottom = (_EDGE + (place + 0.5) * wide) * s, float(floor)
        for part, colour in zip(parts, _STACK, strict=False):
            if part:
                top = bottom - (_HIGH - 28) * part / most
                draw.rectangle((middle - wide * 0.3 * s, top * s, middle + wide * 0.3 * s, bottom * s - 1), colour)
                bottom = top
        total = sum(parts)
        draw.text((middle, (bottom - 4) * s), str(total) if total else "0", _INK, _font(15), anchor="mb")
        for line, text in enumerate(label.split("\n")):
            draw.text((middle, (floor + 8 + 16 * line) * s), text, _QUIET, _font(13), anchor="ma")
    for place, (name, colour) in enumerate(zip(legend, _STACK, strict=False)):
        top = floor + _FOOT + 6 + 24 * place
        draw.rounded_rectangle((_EDGE * s, (top + 2) * s, (_EDGE + 16) * s, (top + 18) * s), 4 * s, colour)
        draw.text(((_EDGE + 26) * s, (top + 10) * s), name, _INK, _font(16), anchor="lm")
    return _save(image, height)


def _begin(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (_WIDTH * _SHARP, height * _SHARP), _PAPER)
    return image, ImageDraw.Draw(image)


def _save(image: Image.Image, height: int) -> bytes:
    small = image.resize((_WIDTH, height), Image.Resampling.LANCZOS).quantize(48)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size * _SHARP)


def _fit(label: str, room: float, size: int) -> str:
    """Its beginning, where the whole is too long."""
    if _font(size).getlength(label) <= room:
        return label
    while label and _font(size).getlength(label + "…") > room:
        label = label[:-1]
    return label.rstrip() + "…"
