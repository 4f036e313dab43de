"""Counts a day's figures a page of people at a time, under the rules that hold, or held, on that day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from knowledge.content import Knowledge
from knowledge.diploma_rules import Rules, find_rules
from knowledge.diploma_status import Held, Person, Span, Stay
from knowledge.figures import Try, count_person
from storage import figures, register
from storage.figures import ALL, Groups, Result
from storage.register import Dossier, Period
from storage.transaction import Transaction

PAGE = 1_000
_LATE_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Definitions:
    """What figures were counted by, as it was that day."""

    rules: Rules
    processes: dict[str, str]
    """Critical process by function."""


_DEFINITIONS = TypeAdapter(Definitions)


def find_definitions(knowledge: Knowledge) -> Definitions | None:
    """Those in force; None where the organisation has no diploma."""
    rules = find_rules(knowledge)
    if rules is None:
        return None
    functions = knowledge.diploma["functions"]
    assert isinstance(functions, Sequence)
    processes = {row["id"]: row["critical_process"] for row in functions if row.get("critical_process")}
    return Definitions(rules, processes)


def read_definitions(kept: str) -> Definitions:
    return _DEFINITIONS.validate_json(kept)


async def begin(tx: Transaction, knowledge: Knowledge, on: date, now: datetime) -> bool:
    """Start today's count; False where there is nothing to count, or it was begun already."""
    definitions = find_definitions(knowledge)
    if definitions is None:
        return False
    return await figures.begin(tx, on, on, _DEFINITIONS.dump_json(definitions).decode(), now)


async def begin_correction(tx: Transaction, day: date, on: date, now: datetime) -> bool:
    """Count a past day again, by its own rules, where diplomas of then came in since it was last counted."""
    shown = await figures.find_counted(tx, day, since=day)
    if shown is None:
        return False
    last = await figures.find_correction(tx, day) or shown
    if last.known_on >= on or not await figures.was_told_later(tx, day, last.counted_at):
        return False
    return await figures.begin(tx, day, on, shown.rules, now)


async def count_page(tx: Transaction, day: date, known_on: date, *, page: int = PAGE) -> str | None:
    """The next page of people; the id of the last of them, None once the count is done."""
    unfinished = await figures.lock_unfinished(tx, day, known_on)
    if unfinished is None:
        return None
    rules, groups = read_definitions(unfinished.rules).rules, unfinished.groups
    ids = await register.list_ids(tx, day, unfinished.after, page)
    dossiers = await register.find_dossiers(tx, ids)
    results = await figures.find_results(tx, ids)
    for id in ids:
        _add(groups, rules, dossiers[id], results[id], day)
    if len(ids) < page:
        await figures.finish(tx, day, known_on, groups)
        return None
    await figures.keep_partial(tx, day, known_on, ids[-1], groups)
    return ids[-1]


def _add(groups: Groups, rules: Rules, dossier: Dossier, results: Sequence[Result], on: date) -> None:
    period = _find_period(dossier.periods, on)
    if period is None:
        return
    counts = count_person(rules, as_person(dossier, results), as_tries(results), on)
    keys = (ALL, ("unit", period.unit), ("location", period.location), ("function", period.function))
    for key in keys:
        group = groups.setdefault(key, Counter())
        for what, number in counts.items():  # a third of what Counter.update takes
            group[what] += number


def _find_period(periods: Sequence[Period], on: date) -> Period | None:
    """The same one that the rules go by."""
    there = (one for one in periods if one.since <= on and (one.until is None or on < one.until))
    return max(there, key=lambda one: one.since, default=None)


def as_person(dossier: Dossier, results: Sequence[Result]) -> Person:
    return Person(
        stays=tuple(Stay(one.since, one.until, one.unit, one.function, one.started) for one in dossier.periods),
        held=tuple(Held(one.level, one.issued, one.expires) for one in results if one.passed),
        absences=tuple(Span(one.since, one.until) for one in dossier.absences),
        exemptions=tuple(Span(one.since, one.until) for one in dossier.exemptions),
    )


def as_tries(results: Sequence[Result]) -> list[Try]:
    """A correction that takes a diploma back is no attempt."""
    return [Try(one.level, one.issued, one.passed) for one in results if one.passed or one.replaces is None]
