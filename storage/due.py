"""Named queries of due rows: plan once, find what is due, settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, text, update
from sqlmodel import col

from storage.database import add_once
from storage.tables.due import DueRow
from storage.transaction import Transaction

_WAITING = text("state = 'waiting'")
"""Word for word the condition of the partial index; SQLite does not use it for a bound value."""


@dataclass(frozen=True, slots=True)
class DueThing:
    key: str
    action: str
    account: dict[str, Any]
    place: dict[str, Any]
    due_at: datetime
    attempts: int


async def plan(
    tx: Transaction, *, key: str, action: str, account: dict[str, Any], place: dict[str, Any], due_at: datetime
) -> bool:
    """False where this key was planned before."""
    return await add_once(
        tx, DueRow, key=key, action=action, account=account, place=place, state="waiting", due_at=due_at, attempts=0
    )


def due_query(now: datetime, most: int) -> Select[Any]:
    return (
        select(
            col(DueRow.key),
            col(DueRow.action),
            col(DueRow.account),
            col(DueRow.place),
            col(DueRow.due_at),
            col(DueRow.attempts),
        )
        .where(_WAITING, col(DueRow.due_at) <= now)
        .order_by(col(DueRow.due_at))
        .limit(most)
    )


async def find_due(tx: Transaction, now: datetime, most: int) -> list[DueThing]:
    return [DueThing(*row) for row in (await tx.execute(due_query(now, most))).all()]


async def settle(tx: Transaction, key: str, state: str = "done") -> None:
    """done or failed."""
    await tx.execute(update(DueRow).where(col(DueRow.key) == key).values(state=state))


async def put_off(tx: Transaction, key: str, until: datetime) -> None:
    """One more try that did not succeed."""
    again = update(DueRow).where(col(DueRow.key) == key)
    await tx.execute(again.values(due_at=until, attempts=col(DueRow.attempts) + 1))


async def forget(tx: Transaction, before: datetime) -> int:
    query = delete(DueRow).where(col(DueRow.state) != "waiting", col(DueRow.due_at) < before)
    return (await tx.execute(query)).rowcount
