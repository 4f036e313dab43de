"""Named queries of the inbox: accept an event once, hand out what waits, settle it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, text, update
from sqlmodel import col

from storage.database import add_once
from storage.tables.inbox import InboxRow
from storage.transaction import Transaction

_WAITING = text("state = 'waiting'")
"""Word for word the condition of the partial index; SQLite does not use it for a bound value."""


async def accept(tx: Transaction, key: str, event: dict[str, Any] | None, now: datetime) -> bool:
    """Write the delivery key; False where it was there already. With an event it waits, without it is done."""
    state = "done" if event is None else "waiting"
    return await add_once(tx, InboxRow, key=key, state=state, event=event, attempts=0, received_at=now)


async def lock_waiting(tx: Transaction, key: str) -> dict[str, Any] | None:
    """The event, if it still waits and no other replica is handling it; locked until the transaction ends."""
    query = (
        select(col(InboxRow.event))
        .where(col(InboxRow.key) == key, col(InboxRow.state) == "waiting")
        .with_for_update(skip_locked=True)
    )
    event: dict[str, Any] | None = (await tx.execute(query)).scalar_one_or_none()
    return event


async def find_waiting(tx: Transaction, key: str) -> dict[str, Any] | None:
    """The event, if it still waits; locks nothing."""
    query = select(col(InboxRow.event)).where(col(InboxRow.key) == key, col(InboxRow.state) == "waiting")
    event: dict[str, Any] | None = (await tx.execute(query)).scalar_one_or_none()
    return event


async def settle(tx: Transaction, key: str, state: str) -> None:
    """done or failed; the event itself is no longer kept."""
    await tx.execute(update(InboxRow).where(col(InboxRow.key) == key).values(state=state, event=None))


async def count_attempt(tx: Transaction, key: str) -> int:
    """One more try that did not succeed; how many that makes."""
    query = (
        update(InboxRow)
        .where(col(InboxRow.key) == key)
        .values(attempts=col(InboxRow.attempts) + 1)
        .returning(col(InboxRow.attempts))
    )
    return int((await tx.execute(query)).scalar_one())


def left_behind_query(before: datetime, most: int) -> Select[Any]:
    return (
        select(col(InboxRow.key))
        .where(_WAITING, col(InboxRow.received_at) < before)
        .order_by(col(InboxRow.received_at))
        .limit(most)
    )


async def find_left_behind(tx: Transaction, before: datetime, most: int) -> list[str]:
    """Keys of events accepted before `before` that still wait: a process died or a turn failed."""
    return list((await tx.execute(left_behind_query(before, most))).scalars())


async def forget(tx: Transaction, before: datetime) -> int:
    """Delete settled keys from before `before`; how many."""
    query = delete(InboxRow).where(col(InboxRow.state) != "waiting", col(InboxRow.received_at) < before)
    return (await tx.execute(query)).rowcount


async def count_by_state(tx: Transaction) -> dict[str, int]:
    query = select(col(InboxRow.state), func.count()).group_by(col(InboxRow.state))
    return {state: int(number) for state, number in (await tx.execute(query)).all()}
