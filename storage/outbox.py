"""Named queries of the outbox: add, claim in order per place, settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, bindparam, func, insert, select, text, update
from sqlmodel import col

from storage.database import table_of
from storage.prepared import Prepared
from storage.tables.columns import Written
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message this worker alone may send now."""

    id: int
    key: str
    kind: str
    place: dict[str, Any]
    card: dict[str, Any]
    replaces: str | None
    attempts: int
    unclear: bool
    """An earlier try ended without telling whether it arrived."""


_ADD = Prepared(insert(table_of(OutboxRow)))
_SETTLE = Prepared(update(table_of(OutboxRow)).where(table_of(OutboxRow).c.id == bindparam("row_id")))


_OPEN = text("state IN ('waiting', 'sending')")
"""Word for word the condition of the partial indexes: SQLite uses them for nothing else, not for bound values."""


def new_key() -> str:
    return uuid4().hex


async def add(
    tx: Transaction,
    *,
    key: str,
    kind: str,
    place: dict[str, Any],
    place_key: str,
    card: dict[str, Any] | Written,
    due_at: datetime,
    replaces: str | None = None,
    person_id: str | None = None,
) -> None:
    row = {
        "key": key,
        "kind": kind,
        "platform": place["platform"],
        "place": place,
        "place_key": place_key,
        "person_id": person_id,
        "card": card,
        "replaces": replaces,
        "state": "waiting",
        "attempts": 0,
        "due_at": due_at,
    }
    await _ADD.run(tx, **row)


def claim_query(platforms: Sequence[str], now: datetime, most: int) -> Select[Any]:
    """The oldest open message of each place, where that one waits and its time has come."""
    heads = select(func.min(col(OutboxRow.id))).where(_OPEN).group_by(col(OutboxRow.place_key))
    return (
        select(col(OutboxRow.id))
        .where(
            col(OutboxRow.id).in_(heads.scalar_subquery()),
            col(OutboxRow.state) == "waiting",
            col(OutboxRow.due_at) <= now,
            col(OutboxRow.platform).in_(platforms),
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )


async def claim(tx: Transaction, platforms: Sequence[str], now: datetime, most: int) -> list[Claimed]:
    """The oldest waiting message of each place that has none under way, at most `most`, now ours."""
    ids = list((await tx.execute(claim_query(platforms, now, most))).scalars())
    if not ids:
        return []
    mine = (
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(ids))
        .values(state="sending", claimed_at=now, attempts=col(OutboxRow.attempts) + 1)
        .returning(OutboxRow)
    )
    rows: Sequence[Row[Any]] = (await tx.execute(mine)).all()
    return sorted((_claimed(row) for row in rows), key=lambda claimed: claimed.id)


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(
        id=row.id,
        key=row.key,
        kind=row.kind,
        place=row.place,
        card=row.card,
        replaces=row.replaces,
        attempts=row.attempts,
        unclear=row.reason == UNCLEAR,
    )


UNCLEAR = "unclear"
"""Reason on a waiting row whose last try ended without an answer: look before sending again."""


async def settle_sent(tx: Transaction, id: int, platform_id: str | None, now: datetime) -> None:
    values = {"state": "sent", "platform_id": platform_id, "sent_at": now, "reason": None}
    await _SETTLE.run(tx, row_id=id, **values)


async def settle_later(tx: Transaction, id: int, due_at: datetime, reason: str) -> None:
    values = {"state": "waiting", "due_at": due_at, "reason": reason[:500]}
    await _SETTLE.run(tx, row_id=id, **values)


async def settle_ended(tx: Transaction, id: int, state: str, reason: str) -> None:
    """failed, unclear or cancelled, with a reason a person can read."""
    await tx.execute(update(OutboxRow).where(col(OutboxRow.id) == id).values(state=state, reason=reason[:500]))


async def recover_left_behind(tx: Transaction, claimed_before: datetime, now: datetime) -> int:
    """Messages whose sender died in mid-send wait again, marked unclear; how many."""
    query = (
        update(OutboxRow)
        .where(_OPEN, col(OutboxRow.state) == "sending", col(OutboxRow.claimed_at) <= claimed_before)
        .values(state="waiting", due_at=now, reason=UNCLEAR)
    )
    return (await tx.execute(query)).rowcount


async def find_platform_id(tx: Transaction, key: str) -> str | None:
    query = select(col(OutboxRow.platform_id)).where(col(OutboxRow.key) == key)
    found: str | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def count_by_state(tx: Transaction) -> dict[str, int]:
    query = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
    return {state: int(number) for state, number in (await tx.execute(query)).all()}
