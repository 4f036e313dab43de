"""Brings the register in line with a list of people: what would change first, then all of it in bulk or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping, Table, bindparam, insert, select, update

from storage import audit
from storage.database import table_of
from storage.tables.people import PersonRow
from storage.tables.register import AbsenceRow, AliasRow, PeriodRow
from storage.transaction import Transaction

_BATCH = 2_000
_KEPT = ("unit", "location", "function", "manager_id", "started", "ended")

Progress = Callable[[int, int], None]
"""Told how many rows were written, of how many."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as the list has them; e-mail addresses in lower case."""

    email: str
    name: str
    unit: str = ""
    location: str = ""
    function: str = ""
    manager: str = ""
    """E-mail address."""
    started: date | None = None
    ended: date | None = None
    language: str | None = None
    aliases: tuple[str, ...] = ()
    since: date | None = None
    away: tuple[date, date | None] | None = None
    """Since when, and the first day back."""


@dataclass(frozen=True, slots=True)
class Changed:
    email: str
    what: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What a list would change: addresses to show, and rows to write."""

    new: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    same: int = 0
    no_manager: dict[str, str] = field(default_factory=dict)
    """By person the manager's address that nobody has."""
    too_early: dict[str, date] = field(default_factory=dict)
    """By person the day from which something newer is known already."""
    people: list[dict[str, Any]] = field(default_factory=list)
    renamed: list[dict[str, Any]] = field(default_factory=list)
    aliases: list[dict[str, Any]] = field(default_factory=list)
    periods: list[dict[str, Any]] = field(default_factory=list)
    put_right: list[dict[str, Any]] = field(default_factory=list)
    ended: list[dict[str, Any]] = field(default_factory=list)
    away: list[dict[str, Any]] = field(default_factory=list)
    back: list[dict[str, Any]] = field(default_factory=list)
    """Absences that end on another day than was known."""

    @property
    def nothing(self) -> bool:
        return self.rows == 0

    @property
    def rows(self) -> int:
        groups = (
            self.people, self.renamed, self.aliases, self.periods, self.put_right, self.ended, self.away, self.back,
        )  # fmt: skip
        return sum(map(len, groups))


@dataclass(slots=True)
class _Known:
    """All that is known now, by address and by id."""

    people: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Name and language."""
    ids: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    latest: dict[str, RowMapping] = field(default_factory=dict)
    away: dict[str, list[RowMapping]] = field(default_factory=dict)
    """Absences by person, those that a list told of."""


async def plan(
    tx: Transaction, listed: Sequence[Listed], today: date, now: datetime, *, says_who_is_away: bool = False
) -> Plan:
    """The list is everybody: who is not on it has left. Nothing is written."""
    known = await _look(tx)
    found = Plan()
    ids = {person.email: _find_id(person, known) or uuid4().hex for person in listed}
    leaders = {**known.ids, **{a: ids[one.email] for one in listed for a in one.aliases}, **ids}
    for number, person in enumerate(listed):
        _compare(person, ids[person.email], leaders, known, found, today, now)
        if says_who_is_away:
            _compare_away(person, ids[person.email], known, found, today, now)
        if number % _BATCH == 0:
            await asyncio.sleep(0)  # others have their turn while a long list is looked through
    here = set(ids.values())
    for person_id, period in known.latest.items():
        if person_id not in here and (period["until"] is None or period["until"] > today):
            found.left.append(known.addresses.get(person_id, person_id))
            until = max(today, period["since"])
            found.ended.append({"its_id": period["id"], "until": until, "ended": today - timedelta(days=1)})
    return found


async def _look(tx: Transaction) -> _Known:
    known = _Known()
    aliases, people, periods = (table_of(row) for row in (AliasRow, PersonRow, PeriodRow))
    for email, id in await tx.execute(select(aliases.c.email, aliases.c.person_id)):
        known.ids[email] = id
        known.aliases.add(email)
    mailed = select(people.c.id, people.c.email, people.c.name, people.c.language).where(
        people.c.email.is_not(None)
    )
    for id, email, name, language in await tx.execute(mailed):
        known.ids[email] = id
        known.addresses[id] = email
        known.people[id] = (name, language)
    for row in (await tx.execute(select(periods).where(periods.c.latest))).mappings():
        held = known.latest.get(row["person_id"])
        if held is None or (held["since"], held["id"]) < (row["since"], row["id"]):
            known.latest[row["person_id"]] = row
    absences = table_of(AbsenceRow)
    for row in (await tx.execute(select(absences).where(absences.c.noted_by.is_(None)))).mappings():
        known.away.setdefault(row["person_id"], []).append(row)
    return known


def _compare_away(person: Listed, id: str, known: _Known, found: Plan, today: date, now: datetime) -> None:
    """What a manager noted by hand stays as it is; of what a list told, this list knows better."""
    said = person.away
    for row in known.away.get(id, ()):
        if said is not None and row["since"] == said[0]:
            if row["until"] != said[1]:
                found.back.append({"its_id": row["id"], "until": said[1]})
            said = None
        elif row["until"] is None or row["until"] > today:
            found.back.append({"its_id": row["id"], "until": max(today, row["since"])})
    if said is not None:
        since, until = said
        days = {"id": uuid4().hex, "person_id": id, "since": since, "until": until}
        found.away.append({**days, "noted_by": None, "noted_at": now})


def _find_id(person: Listed, known: _Known) -> str | None:
    """By the address itself, or by one they had before."""
    return next((known.ids[email] for email in (person.email, *person.aliases) if email in known.ids), None)


def _compare(
    person: Listed, id: str, leaders: Mapping[str, str], known: _Known, found: Plan, today: date, now: datetime
) -> None:
    what: list[str] = []
    if person.manager and person.manager not in leaders:
        found.no_manager[person.email] = person.manager
    _compare_person(person, id, known, found, what, now)
    values = {name: getattr(person, name) for name in _KEPT if name != "manager_id"}
    values["manager_id"] = leaders.get(person.manager) if person.manager else None
    before = known.latest.get(id)
    if before is None:
        since = person.since or max(today, person.started or today)
        found.periods.append(_make_period(id, since, values))
        found.new.append(person.email)
        return
    what += [name for name in _KEPT if before[name] != values[name]]
    if kept := [name for name in what if name in _KEPT]:
        _change_period(person, before, values, kept, found, today)
    if what:
        found.changed.append(Changed(person.email, tuple(what)))
    else:
        found.same += 1


def _compare_person(person: Listed, id: str, known: _Known, found: Plan, what: list[str], now: datetime) -> None:
    before = known.people.get(id)
    if before is None:
        row = {"id": id, "name": person.name, "email": person.email, "language": person.language}
        found.people.append({**row, "created_at": now})
    else:
        email, (name, language) = known.addresses[id], before
        after = (person.email, person.name or name, language or person.language)
        if after != (email, name, language):
            pairs = zip(("email", "name", "language"), (email, name, language), after, strict=True)
            what += [named for named, old, new in pairs if old != new]
            found.renamed.append(dict(zip(("its_id", "email", "name", "language"), (id, *after), strict=True)))
    for alias in person.aliases:
        if alias not in known.aliases and known.ids.get(alias, id) == id:
            found.aliases.append({"email": alias, "person_id": id})


def _change_period(
    person: Listed,
    before: RowMapping,
    values: dict[str, Any],
    what: list[str],
    found: Plan,
    today: date,
) -> None:
    """A new period from its day on. What began that same day, or only ends otherwise, is put right where it is."""
    since = person.since or max(today, before["since"])
    returns = before["until"] is not None and before["until"] <= since and values["ended"] is None
    if since < before["since"]:
        found.too_early[person.email] = before["since"]
    elif since == before["since"] or (what == ["ended"] and not returns):
        row = {"its_id": before["id"], **values, "until": _until(values["ended"], before["since"])}
        found.put_right.append(row)
    else:
        end = min(since, before["until"]) if before["until"] else since
        found.ended.append({"its_id": before["id"], "until": end, "ended": before["ended"], "latest": False})
        found.periods.append(_make_period(before["person_id"], since, values))


def _make_period(person_id: str, since: date, values: dict[str, Any]) -> dict[str, Any]:
    row = {"id": uuid4().hex, "person_id": person_id, "since": since, "latest": True}
    return {**row, **values, "until": _until(values["ended"], since)}


def _until(ended: date | None, since: date) -> date | None:
    return None if ended is None else max(since, ended + timedelta(days=1))


async def carry_out(
    tx: Transaction, found: Plan, now: datetime, *, actor: str | None = None, progress: Progress = lambda *_: None
) -> None:
    """All that was planned in this very transaction, in bulk."""
    people, aliases, periods = (table_of(row) for row in (PersonRow, AliasRow, PeriodRow))
    writing = _Writing(tx, found.rows, progress)
    await writing.add(people, found.people)
    await writing.change(people, found.renamed, ("name", "email", "language"))
    await writing.add(aliases, found.aliases)
    await writing.change(periods, [{"latest": True, **row} for row in found.ended], ("until", "ended", "latest"))
    await writing.change(periods, found.put_right, (*_KEPT, "until"))
    await writing.add(periods, found.periods)
    await writing.add(table_of(AbsenceRow), found.away)
    await writing.change(table_of(AbsenceRow), found.back, ("until",))
    counts = {"new": len(found.new), "changed": len(found.changed), "left": len(found.left), "same": found.same}
    await audit.add(tx, actor=actor, act="register.imported", about="register", details=counts, now=now)


class _Writing:
    def __init__(self, tx: Transaction, rows: int, progress: Progress) -> None:
        self._tx, self._rows, self._progress, self._done = tx, rows, progress, 0

    async def add(self, table: Table, rows: list[dict[str, Any]]) -> None:
        await self._run(insert(table), rows)

    async def change(self, table: Table, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
        query = update(table).where(table.c.id == bindparam("its_id"))
        await self._run(query.values({name: bindparam(name) for name in columns}), rows)

    async def _run(self, query: Any, rows: list[dict[str, Any]]) -> None:
        for begin in range(0, len(rows), _BATCH):
            some = rows[begin : begin + _BATCH]
            await self._tx.execute(query, some)
            self._done += len(some)
            self._progress(self._done, self._rows)
