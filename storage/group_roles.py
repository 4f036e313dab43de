"""Roles that follow the members of a group on a chat platform: who joined gets it, who left loses it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlmodel import col

from storage import audit, people
from storage.people import KnownPerson
from storage.tables.roles import RoleRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Changed:
    """Person ids."""

    given: tuple[str, ...]
    taken: tuple[str, ...]


async def meet_members(
    tx: Transaction, platform: str, members: Collection[tuple[str, str]], now: datetime
) -> list[KnownPerson]:
    """The people behind these accounts (tenant and user); who never spoke becomes known."""
    return [await people.get_or_add_person(tx, platform, tenant, user, now) for tenant, user in members]


async def settle(tx: Transaction, role: str, group: str, members: Sequence[str], now: datetime) -> Changed:
    """Exactly these people have the role from this group. What a person gave them stays theirs."""
    held = set(await _find_holders(tx, role, group, now))
    given = tuple(dict.fromkeys(person for person in members if person not in held))
    taken = tuple(sorted(held.difference(members)))
    for person in given:
        row = {"id": uuid4().hex, "person_id": person, "role": role, "since": now, "from_group": group}
        await tx.execute(insert(RoleRow).values(**row))
        await _note(tx, "roles.given", person, role, group, now)
    for person in taken:
        query = update(RoleRow).where(*_of(role, group, now), col(RoleRow.person_id) == person)
        await tx.execute(query.values(until=now))
        await _note(tx, "roles.taken", person, role, group, now)
    return Changed(given, taken)


async def end_others(
    tx: Transaction, groups: Collection[tuple[str, str]], now: datetime
) -> list[tuple[str, tuple[str, ...]]]:
    """Take what came from groups (role and group) that the settings name no more: by role, from whom."""
    query = select(col(RoleRow.role), col(RoleRow.from_group)).where(
        col(RoleRow.from_group).is_not(None), _in_force(now)
    )
    held = {(str(role), str(group)) for role, group in (await tx.execute(query.distinct())).all()}
    gone = held - set(groups)
    return [(role, (await settle(tx, role, group, (), now)).taken) for role, group in sorted(gone)]


async def _find_holders(tx: Transaction, role: str, group: str, now: datetime) -> list[str]:
    return list((await tx.execute(select(col(RoleRow.person_id)).where(*_of(role, group, now)))).scalars())


def _of(role: str, group: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(RoleRow.role) == role, col(RoleRow.from_group) == group, _in_force(now))


def _in_force(now: datetime) -> ColumnElement[bool]:
    until = col(RoleRow.until)
    return or_(until.is_(None), until > now)


async def _note(tx: Transaction, act: str, person: str, role: str, group: str, now: datetime) -> None:
    details = {"role": role, "group": group}
    await audit.add(tx, actor=None, act=act, about=f"person:{person}", details=details, now=now)
