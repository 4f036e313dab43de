"""Named queries of occasions: which occasion of a regular thing was the last that is done with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from storage.database import add_once
from storage.tables.occasions import OccasionRow
from storage.transaction import Transaction


async def begin(tx: Transaction, key: str, now: datetime) -> None:
    """A thing never seen before begins now and owes nothing."""
    await add_once(tx, OccasionRow, key=key, last_at=now)


async def find_last(tx: Transaction) -> dict[str, datetime]:
    """Per regular thing the last occasion that is done with."""
    rows = (await tx.execute(select(col(OccasionRow.key), col(OccasionRow.last_at)))).all()
    return {row[0]: row[1] for row in rows}


async def note_done(tx: Transaction, key: str, occasion: datetime) -> None:
    """Never backwards: a clock that jumped back repeats nothing."""
    query = update(OccasionRow).where(col(OccasionRow.key) == key, col(OccasionRow.last_at) < occasion)
    await tx.execute(query.values(last_at=occasion))
