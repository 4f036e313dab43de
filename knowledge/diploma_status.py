"""Which diploma somebody needs by when, whether they hold it, and when they are reminded, as at any day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.diploma import Scenario
from knowledge.diploma_rules import Rules

LATE_DAYS = 3
"""A step that is this many days old is still of use, after a night in which nothing ran."""


class State(StrEnum):
    VALID = "valid"
    DUE = "due"
    """Not there yet, and there is time."""
    OVERDUE = "overdue"
    UNPLANNED = "unplanned"
    """Not there yet, and nobody said by when."""
    ABSENT = "absent"
    EXEMPT = "exempt"


class Why(StrEnum):
    """Where a day comes from."""

    ALL = "all"
    WAVE = "wave"
    JOINED = "joined"
    MOVED = "moved"
    EXPIRY = "expiry"
    AWAY = "away"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` until the day before `until`; None: not known yet."""

    since: date
    until: date | None = None

    def holds_on(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Stay(Span):
    """A place in the organisation."""

    unit: str = ""
    function: str = ""
    started: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A diploma that was earned."""

    level: str
    issued: date
    expires: date | None = None
    """The first day on which it no longer counts."""

    def holds_on(self, on: date) -> bool:
        return self.issued <= on and (self.expires is None or on < self.expires)


@dataclass(frozen=True, slots=True)
class Person:
    """All the rules need to know of somebody."""

    stays: Sequence[Stay]
    held: Sequence[Held] = ()
    absences: Sequence[Span] = ()
    exemptions: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """One level that is asked of somebody, and how they stand on a day."""

    level: str
    state: State
    by: date | None
    """Valid: the day it runs out (None: it does not). Else the day by which it is asked (None: nobody said)."""
    why: Why
    cycle: str
    """Which round this is: a renewal is another one than the first time."""


def find_level(rules: Rules, held: Iterable[Held], on: date) -> str | None:
    """The highest level somebody holds on that day; one that ran out counts as none."""
    valid = [one.level for one in held if one.holds_on(on) and one.level in rules.levels]
    return max(valid, key=rules.rank, default=None)


def find_needed(rules: Rules, function: str) -> str:
    """The level of a function; the lowest for one that diploma.yaml does not know."""
    return rules.function_levels.get(function, rules.levels[0])


def find_stay(person: Person, on: date) -> Stay | None:
    return max((stay for stay in person.stays if stay.holds_on(on)), key=lambda stay: stay.since, default=None)


def find_statuses(rules: Rules, person: Person, on: date) -> tuple[Status, ...]:
    """What is asked of somebody, the lowest level first; nothing of who does not work here on that day."""
    stay = find_stay(person, on)
    if stay is None:
        return ()
    needed = find_needed(rules, stay.function)
    asked = [needed]
    if rules.scenario is Scenario.HYBRID and needed != rules.levels[0]:
        asked.insert(0, rules.levels[0])
    return tuple(_find_status(rules, person, stay, level, on) for level in asked)


def find_status(rules: Rules, person: Person, on: date) -> Status | None:
    """How somebody stands for the level of their own function."""
    return next(reversed(find_statuses(rules, person, on)), None)


def _find_status(rules: Rules, person: Person, stay: Stay, level: str, on: date) -> Status:
    least = rules.rank(level)
    enough = [one for one in person.held if one.issued <= on and rules.rank(one.level) >= least]
    cycle = max((one.issued.isoformat() for one in enough), default="first")
    if any(one.holds_on(on) for one in enough):
        return Status(level, State.VALID, _covered_until(enough, on), Why.EXPIRY, cycle)
    by, why = _find_deadline(rules, person, stay, level, on)
    ran_out = max((one.expires for one in enough if one.expires), default=None)
    if ran_out is not None and (by is None or ran_out > by):
        # Who was away when it was time to renew has those days once they are back.
        begins = ran_out - timedelta(days=rules.window_days)
        by, why = _add_absence(ran_out, Why.EXPIRY, begins, person.absences, on)
    if any(span.holds_on(on) for span in person.exemptions):
        return Status(level, State.EXEMPT, by, why, cycle)
    if any(span.holds_on(on) for span in person.absences):
        return Status(level, State.ABSENT, by, why, cycle)
    if by is None:
        return Status(level, State.UNPLANNED, None, Why.NONE, cycle)
    return Status(level, State.OVERDUE if by < on else State.DUE, by, why, cycle)


def _covered_until(enough: Sequence[Held], on: date) -> date | None:
    """The end of an unbroken row of diplomas."""
    day = on
    while True:
        ends = [one.expires for one in enough if one.holds_on(day)]
        if None in ends:
            return None
        furthest = max((end for end in ends if end), default=day)
        if furthest == day:
            return day
        day = furthest


def _find_deadline(rules: Rules, person: Person, stay: Stay, level: str, on: date) -> tuple[date | None, Why]:
    by, why = _find_term(rules, stay.unit, level)
    if by is None:
        return None, Why.NONE
    began = _find_begin(rules, person, stay, level)
    began_day, began_why = began
    if began_day is not None:
        own = began_day + timedelta(days=rules.onboarding_days)
        if own > by:
            by, why = own, began_why
    return _add_absence(by, why, began_day or date.min, person.absences, on)


def _add_absence(by: date, why: Why, began: date, absences: Sequence[Span], on: date) -> tuple[date, Why]:
    later = _move_for_absence(by, began, absences, on)
    return (later, Why.AWAY) if later > by else (by, why)


def _find_term(rules: Rules, unit: str, level: str) -> tuple[date | None, Why]:
    """By unit and level, as the rollout says."""
    waves = [
        wave.deadline for wave in rules.waves if wave.unit.casefold() == unit.casefold() and wave.level == level
    ]
    lowest = level == rules.levels[0]
    if waves and rules.scenario is not Scenario.AT_ONCE:
        return min(waves), Why.WAVE
    if rules.scenario is Scenario.HYBRID and not lowest:
        return None, Why.NONE
    return (rules.for_all_by, Why.ALL) if rules.for_all_by else (None, Why.NONE)


def _find_begin(rules: Rules, person: Person, stay: Stay, level: str) -> tuple[date | None, Why]:
    """Since when this level is asked of them: they joined, or came to work that asks for it."""
    since, earlier = stay.since, sorted(person.stays, key=lambda one: one.since, reverse=True)
    for one in earlier:
        if one.since >= since or one.until != since or one.started != stay.started:
            continue
        if rules.rank(find_needed(rules, one.function)) < rules.rank(level):
            return since, Why.MOVED
        since = one.since
    return stay.started, Why.JOINED


def _move_for_absence(by: date, began: date, absences: Sequence[Span], on: date) -> date:
    """The days that somebody was away, up to now, come on top."""
    spans = sorted(_merge(absences, on), key=lambda span: span.since)
    moved = by
    for span in spans:
        first, last = max(span.since, began), span.until or on
        if first < moved and last > first:
            moved += last - first
    return moved


def _merge(absences: Sequence[Span], on: date) -> list[Span]:
    """Days that are in two absences count once; what lies ahead does not count yet."""
    merged: list[Span] = []
    for span in sorted(absences, key=lambda one: one.since):
        end = min(span.until or on, on)
        if end <= span.since:
            continue
        if merged and merged[-1].until is not None and span.since <= merged[-1].until:
            last = merged.pop()
            end, span = max(end, last.until or end), last  # noqa: PLW2901
        merged.append(Span(span.since, end))
    return merged


def find_step(rules: Rules, status: Status, on: date) -> int | None:
    """The step that is due: today's, or one of the last days. Never one that passed longer ago."""
    if status.by is None or status.state not in (State.VALID, State.DUE, State.OVERDUE):
        return None
    left = (status.by - on).days
    return min((step for step in rules.steps if 0 <= step - left <= LATE_DAYS), default=None)
