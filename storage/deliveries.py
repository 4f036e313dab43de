"""Named queries over the outbox: what became of the messages, who was not reached and why, what waits too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, text
from sqlmodel import col

from storage.tables.outbox import OutboxRow
from storage.tables.people import PersonRow
from storage.transaction import Transaction

OPEN = ("waiting", "sending")
_OPEN = text("outbox.state IN ('waiting', 'sending')")
"""Word for word the condition of the partial indexes: SQLite uses them for nothing else."""
UNREACHED = ("failed", "unclear")
STATES = ("sent", *OPEN, *UNREACHED, "cancelled")


@dataclass(frozen=True, slots=True)
class Count:
    state: str
    platform: str
    kind: str
    reason: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message and what became of it; never what it says."""

    key: str
    state: str
    kind: str
    platform: str
    name: str | None
    """Whom it was for; None: a channel, or somebody without a name."""
    place_kind: str
    place_id: str
    reason: str | None
    attempts: int
    since: datetime
    """When it was first due."""
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filter:
    """None: whatever it is."""

    since: datetime
    states: tuple[str, ...] = UNREACHED
    platform: str | None = None
    kind: str | None = None


async def count(tx: Transaction, since: datetime) -> list[Count]:
    """Messages that were due from then on, by what became of them and why."""
    by = (col(OutboxRow.state), col(OutboxRow.platform), col(OutboxRow.kind), col(OutboxRow.reason))
    query = select(*by, func.count()).where(col(OutboxRow.wanted_at) >= since).group_by(*by)
    return [Count(*values) for values in (await tx.execute(query)).all()]


async def find(tx: Transaction, wanted: Filter, most: int = 200) -> list[Delivery]:
    """The newest first."""
    query = _select().where(col(OutboxRow.wanted_at) >= wanted.since, col(OutboxRow.state).in_(wanted.states))
    if wanted.platform is not None:
        query = query.where(col(OutboxRow.platform) == wanted.platform)
    if wanted.kind is not None:
        query = query.where(col(OutboxRow.kind) == wanted.kind)
    query = query.order_by(col(OutboxRow.wanted_at).desc(), col(OutboxRow.id).desc()).limit(most)
    return _read((await tx.execute(query)).all())


async def find_waiting_longer(tx: Transaction, before: datetime, most: int = 200) -> list[Delivery]:
    """What was due before then and still waits, the oldest first."""
    query = _select().where(_OPEN, col(OutboxRow.wanted_at) < before)
    query = query.order_by(col(OutboxRow.wanted_at), col(OutboxRow.id)).limit(most)
    return _read((await tx.execute(query)).all())


async def count_waiting_longer(tx: Transaction, before: datetime) -> int:
    query = select(func.count()).where(_OPEN, col(OutboxRow.wanted_at) < before)
    return int((await tx.execute(query)).scalar_one())


def _select() -> Select[Any]:
    columns = (
        OutboxRow.key,
        OutboxRow.state,
        OutboxRow.kind,
        OutboxRow.platform,
        PersonRow.name,
        OutboxRow.place,
        OutboxRow.reason,
        OutboxRow.attempts,
        OutboxRow.wanted_at,
        OutboxRow.claimed_at,
    )
    whose = col(OutboxRow.person_id) == col(PersonRow.id)
    return select(*map(col, columns)).outerjoin_from(OutboxRow, PersonRow, whose)


def _read(rows: Sequence[Row[Any]]) -> list[Delivery]:
    return [
        Delivery(
            key=row.key,
            state=row.state,
            kind=row.kind,
            platform=row.platform,
            name=row.name or None,
            place_kind=str(row.place.get("kind", "")),
            place_id=str(row.place.get("id", "")),
            reason=row.reason,
            attempts=row.attempts,
            since=row.wanted_at,
            tried_at=row.claimed_at,
        )
        for row in rows
    ]
