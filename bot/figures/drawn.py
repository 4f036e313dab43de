"""Which pictures there are of an overview, as PNG and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.figures.overview import Overview
from bot.figures.pictures import Bar, Stack, draw_bars, draw_columns, draw_stacks
from bot.figures.report import Names, percent
from bot.texts import Words
from knowledge.figures import MONTHS_AHEAD, read_forecast

_MOST_BARS = 30


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture: of columns, bars or stacks; `alt` has every number that is in it."""

    id: str
    title: str
    alt: str
    bars: Sequence[Bar] = ()
    stacks: Sequence[Stack] = ()
    legend: Sequence[str] = ()

    @property
    def png(self) -> bytes:
        if self.id == "forecast":
            return draw_stacks(tuple(self.stacks), tuple(self.legend))
        return draw_columns(tuple(self.bars)) if self.id == "trend" else draw_bars(tuple(self.bars))


def find_drawn(words: Words, names: Names, overview: Overview) -> list[Drawn]:
    """The trend, units, and the forecast; those that have something in them."""
    drawn = [_trend(words, overview), _units(words, names, overview), _forecast(words, names, overview)]
    return [one for one in drawn if one.bars or one.stacks]


def _trend(words: Words, overview: Overview) -> Drawn:
    bars: list[Bar] = []
    for point in overview.trend:
        is_now = point.on == overview.on
        label = words.month(point.on, short=True) if not is_now else words.short_day(point.on)
        bars.append((_in_two(label), point.share, _told(words, point.share)))
    points = _points(words, [(words.day(point.on), percent(words, point.share)) for point in overview.trend])
    return Drawn("trend", words("figures.trend"), words("figures.page_trend_alt", points=points), bars=bars)


def _units(words: Words, names: Names, overview: Overview) -> Drawn:
    """The lowest share first, since that is where something is to be done."""
    shown = sorted(overview.groups["unit"], key=lambda one: (one.share is None, one.share or 0.0, one.name))
    bars: list[Bar] = [
        (names.group("unit", one.name), one.share, percent(words, one.share)) for one in shown[:_MOST_BARS]
    ]
    alt = _points(words, [(label, told) for label, _, told in bars])
    return Drawn("units", words("figures.by_unit"), words("figures.page_units_alt", points=alt), bars=bars)


def _forecast(words: Words, names: Names, overview: Overview) -> Drawn:
    levels = overview.definitions.rules.levels
    if overview.group.counts is None:
        return Drawn("forecast", "", "")
    months = read_forecast(overview.group.counts, overview.on, levels)
    stacks = [
        (_in_two(words.month(month, short=True)), tuple(many.get(level, 0) for level in levels))
        for month, many in months
    ]
    points = _points(words, [(words.month(month), words.number(sum(many.values()))) for month, many in months])
    legend = [names.level(level) for level in levels]
    alt, title = words("figures.page_forecast_alt", points=points), words("figures.forecast", n=MONTHS_AHEAD)
    return Drawn("forecast", title, alt, stacks=stacks, legend=legend)


def _in_two(day: str) -> str:
    """The year below the rest."""
    return "\n".join(day.rsplit(" ", 1))


def _told(words: Words, share: float | None) -> str:
    return "–" if share is None else percent(words, share)


def _points(words: Words, points: Sequence[tuple[str, str]]) -> str:
    return "; ".join(words("figures.point", label=label, value=value) for label, value in points)
