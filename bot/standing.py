"""Brings what storage knows of somebody before the rules: how they stand on a day, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation import Turn
from bot.desk import Desk
from bot.texts import Words
from bot.working_time import find_zone
from knowledge.content import Knowledge
from knowledge.diploma_rules import Rules, find_rules
from knowledge.diploma_status import Held, Person, Span, State, Status, Stay, find_level, find_statuses
from storage import certificates, register
from storage.certificates import Earned, Kept
from storage.register import Away, Dossier
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody holds and what is asked of them."""

    person_id: str
    level: str | None
    """The highest that is valid; None: none."""
    statuses: tuple[Status, ...]
    """What is asked, the lowest level first; empty for who is not in the register."""
    kept: tuple[Kept, ...] = ()
    unit: str = ""
    manager_id: str | None = None
    """As the register has it on that day; whoever it is may have left."""

    @property
    def status(self) -> Status | None:
        """Of the level that their own function asks for."""
        return self.statuses[-1] if self.statuses else None


def today(turn: Turn, desk: Desk) -> date:
    return turn.now.astimezone(find_zone(turn.person.time_zone, desk.time_zone)).date()


def rules_of(desk: Desk) -> Rules | None:
    return find_rules(desk.knowledge())


async def find_standings(tx: Transaction, rules: Rules, person_ids: Sequence[str], on: date) -> list[Standing]:
    """In the order asked for, without what each of them did: so many are looked at every night."""
    dossiers = await register.find_dossiers(tx, person_ids)
    earned = await certificates.find_earned(tx, person_ids)
    return [_judge(rules, id, dossiers[id], _held(earned[id]), on) for id in person_ids]


async def find_standing(tx: Transaction, rules: Rules, person_id: str, on: date) -> Standing:
    """With what they did."""
    dossiers = await register.find_dossiers(tx, [person_id])
    kept = await certificates.find_of(tx, person_id)
    return _judge(rules, person_id, dossiers[person_id], _held(_earned(kept)), on, tuple(kept))


def _judge(
    rules: Rules, person_id: str, dossier: Dossier, held: tuple[Held, ...], on: date, kept: tuple[Kept, ...] = ()
) -> Standing:
    person = Person(
        stays=[Stay(one.since, one.until, one.unit, one.function, one.started) for one in dossier.periods],
        held=held,
        absences=_spans(dossier.absences),
        exemptions=_spans(dossier.exemptions),
    )
    here = [one for one in dossier.periods if one.since <= on and (one.until is None or on < one.until)]
    place = max(here, key=lambda one: one.since, default=None)
    return Standing(
        person_id,
        find_level(rules, held, on),
        find_statuses(rules, person, on),
        kept,
        unit=place.unit if place else "",
        manager_id=place.manager_id if place else None,
    )


def find_valid_level(rules: Rules, kept: Sequence[Kept], on: date) -> str | None:
    return find_level(rules, _held(_earned(kept)), on)


def _earned(kept: Sequence[Kept]) -> list[Earned]:
    return [(one.level, one.issued, one.expires) for one in kept if one.passed]


def _held(earned: Sequence[Earned]) -> tuple[Held, ...]:
    return tuple([Held(*one) for one in earned])


def _spans(away: Sequence[Away]) -> tuple[Span, ...]:
    return tuple([Span(one.since, one.until) for one in away])


def find_previous_end(rules: Rules, standing: Standing, level: str, issued: date) -> date | None:
    """When the diploma that a new one of this level renews runs out."""
    ends = [
        one.expires
        for one in standing.kept
        if one.passed and one.expires and one.issued <= issued and rules.rank(one.level) >= rules.rank(level)
    ]
    return max(ends, default=None)


def may_refresh(rules: Rules, standing: Standing, level: str, on: date) -> bool:
    """At renewal, of a level that the organisation lets a refresher renew: it runs out soon, or it did."""
    status = next((one for one in standing.statuses if one.level == level), None)
    if status is None or level not in rules.refreshed or status.cycle == "first" or status.by is None:
        return False
    if status.state is State.VALID:
        return (status.by - on).days <= rules.window_days
    return status.state in (State.DUE, State.OVERDUE)


def level_name(words: Words, knowledge: Knowledge, id: str | None) -> str:
    level = next((level for level in knowledge.policy.levels if level.id == id), None)
    return words("diploma.no_level") if level is None else level.label.in_language(words.language).lower()


def tell_status(words: Words, knowledge: Knowledge, status: Status, on: date) -> str:
    """One sentence: what is asked by when, and why then."""
    level = level_name(words, knowledge, status.level)
    if status.by is None:
        return words(f"diploma.state_{status.state}_open", level=level)
    days = abs((status.by - on).days)
    told = words(f"diploma.state_{status.state}", level=level, day=words.day(status.by), n=days)
    if status.state in (State.DUE, State.OVERDUE):
        told += " " + words(f"diploma.why_{status.why}")
    return told
