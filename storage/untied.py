"""Named queries of who cannot be tied: registered without a chat account, or in a chat without being registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from storage.database import table_of
from storage.register import holds_on, select_members
from storage.tables.people import AccountRow, PersonRow
from storage.tables.register import PeriodRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Untied:
    """How many, and the first of them by name: what they are called and what is known of their address."""

    number: int
    first: tuple[tuple[str, str], ...]


_people, _accounts, _periods = table_of(PersonRow).c, table_of(AccountRow).c, table_of(PeriodRow).c


async def find_without_account(tx: Transaction, on: date, most: int) -> Untied:
    """Who works here and has never been seen in a chat: their address there may be another one."""
    seen = select(1).where(_accounts.person_id == _people.id).exists()
    members = select_members(on).where(~seen).with_only_columns(_people.id, _people.name, _people.email)
    return await _find(tx, members, most)


async def find_unregistered(tx: Transaction, on: date, most: int) -> Untied:
    """Who is in a chat and is nobody of the register now."""
    here = select(1).where(and_(_periods.person_id == _people.id, holds_on(on))).exists()
    seen = select(1).where(_accounts.person_id == _people.id).exists()
    return await _find(tx, select(_people.id, _people.name, _people.email).where(seen, ~here), most)


async def _find(tx: Transaction, query: Select[Any], most: int) -> Untied:
    some = query.subquery()
    number = (await tx.execute(select(func.count()).select_from(some))).scalar_one()
    first = await tx.execute(
        select(some.c.name, some.c.email).order_by(func.lower(some.c.name), some.c.id).limit(most)
    )
    return Untied(int(number), tuple((name or "", email or "") for name, email in first))
