"""Named queries of nudges: plan once, gather a person's due ones, cancel what is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, text, update
from sqlmodel import col

from storage import outbox
from storage.database import add_once
from storage.tables.nudges import NudgeRow
from storage.transaction import Transaction

_WAITING = text("state = 'waiting'")
"""Word for word the condition of the partial index; SQLite does not use it for a bound value."""


@dataclass(frozen=True, slots=True)
class PlannedNudge:
    key: str
    subject: str
    action: str
    due_at: datetime
    good_until: datetime


async def plan(
    tx: Transaction,
    *,
    key: str,
    person_id: str,
    subject: str,
    action: str,
    due_at: datetime,
    good_until: datetime,
) -> bool:
    """False where this key was planned before, whatever became of it."""
    row = {"key": key, "person_id": person_id, "subject": subject, "action": action}
    return await add_once(tx, NudgeRow, **row, state="waiting", due_at=due_at, good_until=good_until)


def people_query(now: datetime, most: int) -> Select[Any]:
    return (
        select(col(NudgeRow.person_id))
        .where(_WAITING, col(NudgeRow.due_at) <= now)
        .group_by(col(NudgeRow.person_id))
        .order_by(func.min(col(NudgeRow.due_at)))
        .limit(most)
    )


async def find_people(tx: Transaction, now: datetime, most: int) -> list[str]:
    """People with something due, longest waiting first."""
    return list((await tx.execute(people_query(now, most))).scalars())


async def lock_due(tx: Transaction, person_id: str, now: datetime) -> list[PlannedNudge]:
    """This person's due nudges, oldest first; none where another replica has them in hand."""
    query = (
        select(
            col(NudgeRow.key),
            col(NudgeRow.subject),
            col(NudgeRow.action),
            col(NudgeRow.due_at),
            col(NudgeRow.good_until),
        )
        .where(_WAITING, col(NudgeRow.person_id) == person_id, col(NudgeRow.due_at) <= now)
        .order_by(col(NudgeRow.due_at), col(NudgeRow.key))
        .with_for_update(skip_locked=True)
    )
    return [PlannedNudge(*row) for row in (await tx.execute(query)).all()]


async def put_off(tx: Transaction, keys: Sequence[str], until: datetime) -> None:
    await tx.execute(update(NudgeRow).where(col(NudgeRow.key).in_(keys)).values(due_at=until))


async def settle(tx: Transaction, keys: Sequence[str], state: str, outbox_key: str | None = None) -> None:
    """gathered (into a message), cancelled or expired."""
    await tx.execute(update(NudgeRow).where(col(NudgeRow.key).in_(keys)).values(state=state, outbox_key=outbox_key))


async def cancel(tx: Transaction, subject: str, *, reason: str = "no longer needed") -> int:
    """The thing is done: nothing about it is sent any more. How many nudges that ends.

    One that stands in a gathered message that has not left yet takes the whole message back; what else stood in
    it waits to be gathered again.
    """
    gathered = select(col(NudgeRow.outbox_key)).where(
        col(NudgeRow.subject) == subject, col(NudgeRow.state) == "gathered"
    )
    for key in (await tx.execute(gathered)).scalars().all():
        if key is not None and await outbox.cancel(tx, key, reason):
            again = update(NudgeRow).where(col(NudgeRow.outbox_key) == key).values(state="waiting", outbox_key=None)
            await tx.execute(again)
    ended = (
        update(NudgeRow)
        .where(_WAITING, col(NudgeRow.subject) == subject)
        .values(state="cancelled", outbox_key=None)
    )
    return (await tx.execute(ended)).rowcount


async def find_gathered(tx: Transaction, subjects: Sequence[str]) -> set[str]:
    """Keys of what was told about these things, also what could not be delivered."""
    found: set[str] = set()
    for begin in range(0, len(subjects), 500):
        some = col(NudgeRow.subject).in_(subjects[begin : begin + 500])
        query = select(col(NudgeRow.key)).where(some, col(NudgeRow.state) == "gathered")
        found.update((await tx.execute(query)).scalars())
    return found


async def cancel_many(tx: Transaction, subjects: Sequence[str], *, reason: str = "no longer needed") -> int:
    """The same for many things at once; of most nothing is planned."""
    planned: set[str] = set()
    for begin in range(0, len(subjects), 500):
        some = col(NudgeRow.subject).in_(subjects[begin : begin + 500])
        query = select(col(NudgeRow.subject)).where(some, col(NudgeRow.state).in_(("waiting", "gathered")))
        planned.update((await tx.execute(query)).scalars())
    return sum([await cancel(tx, subject, reason=reason) for subject in sorted(planned)])


async def forget(tx: Transaction, before: datetime) -> int:
    query = delete(NudgeRow).where(col(NudgeRow.state) != "waiting", col(NudgeRow.due_at) < before)
    return (await tx.execute(query)).rowcount
