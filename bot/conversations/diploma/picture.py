"""A certificate as a small picture: the organisation, the level, the name and until when it counts."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT, _EDGE = 540, 300, 20
_SHARP = 2
"""Drawn so many times as large and made smaller: smooth edges."""
_PAPER, _INK, _QUIET, _CLUB = "#ffffff", "#22303c", "#5b6770", "#3d5a99"


@lru_cache(maxsize=50)
def draw_certificate(organisation: str, level: str, name: str, days: str) -> bytes:
    """A PNG of some kilobytes; a name that is too long is drawn smaller."""
    s = _SHARP
    image = Image.new("RGB", (_WIDTH * s, _HEIGHT * s), _PAPER)
    draw = ImageDraw.Draw(image)
    inner = (_EDGE * s, _EDGE * s, (_WIDTH - _EDGE) * s, (_HEIGHT - _EDGE) * s)
    draw.rounded_rectangle(inner, 14 * s, outline=_CLUB, width=3 * s)
    inside = tuple(edge + (6 * s if place < 2 else -6 * s) for place, edge in enumerate(inner))
    draw.rounded_rectangle(inside, 10 * s, outline=_CLUB, width=s)
    middle = _WIDTH // 2
    _write(draw, organisation, middle, 62, 18, _QUIET)
    _write(draw, level, middle, 112, 38, _CLUB)
    _write(draw, name, middle, 172, 28, _INK)
    draw.line(((middle - 110) * s, 202 * s, (middle + 110) * s, 202 * s), _CLUB, s)
    _write(draw, days, middle, 232, 17, _QUIET)
    small = image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).quantize(32)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(draw: ImageDraw.ImageDraw, text: str, x: int, y: int, size: int, colour: str) -> None:
    room = (_WIDTH - 4 * _EDGE) * _SHARP
    font = ImageFont.load_default(size * _SHARP)
    while font.getlength(text) > room and size > 9:
        size -= 1
        font = ImageFont.load_default(size * _SHARP)
    while font.getlength(text) > room:
        text = text[:-2].rstrip() + "…"
    draw.text((x * _SHARP, y * _SHARP), text, colour, font, anchor="mm")
