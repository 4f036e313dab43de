"""The two icons of the app package, drawn when it is built: the club with a smile, in colour and in outline."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw

COLOUR_SIZE = 192
OUTLINE_SIZE = 32
ACCENT = "#1D5B4E"
_CREAM = "#FDF3E4"
_DRAWN_LARGER = 8
"""Drawn this much larger and made smaller, so that edges are smooth."""
_GRID = 24.0
"""All measures below are on a square of this size."""
Point = tuple[float, float]

_LEAVES = ((12.0, 7.4, 4.3), (7.3, 13.0, 4.3), (16.7, 13.0, 4.3), (12.0, 11.6, 3.4))
_EYES = ((10.2, 10.3, 0.95), (13.8, 10.3, 0.95))
_STEM = (
    ((12.0, 13.0), (12.0, 17.0), (11.1, 18.6), (9.4, 20.2)),
    ((14.6, 20.2), (12.9, 18.6), (12.0, 17.0), (12.0, 13.0)),
)
_SMILE = ((9.7, 12.6), (11.0, 14.1), (13.0, 14.1), (14.3, 12.6))


def draw_colour_icon() -> bytes:
    """192 by 192, in the house's colours."""
    size = COLOUR_SIZE * _DRAWN_LARGER
    picture = Image.new("RGB", (size, size), ACCENT)
    _draw_club(ImageDraw.Draw(picture), size / _GRID, club=_CREAM, face=ACCENT)
    return _as_png(picture.resize((COLOUR_SIZE, COLOUR_SIZE), Image.Resampling.LANCZOS))


def draw_outline_icon() -> bytes:
    """32 by 32: white on nothing, as Teams wants it for the side bar."""
    size = OUTLINE_SIZE * _DRAWN_LARGER
    mask = Image.new("L", (size, size), 0)
    _draw_club(ImageDraw.Draw(mask), size / _GRID, club=255, face=0)
    white = Image.new("RGBA", (OUTLINE_SIZE, OUTLINE_SIZE), (255, 255, 255, 0))
    white.putalpha(mask.resize((OUTLINE_SIZE, OUTLINE_SIZE), Image.Resampling.LANCZOS))
    return _as_png(white)


def _draw_club(pen: ImageDraw.ImageDraw, scale: float, *, club: str | int, face: str | int) -> None:
    def dot(x: float, y: float, radius: float, colour: str | int) -> None:
        pen.ellipse([scale * edge for edge in (x - radius, y - radius, x + radius, y + radius)], fill=colour)

    for leaf in _LEAVES:
        dot(*leaf, club)
    pen.polygon([(scale * x, scale * y) for part in _STEM for x, y in _curve(*part)], fill=club)
    for eye in _EYES:
        dot(*eye, face)
    for x, y in _curve(*_SMILE):
        dot(x, y, 0.55, face)


def _curve(start: Point, towards: Point, before: Point, end: Point, steps: int = 60) -> Iterator[Point]:
    """Points along a cubic Bézier curve."""
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        points = (start, towards, before, end)
        yield (
            sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
        )


def _as_png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
