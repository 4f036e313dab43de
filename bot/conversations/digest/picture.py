"""A small picture of the week's questions by verdict: each by a sign, a word, a bar and a number."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.texts import Words
from knowledge.content import Verdict
from storage.digest_questions import UNANSWERED

_WIDTH, _ROW, _EDGE = 540, 56, 22
_NAME = _EDGE + 42
"""Where the names begin, after the signs."""
_SHARP = 2
"""Drawn so many times as large and made smaller: smooth edges."""
_PAPER, _INK, _TRACK = "#ffffff", "#22303c", "#edf0f2"
_COLOURS = {
    "mag": "#2f7d4f",
    "mag_mits": "#a8650a",
    "grijs": "#5b6770",
    "mag_niet": "#b3332c",
    UNANSWERED: "#3d5a99",
}
KINDS = (*(verdict.value for verdict in Verdict), UNANSWERED)


def name_of(words: Words, kind: str) -> str:
    """Mag, mits: without its sign, which is drawn."""
    if kind == UNANSWERED:
        return words("digest.figure_open")
    return words(f"ask.verdict_{kind}").partition(" ")[2]


def tell_figures(words: Words, figures: Mapping[str, int]) -> str:
    """The picture in words, with every number that is in it."""
    told = [f"{name_of(words, kind)}: {words.number(figures[kind])}" for kind in KINDS if kind in figures]
    return words("digest.figures", numbers="; ".join(told))


def draw_figures(words: Words, figures: Mapping[str, int]) -> bytes:
    """A PNG of some kilobytes. What is not told (nothing, or too few people) has no row."""
    shown = tuple((kind, name_of(words, kind), figures[kind], words.number(figures[kind])) for kind in KINDS
                  if kind in figures)  # fmt: skip
    return _draw(shown)


@lru_cache(maxsize=50)
def _draw(shown: Sequence[tuple[str, str, int, str]]) -> bytes:
    height = 2 * _EDGE + _ROW * len(shown)
    image = Image.new("RGB", (_WIDTH * _SHARP, height * _SHARP), _PAPER)
    draw = ImageDraw.Draw(image)
    most = max(number for _, _, number, _ in shown)
    left = _NAME + round(max(_font(24).getlength(name) for _, name, _, _ in shown) / _SHARP) + 14
    right = _WIDTH - _EDGE - round(max(_font(25).getlength(told) for _, _, _, told in shown) / _SHARP) - 14
    for place, (kind, name, number, told) in enumerate(shown):
        middle = _EDGE + _ROW * place + _ROW // 2
        _draw_name(draw, middle, kind, name, told)
        _draw_bar(draw, middle, left, right, number / most, _COLOURS[kind])
    small = image.resize((_WIDTH, height), Image.Resampling.LANCZOS).quantize(48)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size * _SHARP)


def _draw_name(draw: ImageDraw.ImageDraw, middle: int, kind: str, name: str, told: str) -> None:
    s = _SHARP
    _draw_sign(draw, kind, _EDGE * s, (middle - 14) * s, 28 * s)
    draw.text((_NAME * s, middle * s), name, _INK, _font(24), anchor="lm")
    draw.text(((_WIDTH - _EDGE) * s, middle * s), told, _INK, _font(25), anchor="rm")


def _draw_bar(draw: ImageDraw.ImageDraw, middle: int, left: int, right: int, share: float, colour: str) -> None:
    """Names and numbers leave it what they leave; never less than its own rounding."""
    s, least = _SHARP, 14
    right = max(right, left + least)
    end = left + max(least, round((right - left) * share))
    draw.rounded_rectangle((left * s, (middle - 12) * s, right * s, (middle + 12) * s), 6 * s, _TRACK)
    draw.rounded_rectangle((left * s, (middle - 12) * s, end * s, (middle + 12) * s), 6 * s, colour)


def _draw_sign(draw: ImageDraw.ImageDraw, kind: str, x: int, y: int, size: int) -> None:
    """The signs people know from the answers, drawn by hand since no letter has them."""
    colour, pen = _COLOURS[kind], size // 8

    def at(*points: float) -> list[tuple[float, float]]:
        return [
            (x + across * size, y + down * size) for across, down in zip(points[::2], points[1::2], strict=True)
        ]

    tick = at(0.25, 0.52, 0.44, 0.71, 0.77, 0.3)
    if kind == Verdict.MAG:
        draw.rounded_rectangle((x, y, x + size, y + size), size // 5, colour)
        draw.line(tick, "white", pen, joint="curve")
    elif kind == Verdict.MAG_MITS:
        draw.rounded_rectangle((x, y, x + size, y + size), size // 5, outline=colour, width=pen)
        draw.line(tick, colour, pen, joint="curve")
    elif kind == Verdict.MAG_NIET:
        draw.ellipse((x, y, x + size, y + size), colour)
        draw.rectangle([*at(0.2, 0.42), *at(0.8, 0.58)], "white")
    elif kind == Verdict.GRIJS:
        draw.ellipse((x, y, x + size, y + size), outline=colour, width=pen)
        draw.text(at(0.5, 0.5)[0], "?", colour, ImageFont.load_default(size * 0.8), anchor="mm")
    else:
        draw.ellipse((x, y, x + size, y + size), outline=colour, width=pen)
        for across in (0.29, 0.5, 0.71):
            draw.circle(at(across, 0.5)[0], size * 0.06, colour)
