"""The card of the figures: one number, the trend as a picture, where it lags, and what the numbers mean."""

from __future__ import annotations

from bot.figures.drawn import find_drawn
from bot.figures.overview import Overview
from bot.figures.report import Names, percent, tell_lead
from bot.model.cards import Bullets, Card, Element, Fact, Facts, Link, Picture, Text, shorten
from bot.model.limits import PICTURE_ALT, SUMMARY
from bot.texts import Words
from knowledge.figures import MONTHS_AHEAD, Counts, read_forecast

_UNITS = 5


def figures_card(words: Words, names: Names, overview: Overview, link: str, *, secret: bool) -> Card:
    """`secret`: the link holds one, so it is said how long it works."""
    lead = tell_lead(words, names, overview)
    elements: list[Element] = [
        Text(text=words("figures.report_title", day=words.day(overview.on)), style="heading"),
        Text(text=lead),
        *_trend(words, names, overview),
    ]
    if overview.group.counts is not None:
        elements.append(_facts(words, overview, overview.group.counts))
        elements += _behind(words, names, overview)
    elements.append(Text(text=_definitions(words, overview), style="quiet"))
    elements.append(Link(label=words("figures.open_page"), url=link))
    if secret:
        elements.append(Text(text=words("pages.link_hint"), style="quiet"))
    return Card(summary=shorten(lead, SUMMARY), elements=tuple(elements))


def _trend(words: Words, names: Names, overview: Overview) -> list[Element]:
    drawn = next((one for one in find_drawn(words, names, overview) if one.id == "trend"), None)
    if drawn is None or overview.group.share is None:
        return []
    return [Picture(png=drawn.png, alt=shorten(drawn.alt, PICTURE_ALT), name="trend.png")]


def _facts(words: Words, overview: Overview, counts: Counts) -> Facts:
    forecast = read_forecast(counts, overview.on, overview.definitions.rules.levels)
    expires = sum(sum(many.values()) for _, many in forecast[: MONTHS_AHEAD + 1])
    facts = [
        Fact(label=words("figures.card_behind"), value=words.number(overview.group.behind)),
        Fact(label=words("figures.card_expires"), value=words.number(expires)),
    ]
    joined = counts["joined"]
    if joined >= max(1, overview.minimum):
        told = words("figures.card_joined_of", n=counts["joined_in_time"], of=joined)
        facts.append(Fact(label=words("figures.card_joined"), value=told))
    facts.append(Fact(label=words("figures.share"), value=percent(words, overview.group.share)))
    return Facts(facts=tuple(facts))


def _behind(words: Words, names: Names, overview: Overview) -> list[Element]:
    units = overview.units_behind[:_UNITS]
    if not units:
        return [Text(text=words("figures.card_nobody_behind"))] if not overview.group.behind else []
    lines = [
        words(
            "figures.card_unit_line",
            unit=shorten(names.group("unit", one.name), 80),
            n=one.behind,
            of=one.people,
        )
        for one in units
    ]
    return [Text(text=words("figures.card_units"), style="strong"), Bullets(items=tuple(lines))]


def _definitions(words: Words, overview: Overview) -> str:
    told = [words("figures.def_day", day=words.day(overview.on)), words("figures.def_who")]
    if overview.minimum > 1:
        told.append(words("figures.def_small", n=overview.minimum))
    return " ".join(told)
