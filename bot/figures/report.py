"""A day's figures as tables of words and numbers, with the definitions they were counted by; pages, spreadsheets,
PDFs and audit exports all draw these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.figures.overview import KINDS, Group, Overview
from bot.texts import Words
from knowledge.content import Knowledge
from knowledge.figures import MONTHS_AHEAD, NO_LEVEL, Counts, in_count, read_forecast

Cell = str | int | float | None
"""Words, a number of people, a part of a whole, or None: too small to show."""


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    lead: str
    tables: Sequence[Table]
    definitions: Sequence[str]


class Names:
    """What levels and functions are called, by the knowledge in force; an id that is gone stays an id."""

    def __init__(self, words: Words, knowledge: Knowledge) -> None:
        self._levels = {one.id: one.label.in_language(words.language) for one in knowledge.policy.levels}
        functions = knowledge.diploma.get("functions", ())
        assert isinstance(functions, Sequence)
        self._functions = {row["id"]: row["title"].get(words.language) or row["title"]["nl"] for row in functions}
        self._none = words("figures.no_level")
        self._unknown = words("figures.unknown")

    def level(self, id: str) -> str:
        return self._none if id == NO_LEVEL else self._levels.get(id, id)

    def group(self, kind: str, name: str) -> str:
        if not name:
            return self._unknown
        return self._functions.get(name, name) if kind == "function" else name


def percent(words: Words, part: float | None) -> str:
    """99% only becomes 100% when nobody is missing."""
    if part is None:
        return words("figures.too_small")
    return words("figures.percent", n=100 if part == 1 else min(99, round(100 * part)))


def tell(words: Words, cell: Cell) -> str:
    """A cell as people read it."""
    match cell:
        case None:
            return words("figures.too_small")
        case float():
            return percent(words, cell)
        case int():
            return words.number(cell)
        case str():
            return cell


def make_report(words: Words, knowledge: Knowledge, overview: Overview) -> Report:
    names = Names(words, knowledge)
    return Report(
        title=words("figures.report_title", day=words.day(overview.on)),
        lead=tell_lead(words, names, overview),
        tables=tuple(_tables(words, names, overview)),
        definitions=tuple(_definitions(words, overview)),
    )


def tell_lead(words: Words, names: Names, overview: Overview) -> str:
    """The one sentence that matters, and what became known later."""
    group = overview.group
    if group.counts is None or group.share is None:
        return words("figures.lead_small")
    valid, of = group.counts["state:valid"], in_count(group.counts)
    whom = names.group(overview.chosen.kind, group.name) if overview.chosen.kind != "all" else words("figures.all")
    told = words(
        "figures.lead", who=whom, share=percent(words, group.share), n=words.number(valid), of=words.number(of)
    )
    if overview.corrected is not None and overview.corrected[1].share is not None:
        counted, corrected = overview.corrected
        day, now = words.day(counted.known_on), percent(words, corrected.share)
        told = f"{told} {words('figures.lead_corrected', day=day, share=now)}"
    return told


def _tables(words: Words, names: Names, overview: Overview) -> Iterator[Table]:
    counts = overview.group.counts
    if counts is not None:
        yield _numbers(words, names, overview, counts)
    for kind in KINDS:
        yield _standing(words, names, kind, overview.groups[kind])
    yield _processes(words, names, overview)
    yield Table(
        "trend",
        words("figures.trend"),
        (words("figures.day"), words("figures.share")),
        [(words.day(point.on), point.share) for point in overview.trend],
    )
    if counts is not None:
        yield _forecast(words, names, overview, counts)
        yield _tries(words, names, overview, counts)


def _numbers(words: Words, names: Names, overview: Overview, counts: Counts) -> Table:
    states = ("valid", "due", "overdue", "unplanned", "absent", "exempt")
    rows: list[tuple[Cell, ...]] = [(words("figures.people"), counts["people"])]
    rows += [(words(f"figures.state_{state}"), counts[f"state:{state}"]) for state in states]
    rows += [
        (words("figures.holds", level=names.level(level)), counts[f"level:{level}"])
        for level in (NO_LEVEL, *overview.definitions.rules.levels)
    ]
    joined = counts["joined"]
    if joined:
        in_time = counts["joined_in_time"] if joined >= overview.minimum else None
        rows += [(words("figures.joined"), joined), (words("figures.joined_in_time"), in_time)]
    return Table("numbers", words("figures.numbers"), (words("figures.what"), words("figures.number")), rows)


def _standing(words: Words, names: Names, kind: str, groups: Sequence[Group]) -> Table:
    head = [words(f"figures.{kind}"), *(words(f"figures.{key}") for key in ("people", "share", "behind"))]
    rows: list[tuple[Cell, ...]] = []
    for one in groups:
        told: tuple[Cell, ...] = (one.people, one.share, one.behind) if one.counts is not None else (None, "", "")
        rows.append((names.group(kind, one.name), *told))
    return Table(kind, words(f"figures.by_{kind}"), head, rows)


def _processes(words: Words, names: Names, overview: Overview) -> Table:
    levels = (NO_LEVEL, *overview.definitions.rules.levels)
    rows = [
        (one.name, *([None, *[""] * (len(levels) - 1)] if one.counts is None else _held(one.counts, levels)))
        for one in overview.groups["process"]
    ]
    head = (words("figures.process"), *(names.level(level) for level in levels))
    return Table("process", words("figures.by_process"), head, rows)


def _held(counts: Counts, levels: Sequence[str]) -> list[Cell]:
    return [counts[f"level:{level}"] for level in levels]


def _forecast(words: Words, names: Names, overview: Overview, counts: Counts) -> Table:
    levels = overview.definitions.rules.levels
    lacking: Sequence[Cell] = (words("figures.lacks_now"), *(counts[f"lacks:{level}"] for level in levels))
    months = read_forecast(counts, overview.on, levels)
    rows: list[Sequence[Cell]] = [
        (words.month(month), *(many.get(level, 0) for level in levels)) for month, many in months
    ]
    head = (words("figures.month"), *(names.level(level) for level in levels))
    return Table("forecast", words("figures.forecast", n=MONTHS_AHEAD), head, [lacking, *rows])


def _tries(words: Words, names: Names, overview: Overview, counts: Mapping[str, int]) -> Table:
    """A column for each level that somebody tried; too few people at a level are not shown."""
    levels = [level for level in overview.definitions.rules.levels if counts.get(f"sat:{level}", 0)]
    shown = {level: counts[f"sat:{level}"] >= overview.minimum for level in levels}

    def number(key: str, level: str) -> int:
        return counts.get(f"{key}:{level}", 0)

    rows: list[tuple[Cell, ...]] = [
        (words(f"figures.tries_{key}"), *(number(key, level) if shown[level] else None for level in levels))
        for key in ("sat", "tries", "passes", "missed", "again", "made_it")
    ]
    rates = [number("passes", level) / number("tries", level) if shown[level] else None for level in levels]
    rows.append((words("figures.tries_rate"), *rates))
    head = (words("figures.what"), *(names.level(level) for level in levels))
    return Table("tries", words("figures.tries"), head, rows if levels else [])


def _definitions(words: Words, overview: Overview) -> Iterator[str]:
    rules = overview.definitions.rules
    yield words("figures.def_day", day=words.day(overview.on))
    yield words("figures.def_who")
    yield words("figures.def_valid")
    yield words("figures.def_behind")
    yield words("figures.def_joined", n=rules.onboarding_days)
    yield words("figures.def_tries")
    yield words("figures.def_forecast")
    if overview.minimum > 1:
        yield words("figures.def_small", n=overview.minimum)
    if overview.corrected is not None:
        yield words("figures.def_corrected")
