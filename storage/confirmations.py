"""Named queries of confirmations: keep what somebody must say yes to once more, and take it out once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import col

from storage.tables.confirmations import ConfirmationRow
from storage.transaction import Transaction


async def ask(
    tx: Transaction, *, id: str, person_id: str, event: dict[str, Any], recipients: int, now: datetime
) -> None:
    row = {"id": id, "person_id": person_id, "event": event, "recipients": recipients, "asked_at": now}
    await tx.execute(insert(ConfirmationRow).values(**row))


async def take(tx: Transaction, id: str, person_id: str) -> tuple[dict[str, Any], int] | None:
    """The event and the number that was named; only for who was asked, and only once."""
    query = (
        delete(ConfirmationRow)
        .where(col(ConfirmationRow.id) == id, col(ConfirmationRow.person_id) == person_id)
        .returning(col(ConfirmationRow.event), col(ConfirmationRow.recipients))
    )
    found = (await tx.execute(query)).first()
    return None if found is None else (found[0], int(found[1]))


async def forget(tx: Transaction, before: datetime) -> int:
    return (await tx.execute(delete(ConfirmationRow).where(col(ConfirmationRow.asked_at) < before))).rowcount
