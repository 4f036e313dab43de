"""People in the register of a test: hired, and moved to other work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import uuid4

from sqlalchemy import insert, update

from storage import people
from storage.people import Profile
from storage.tables.register import PeriodRow
from storage.transaction import Transaction


async def hire(
    tx: Transaction, name: str, day: date, *, unit: str, function: str, location: str = "Utrecht"
) -> str:
    """The person's id."""
    now = datetime.combine(day, time(8), UTC)
    known = await people.get_or_add_person(tx, "web", "", name, now)
    known = await people.save_profile(tx, known, Profile(name.title(), f"{name}@example.com"), now)
    await _place(tx, known.id, day, day, unit=unit, function=function, location=location)
    return known.id


async def move(tx: Transaction, person_id: str, day: date, *, unit: str, function: str) -> None:
    """From that day on they work elsewhere; nothing where they began that same day."""
    open_ended = (PeriodRow.person_id == person_id, PeriodRow.latest)
    ended = update(PeriodRow).where(*open_ended, PeriodRow.since < day).values(until=day, latest=False)
    started = (await tx.execute(ended.returning(PeriodRow.started))).scalar()
    if started is not None:
        await _place(tx, person_id, day, started, unit=unit, function=function, location="Gent")


async def _place(tx: Transaction, person_id: str, day: date, started: date, **where: str) -> None:
    values = {"id": uuid4().hex, "person_id": person_id, "since": day, "until": None, **where}
    await tx.execute(insert(PeriodRow).values(**values, manager_id=None, started=started, latest=True))
