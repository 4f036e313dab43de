"""Figures of the diploma as at a day: what counts of one person, and what of a group may be shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.diploma_rules import Rules, add_months
from knowledge.diploma_status import Person, State, find_level, find_needed, find_status, find_stay

Counts = Counter[str]
"""Numbers of people by what was counted; sums of groups are sums of these."""

NO_LEVEL = "-"
LOOKS_BACK = timedelta(days=365)
"""Joiners and attempts of so long before the day."""
MONTHS_AHEAD = 12
_IN_COUNT = (State.VALID, State.DUE, State.OVERDUE, State.UNPLANNED)


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at a level."""

    level: str
    on: date
    passed: bool


def count_person(rules: Rules, person: Person, tries: Sequence[Try], on: date) -> Counts:
    """Empty for who does not work here on that day. Nothing that happened later changes it."""
    status, stay = find_status(rules, person, on), find_stay(person, on)
    if status is None or stay is None:
        return Counter()
    needed = find_needed(rules, stay.function)
    level = find_level(rules, person.held, on) or NO_LEVEL
    told = ["people", f"state:{status.state}", f"level:{level}"]
    if status.state is State.VALID and status.by is not None and status.by < add_months(on, MONTHS_AHEAD):
        told.append(f"expires:{status.by:%Y-%m}:{needed}")
    elif status.state in _IN_COUNT and status.state is not State.VALID:
        told.append(f"lacks:{needed}")
    told += _count_joining(rules, person, stay.started, needed, on)
    told += _count_tries(tries, on)
    return Counter(told)


def _count_joining(rules: Rules, person: Person, started: date | None, needed: str, on: date) -> Iterator[str]:
    """Whose onboarding days ended in the year before: did they have what their work asks by then?"""
    if started is None:
        return
    term = started + timedelta(days=rules.onboarding_days)
    if not on - LOOKS_BACK < term <= on:
        return
    yield "joined"
    if any(one.issued <= term and rules.rank(one.level) >= rules.rank(needed) for one in person.held):
        yield "joined_in_time"


def _count_tries(tries: Sequence[Try], on: date) -> Iterator[str]:
    """Per level: attempts and how many passed, people who tried, did not make it, and what became of those."""
    recent = sorted((one for one in tries if on - LOOKS_BACK < one.on <= on), key=lambda one: one.on)
    for level in {one.level for one in recent}:
        mine = [one for one in recent if one.level == level]
        yield f"sat:{level}"
        for one in mine:
            yield f"tries:{level}"
            if one.passed:
                yield f"passes:{level}"
        missed = next((place for place, one in enumerate(mine) if not one.passed), None)
        if missed is not None:
            yield f"missed:{level}"
            if len(mine) > missed + 1:
                yield f"again:{level}"
            if any(one.passed for one in mine[missed + 1 :]):
                yield f"made_it:{level}"


def in_count(counts: Mapping[str, int]) -> int:
    """Who counts for the share: everybody but who is away or exempt and has no valid diploma."""
    return sum(counts.get(f"state:{state}", 0) for state in _IN_COUNT)


def share(counts: Mapping[str, int]) -> float | None:
    """The part that holds what their work asks, 0 to 1; None where nobody counts."""
    counted = in_count(counts)
    return counts.get(f"state:{State.VALID}", 0) / counted if counted else None


def behind(counts: Mapping[str, int]) -> int:
    return counts.get(f"state:{State.OVERDUE}", 0)


def read_forecast(counts: Mapping[str, int], on: date, levels: Sequence[str]) -> list[tuple[date, dict[str, int]]]:
    """The first of each of the coming months, this one included, with how many of each level run out in it."""
    first = on.replace(day=1)
    months = [add_months(first, ahead) for ahead in range(MONTHS_AHEAD + 1)]
    return [
        (month, {level: n for level in levels if (n := counts.get(f"expires:{month:%Y-%m}:{level}", 0))})
        for month in months
    ]


def find_hidden(groups: Mapping[str, Mapping[str, int]], minimum: int) -> frozenset[str]:
    """Groups that are too small to show, and as many more as it takes: a group alone under the line could be found
    by taking the others from the whole."""
    sizes = {name: in_count(counts) for name, counts in groups.items()}
    hidden = {name for name, size in sizes.items() if size < minimum}
    shown = sorted((name for name in sizes if name not in hidden), key=lambda name: (sizes[name], name))
    while hidden and shown and sum(sizes[name] for name in hidden) < minimum:
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def add_up(parts: Collection[Mapping[str, int]]) -> Counts:
    total: Counts = Counter()
    for part in parts:
        total.update(part)
    return total


def quarter_ends(on: date, quarters: int) -> list[date]:
    """The last days of the quarters before this one, the oldest first."""
    first = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    return [add_months(first, -3 * back) - timedelta(days=1) for back in range(quarters - 1, -1, -1)]
