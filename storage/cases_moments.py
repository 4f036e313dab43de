"""Named queries of moments: which channels are asked for their experiences, when, and whether anybody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from storage.cases import day_of
from storage.database import add_once, table_of
from storage.tables.cases import CaseMomentRow
from storage.transaction import Transaction

MOST_UNANSWERED = 2
"""After so many without an answer a channel is left alone, until somebody asks for it again."""


@dataclass(frozen=True, slots=True)
class Moment:
    channel: str
    place: dict[str, Any]
    weeks: int
    language: str
    active: bool
    set_by: str | None
    asked_on: datetime | None
    shared_on: datetime | None
    unanswered: int

    def is_due(self, now: datetime) -> bool:
        """A channel that shared lately is asked so many weeks after that."""
        last = max((day for day in (self.asked_on, self.shared_on) if day is not None), default=None)
        return last is None or day_of(now) >= last + timedelta(weeks=self.weeks)


_moments = table_of(CaseMomentRow).c
_MOMENT = select(*(getattr(_moments, name) for name in Moment.__slots__))


async def find(tx: Transaction, channel: str) -> Moment | None:
    found = (await tx.execute(_MOMENT.where(_moments.channel == channel))).first()
    return Moment(*found) if found else None


async def find_active(tx: Transaction) -> Sequence[Moment]:
    rows = await tx.execute(_MOMENT.where(_moments.active.is_(True)).order_by(_moments.channel))
    return [Moment(*row) for row in rows]


async def turn_on(
    tx: Transaction, channel: str, *, place: dict[str, Any], weeks: int, language: str, by: str, now: datetime
) -> None:
    """Asked again from now on; what went unanswered before is forgotten."""
    values = {"weeks": weeks, "language": language, "active": True, "set_by": by, "unanswered": 0}
    values |= {"place": place, "changed_on": day_of(now)}
    if not await add_once(tx, CaseMomentRow, channel=channel, **values):
        await tx.execute(update(CaseMomentRow).where(col(CaseMomentRow.channel) == channel).values(**values))


async def turn_off(tx: Transaction, channel: str, now: datetime) -> bool:
    """False where it was not asked anyway."""
    query = update(CaseMomentRow).where(col(CaseMomentRow.channel) == channel, col(CaseMomentRow.active).is_(True))
    return bool((await tx.execute(query.values(active=False, changed_on=day_of(now)))).rowcount)


async def note_asked(tx: Transaction, channel: str, now: datetime) -> None:
    """Unanswered until somebody shares something."""
    query = update(CaseMomentRow).where(col(CaseMomentRow.channel) == channel)
    await tx.execute(query.values(asked_on=day_of(now), unanswered=col(CaseMomentRow.unanswered) + 1))


async def note_shared(tx: Transaction, channel: str, now: datetime) -> None:
    """Somebody of this channel shared a case; who and which is not kept."""
    query = update(CaseMomentRow).where(col(CaseMomentRow.channel) == channel)
    await tx.execute(query.values(shared_on=day_of(now), unanswered=0))


async def forget(tx: Transaction, before: datetime) -> int:
    """Channels that nobody wants asked any more."""
    query = delete(CaseMomentRow).where(
        col(CaseMomentRow.active).is_(False), col(CaseMomentRow.changed_on) < before
    )
    return (await tx.execute(query)).rowcount
