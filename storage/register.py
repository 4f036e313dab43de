"""Named queries of the register of people: where somebody works on a day, who leads them, who is in a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, insert, or_, select, update
from sqlmodel import col

from storage.database import table_of
from storage.prepared import Prepared
from storage.tables.people import PersonRow
from storage.tables.register import AbsenceRow, AliasRow, ExemptionRow, PeriodRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here, as the register has them on a day."""

    person_id: str
    name: str
    email: str | None
    unit: str
    location: str = ""
    function: str = ""
    manager_id: str | None = None
    language: str | None = None
    started: date | None = None
    ended: date | None = None
    """Last day of employment, where one is known."""


@dataclass(frozen=True, slots=True)
class Period:
    """Where somebody worked, from `since` until the day before `until`."""

    since: date
    until: date | None
    unit: str
    location: str
    function: str
    manager_id: str | None
    started: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Away:
    """An absence, or an exemption with its reason."""

    id: str
    since: date
    until: date | None
    """The first day on which it no longer holds."""
    reason: str = ""


_people, _periods = table_of(PersonRow).c, table_of(PeriodRow).c


def holds_on(on: date, since: Any = _periods.since, until: Any = _periods.until) -> ColumnElement[bool]:
    return and_(since <= on, or_(until.is_(None), until > on))


def select_members(on: date) -> Select[Any]:
    """Whoever works here on this day, in the order of Member's fields; one row a person, the newest period."""
    later = table_of(PeriodRow).alias()
    newer = or_(later.c.since > _periods.since, and_(later.c.since == _periods.since, later.c.id > _periods.id))
    same = later.c.person_id == _periods.person_id
    overtaken = select(1).where(same, holds_on(on, later.c.since, later.c.until), newer).exists()
    return (
        select(
            _people.id,
            _people.name,
            _people.email,
            _periods.unit,
            _periods.location,
            _periods.function,
            _periods.manager_id,
            _people.language,
            _periods.started,
            _periods.ended,
        )
        .select_from(table_of(PeriodRow).join(table_of(PersonRow), _periods.person_id == _people.id))
        .where(holds_on(on), ~overtaken)
    )


_FIND_PERIOD = Prepared(select(_periods.id).where(_periods.person_id == bindparam("person_id")).limit(1))


async def is_known(tx: Transaction, person_id: str) -> bool:
    """Whether the register has ever held this person."""
    return bool(await _FIND_PERIOD.rows(tx, person_id=person_id))


async def find_member(tx: Transaction, person_id: str, on: date) -> Member | None:
    """None for somebody who did not work here on that day, or whom the register does not know."""
    row = (await tx.execute(select_members(on).where(_periods.person_id == person_id))).first()
    return None if row is None else Member(*row)


async def find_manager(tx: Transaction, person_id: str, on: date) -> Member | None:
    """Who leads this person on that day; None where nobody does, or who does has left."""
    member = await find_member(tx, person_id, on)
    return None if member is None or member.manager_id is None else await find_member(tx, member.manager_id, on)


async def find_team(tx: Transaction, manager_person_id: str, on: date) -> list[Member]:
    """Whom this person leads on that day, by name; not the teams below them."""
    return await _list(tx, select_members(on).where(_periods.manager_id == manager_person_id))


async def find_unit_members(tx: Transaction, unit: str, on: date) -> list[Member]:
    return await _list(tx, select_members(on).where(_periods.unit == unit))


async def find_members(tx: Transaction, person_ids: Sequence[str], on: date) -> dict[str, Member]:
    """Those of these people who work here on that day."""
    found: dict[str, Member] = {}
    for begin in range(0, len(person_ids), 500):
        some = person_ids[begin : begin + 500]
        for row in await tx.execute(select_members(on).where(_periods.person_id.in_(some))):
            found[row[0]] = Member(*row)
    return found


async def _list(tx: Transaction, query: Select[Any]) -> list[Member]:
    ordered = query.order_by(func.lower(_people.name), _people.id)
    return [Member(*row) for row in (await tx.execute(ordered)).all()]


def units_query(on: date) -> Select[Any]:
    """From one name to the next along the index, so that it costs as much as there are units, not people."""
    first = select(func.min(_periods.unit).label("unit")).where(_periods.unit > "").cte("units", recursive=True)
    after = select(func.min(_periods.unit)).where(_periods.unit > first.c.unit).scalar_subquery()
    units = first.union_all(select(after).where(first.c.unit.is_not(None)))
    somebody = select(1).where(_periods.unit == units.c.unit, holds_on(on)).exists()
    return select(units.c.unit).where(units.c.unit.is_not(None), somebody).order_by(units.c.unit)


async def list_units(tx: Transaction, on: date) -> list[str]:
    """The units that have somebody on that day, by name."""
    return list((await tx.execute(units_query(on))).scalars())


async def search_members(tx: Transaction, text: str, on: date, most: int) -> list[Member]:
    """By an address that is theirs, or else by a part of the name or the address."""
    wanted = text.strip().lower()
    own = await find_by_email(tx, wanted)
    if own is not None:
        member = await find_member(tx, own, on)
        return [member] if member is not None else []
    named = func.lower(_people.name).contains(wanted, autoescape=True)
    mailed = _people.email.contains(wanted, autoescape=True)
    query = select_members(on).where(or_(named, mailed)).order_by(func.lower(_people.name), _people.id).limit(most)
    return [Member(*row) for row in (await tx.execute(query)).all()]


async def find_history(tx: Transaction, person_id: str) -> list[Period]:
    """Everything the register knows of somebody's places, the oldest first."""
    columns = [getattr(_periods, name) for name in Period.__slots__]
    query = select(*columns).where(_periods.person_id == person_id).order_by(_periods.since, _periods.id)
    return [Period(*row) for row in (await tx.execute(query)).all()]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All the register knows of somebody, for the rules of the diploma."""

    periods: list[Period] = field(default_factory=list)
    absences: list[Away] = field(default_factory=list)
    exemptions: list[Away] = field(default_factory=list)


async def find_dossiers(tx: Transaction, person_ids: Sequence[str]) -> dict[str, Dossier]:
    """Of everybody asked for, at most some thousands; each list in the order of its days."""
    found = {id: Dossier() for id in person_ids}
    absences, exemptions = table_of(AbsenceRow).c, table_of(ExemptionRow).c
    period = [getattr(_periods, name) for name in Period.__slots__]
    away = (absences.id, absences.since, absences.until)
    exempted = (exemptions.id, exemptions.since, exemptions.until, exemptions.reason)
    for begin in range(0, len(person_ids), 500):
        some = person_ids[begin : begin + 500]
        query = select(_periods.person_id, *period).where(_periods.person_id.in_(some))
        for id, *values in await tx.execute(query.order_by(_periods.since, _periods.id)):
            found[id].periods.append(Period(*values))
        gone = select(absences.person_id, *away).where(absences.person_id.in_(some))
        for id, *values in await tx.execute(gone.order_by(absences.since)):
            found[id].absences.append(Away(*values))
        freed = select(exemptions.person_id, *exempted).where(exemptions.person_id.in_(some))
        for id, *values in await tx.execute(freed.order_by(exemptions.since)):
            found[id].exemptions.append(Away(*values))
    return found


async def list_ids(tx: Transaction, on: date, after: str, most: int) -> list[str]:
    """Who works here on that day, a page at a time by id."""
    query = select(_periods.person_id).where(holds_on(on), _periods.person_id > after).distinct()
    return list((await tx.execute(query.order_by(_periods.person_id).limit(most))).scalars())


async def list_managers(tx: Transaction, on: date, after: str, most: int) -> list[str]:
    """Who leads somebody on that day, a page at a time by id."""
    query = select(_periods.manager_id).where(holds_on(on), _periods.manager_id > after).distinct()
    return list((await tx.execute(query.order_by(_periods.manager_id).limit(most))).scalars())


async def find_by_emails(tx: Transaction, emails: Sequence[str]) -> dict[str, str]:
    """Person ids by e-mail address, lower case; an alias leads to its person as well."""
    found: dict[str, str] = {}
    aliases = table_of(AliasRow).c
    for begin in range(0, len(emails), 500):
        some = emails[begin : begin + 500]
        for email, id in await tx.execute(select(aliases.email, aliases.person_id).where(aliases.email.in_(some))):
            found[email] = id
        for email, id in await tx.execute(select(_people.email, _people.id).where(_people.email.in_(some))):
            found[email] = id
    return found


async def find_by_email(tx: Transaction, email: str) -> str | None:
    wanted = email.strip().lower()
    return (await find_by_emails(tx, [wanted])).get(wanted)


async def note_absence(
    tx: Transaction, person_id: str, since: date, until: date | None, now: datetime, *, noted_by: str | None = None
) -> str:
    """Somebody is away; its id. Why is not kept."""
    id = uuid4().hex
    values = {"id": id, "person_id": person_id, "since": since, "until": until}
    await tx.execute(insert(AbsenceRow).values(**values, noted_by=noted_by, noted_at=now))
    return id


async def end_absence(tx: Transaction, person_id: str, on: date, until: date) -> int:
    """Who is away on `on` is back on `until`; how many absences that ends. None that begins later, or that day."""
    open_ended = or_(col(AbsenceRow.until).is_(None), col(AbsenceRow.until) > on)
    begun = and_(col(AbsenceRow.since) <= on, col(AbsenceRow.since) <= until)
    query = update(AbsenceRow).where(col(AbsenceRow.person_id) == person_id, open_ended, begun)
    return (await tx.execute(query.values(until=until))).rowcount


async def find_away(tx: Transaction, person_ids: Sequence[str], on: date) -> set[str]:
    """Those of these people who are away on that day."""
    found: set[str] = set()
    absences = table_of(AbsenceRow).c
    for begin in range(0, len(person_ids), 500):
        some = absences.person_id.in_(person_ids[begin : begin + 500])
        query = select(absences.person_id).where(some, holds_on(on, absences.since, absences.until))
        found.update((await tx.execute(query)).scalars())
    return found


async def find_absences(tx: Transaction, person_id: str) -> list[Away]:
    columns = (col(AbsenceRow.id), col(AbsenceRow.since), col(AbsenceRow.until))
    query = select(*columns).where(col(AbsenceRow.person_id) == person_id).order_by(col(AbsenceRow.since))
    return [Away(*row) for row in (await tx.execute(query)).all()]


async def exempt(
    tx: Transaction,
    person_id: str,
    since: date,
    until: date,
    reason: str,
    now: datetime,
    *,
    given_by: str | None = None,
) -> str:
    """Somebody need not have a diploma until `until`; its id."""
    id = uuid4().hex
    values = {"id": id, "person_id": person_id, "since": since, "until": until, "reason": reason}
    await tx.execute(insert(ExemptionRow).values(**values, given_by=given_by, given_at=now))
    return id


async def find_exemptions(tx: Transaction, person_id: str) -> list[Away]:
    columns = (col(ExemptionRow.id), col(ExemptionRow.since), col(ExemptionRow.until), col(ExemptionRow.reason))
    query = select(*columns).where(col(ExemptionRow.person_id) == person_id).order_by(col(ExemptionRow.since))
    return [Away(*row) for row in (await tx.execute(query)).all()]


async def forget(tx: Transaction, *, periods_before: date, absences_before: date) -> int:
    """What ended before these days; how many rows went."""
    queries = (
        delete(PeriodRow).where(col(PeriodRow.until) < periods_before),
        delete(AbsenceRow).where(col(AbsenceRow.until) < absences_before),
        delete(ExemptionRow).where(col(ExemptionRow.until) < absences_before),
    )
    return sum([(await tx.execute(query)).rowcount for query in queries])
