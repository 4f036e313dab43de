"""Named queries of roles: give, take, who has which, and whether somebody may do something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update
from sqlmodel import col

from storage import audit
from storage.tables.people import PersonRow
from storage.tables.roles import RoleRow
from storage.transaction import Transaction


class NotAllowed(Exception):
    """This person may not do this."""

    def __init__(self, right: Right) -> None:
        super().__init__(right.permission)
        self.right = right


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do one thing, as the organisation agreed: any of these."""

    permission: str
    roles: tuple[str, ...] = ()
    everyone: bool = False
    emails: tuple[str, ...] = ()
    """Lower case; of people who have this right always."""


@dataclass(frozen=True, slots=True)
class Holder:
    person_id: str
    name: str
    email: str | None
    language: str | None
    role: str
    """"" for somebody whose right comes from their e-mail."""
    since: datetime | None = None


async def give(
    tx: Transaction,
    person_id: str,
    role: str,
    now: datetime,
    *,
    given_by: str | None = None,
    until: datetime | None = None,
) -> bool:
    """False, and nothing done, where they have it already."""
    if role in await find_roles(tx, person_id, now):
        return False
    row = {"id": uuid4().hex, "person_id": person_id, "role": role, "since": now, "until": until}
    await tx.execute(insert(RoleRow).values(**row, given_by=given_by))
    await _note(tx, given_by, "roles.given", person_id, role, now)
    return True


async def take(tx: Transaction, person_id: str, role: str, now: datetime, *, taken_by: str | None = None) -> bool:
    """False where nobody gave it to them. What they have from a group is the group's to take."""
    theirs = (col(RoleRow.person_id) == person_id, col(RoleRow.role) == role, col(RoleRow.from_group).is_(None))
    query = update(RoleRow).where(*theirs, _in_force(now))
    if not (await tx.execute(query.values(until=now))).rowcount:
        return False
    await _note(tx, taken_by, "roles.taken", person_id, role, now)
    return True


async def _note(tx: Transaction, by: str | None, act: str, person_id: str, role: str, now: datetime) -> None:
    """Whoever gives or takes a role, from wherever, leaves a line of it."""
    await audit.add(tx, actor=by, act=act, about=f"person:{person_id}", details={"role": role}, now=now)


async def find_roles(tx: Transaction, person_id: str, now: datetime) -> set[str]:
    """The roles this person was given, in force now."""
    query = select(col(RoleRow.role)).where(col(RoleRow.person_id) == person_id, _in_force(now))
    return set((await tx.execute(query)).scalars())


async def was_given(tx: Transaction, person_id: str, role: str) -> bool:
    """Ever, also when it has been taken since."""
    query = select(col(RoleRow.id)).where(col(RoleRow.person_id) == person_id, col(RoleRow.role) == role).limit(1)
    return (await tx.execute(query)).first() is not None


async def forget_person(tx: Transaction, person_id: str, now: datetime) -> None:
    """The roles they had, and that it was they who gave somebody one; those they have now stay."""
    ended = delete(RoleRow).where(col(RoleRow.person_id) == person_id, col(RoleRow.until) <= now)
    await tx.execute(ended)
    given = update(RoleRow).where(col(RoleRow.given_by) == person_id)
    await tx.execute(given.values(given_by=None))


async def may(tx: Transaction, person_id: str, right: Right, now: datetime) -> bool:
    if right.everyone:
        return True
    query = _select_holders(now).where(col(PersonRow.id) == person_id, _ways(right)).limit(1)
    return (await tx.execute(query)).first() is not None


async def get_right(tx: Transaction, person_id: str, right: Right, now: datetime) -> None:
    """NotAllowed for somebody who has none of what gives this right."""
    if not await may(tx, person_id, right, now):
        raise NotAllowed(right)


async def find_people_with(tx: Transaction, right: Right, now: datetime, most: int = 200) -> list[Holder]:
    """Each person once, by name. Where everybody may, only those with a role or e-mail that gives it too."""
    query = (
        _select_holders(now)
        .where(_ways(right))
        .order_by(func.lower(col(PersonRow.name)), col(PersonRow.id), col(RoleRow.since))
        .limit(most)
    )
    found: dict[str, Holder] = {}
    for row in (await tx.execute(query)).all():
        holder = Holder(*row)
        found.setdefault(holder.person_id, holder)
    return list(found.values())


async def list_holders(tx: Transaction, now: datetime) -> list[Holder]:
    """Everyone who was given a role, in force now; by role and name."""
    query = (
        _select_holders(now)
        .where(col(RoleRow.id).is_not(None))
        .order_by(col(RoleRow.role), func.lower(col(PersonRow.name)), col(PersonRow.id))
    )
    holders = [Holder(*row) for row in (await tx.execute(query)).all()]
    return list({(one.person_id, one.role): one for one in holders}.values())


def _select_holders(now: datetime) -> Select[Any]:
    """Everybody, with each role they have now beside them."""
    person: tuple[Any, ...] = tuple(map(col, (PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.language)))
    role = (func.coalesce(col(RoleRow.role), ""), col(RoleRow.since))
    theirs = and_(col(RoleRow.person_id) == col(PersonRow.id), _in_force(now))
    return select(*person, *role).outerjoin_from(PersonRow, RoleRow, theirs)


def _in_force(now: datetime) -> ColumnElement[bool]:
    until = col(RoleRow.until)
    return and_(col(RoleRow.since) <= now, or_(until.is_(None), until > now))


def _ways(right: Right) -> ColumnElement[bool]:
    return or_(col(RoleRow.role).in_(right.roles), col(PersonRow.email).in_(right.emails))
