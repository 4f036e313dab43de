"""Whom a change of diploma.yaml hits before it holds; and, where that is chosen, a new term for what was earned."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.standing import Standing, find_standings
from knowledge.diploma_rules import Rules, find_expiry
from knowledge.diploma_status import State, Status
from storage import certificates, register
from storage.certificates import Certificate, Kept
from storage.transaction import Transaction

_PAGE = 500


@dataclass(slots=True)
class Effect:
    """How many people get what, and per unit how many get an earlier day."""

    people: int = 0
    earlier: int = 0
    later: int = 0
    asked: int = 0
    """Of whom something is asked that was not, or another level."""
    let_go: int = 0
    overdue: int = 0
    """Who would be over the day at once."""
    units: Counter[str] = field(default_factory=Counter)

    @property
    def nothing(self) -> bool:
        return not (self.earlier or self.later or self.asked or self.let_go or self.overdue)


async def find_effect(tx: Transaction, before: Rules, after: Rules, on: date) -> Effect:
    """Page by page, so that memory stays flat whatever the size of the organisation."""
    effect = Effect()
    async for ids in _pages(tx, on):
        olds = await find_standings(tx, before, ids, on)
        news = await find_standings(tx, after, ids, on)
        for old, new in zip(olds, news, strict=True):
            effect.people += 1
            _compare(effect, old, new)
    return effect


async def _pages(tx: Transaction, on: date) -> AsyncIterator[list[str]]:
    after = ""
    while ids := await register.list_ids(tx, on, after, _PAGE):
        yield ids
        after = ids[-1]


def _compare(effect: Effect, old: Standing, new: Standing) -> None:
    """Once for each person, by what weighs most for them."""
    before = {one.level: one for one in old.statuses}
    pairs = [(before.get(one.level), one) for one in new.statuses]
    if any(_is_new(was, now) for was, now in pairs):
        effect.asked += 1
    elif set(before) - {one.level for one in new.statuses}:
        effect.let_go += 1
    days = [(was.by, now.by) for was, now in pairs if was is not None and _is_open(was, now)]
    if any(was is not None and now is not None and now < was for was, now in days):
        effect.earlier += 1
        effect.units[new.unit] += 1
    elif any(was is not None and now is not None and now > was for was, now in days):
        effect.later += 1
    if any(now.state is State.OVERDUE and (was is None or was.state is not State.OVERDUE) for was, now in pairs):
        effect.overdue += 1


def _is_new(was: Status | None, now: Status) -> bool:
    asked = now.state not in (State.VALID, State.UNPLANNED)
    return asked and (was is None or was.state is State.UNPLANNED)


def _is_open(was: Status, now: Status) -> bool:
    """A diploma that was earned keeps its own term, whatever the rules become."""
    return was.state is not State.VALID and now.state is not State.VALID


# ---------------------------------------------------------------- chosen: earned diplomas get the new term as well


async def find_new_terms(tx: Transaction, rules: Rules, on: date) -> list[Certificate]:
    """Corrections of what is valid now and would run out on another day by these rules."""
    found: list[Certificate] = []
    async for ids in _pages(tx, on):
        for kept in (await certificates.find_of_many(tx, ids)).values():
            found += _recount(rules, kept, on)
    return found


def _recount(rules: Rules, kept: Sequence[Kept], on: date) -> list[Certificate]:
    found: list[Certificate] = []
    ends: list[tuple[int, date]] = []
    for one in sorted((one for one in kept if one.passed), key=lambda one: one.issued):
        rank = rules.rank(one.level)
        previous = max((end for other, end in ends if other >= rank), default=None)
        expires = find_expiry(rules, one.issued, previous)
        ends.append((rank, expires))
        valid = one.expires is not None and one.issued <= on < one.expires
        if valid and rank >= 0 and expires != one.expires:
            found.append(_correct(one, expires))
    return found


def _correct(one: Kept, expires: date) -> Certificate:
    values = {name: getattr(one, name) for name in ("person_id", "level", "passed", "issued", "issuer", "evidence")}
    return Certificate(**values, attempt=one.attempt, expires=expires, source="rules", replaces=one.id)


async def give_new_terms(
    tx: Transaction, rules: Rules, on: date, now: datetime, added_by: str | None = None
) -> int:
    """Nothing is overwritten: each is a new row in the place of the old one. How many."""
    found = [replace(one, added_by=added_by) for one in await find_new_terms(tx, rules, on)]
    return await certificates.add_many(tx, found, now)
