"""Named queries beside the diploma: who is over the day, requests for an exemption, and presses that count once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from storage.database import add_once, table_of
from storage.tables.behind import BehindRow, DiplomaMarkRow, ExemptionRequestRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody who is over the day, as the last look found it."""

    person_id: str
    level: str
    by: date
    unit: str
    manager_id: str | None
    """None: nobody leads them, or who did has left."""


@dataclass(frozen=True, slots=True)
class ExemptionRequest:
    id: str
    person_id: str
    asked_by: str
    since: date
    until: date
    reason: str


_behind, _requests, _marks = (table_of(row) for row in (BehindRow, ExemptionRequestRow, DiplomaMarkRow))


async def replace_behind(tx: Transaction, after: str, last: str | None, found: Iterable[Behind]) -> None:
    """Of everybody with an id after the one and up to the other (None: to the end), these are over the day."""
    ids = _behind.c.person_id
    span = ids > after if last is None else (ids > after) & (ids <= last)
    await tx.execute(delete(_behind).where(span))
    rows = [{"id": uuid4().hex, **{name: getattr(one, name) for name in Behind.__slots__}} for one in found]
    if rows:
        await tx.execute(insert(_behind), rows)


def _to_hr(no_manager_by: date, long_by: date) -> ColumnElement[bool]:
    """What HR looks at: whom no manager hears of, and who is far over the day."""
    unled = (_behind.c.by <= no_manager_by) & _behind.c.manager_id.is_(None)
    return or_(unled, _behind.c.by <= long_by)


async def list_for_hr(tx: Transaction, no_manager_by: date, long_by: date, most: int) -> list[Behind]:
    """The longest over the day first."""
    columns = [_behind.c[name] for name in Behind.__slots__]
    query = select(*columns).where(_to_hr(no_manager_by, long_by)).order_by(_behind.c.by, _behind.c.person_id)
    return [Behind(*row) for row in (await tx.execute(query.limit(most))).all()]


async def count_for_hr(tx: Transaction, no_manager_by: date, long_by: date) -> int:
    query = select(func.count(func.distinct(_behind.c.person_id))).where(_to_hr(no_manager_by, long_by))
    return int((await tx.execute(query)).scalar_one())


async def count_behind(tx: Transaction, by: date) -> int:
    """How many people were due by this day or before it."""
    query = select(func.count(func.distinct(_behind.c.person_id))).where(_behind.c.by <= by)
    return int((await tx.execute(query)).scalar_one())


# ---------------------------------------------------------------- exemptions that are asked for


async def ask_exemption(
    tx: Transaction, person_id: str, asked_by: str, since: date, until: date, reason: str, now: datetime
) -> str:
    """Its id."""
    id = uuid4().hex
    values = {"id": id, "person_id": person_id, "asked_by": asked_by, "since": since, "until": until}
    await tx.execute(insert(_requests).values(**values, reason=reason, asked_at=now, state="open"))
    return id


async def decide_exemption(tx: Transaction, id: str, state: str) -> ExemptionRequest | None:
    """given or refused; None where somebody decided on it before."""
    columns = [_requests.c[name] for name in ExemptionRequest.__slots__]
    query = update(_requests).where(_requests.c.id == id, _requests.c.state == "open").values(state=state)
    row = (await tx.execute(query.returning(*columns))).first()
    return None if row is None else ExemptionRequest(*row)


# ---------------------------------------------------------------- presses that count once


async def note_once(tx: Transaction, key: str, now: datetime) -> bool:
    """False where this was noted before."""
    return await add_once(tx, DiplomaMarkRow, key=key, at=now)


async def forget(tx: Transaction, *, requests_before: datetime, marks_before: datetime) -> int:
    queries = (
        delete(_requests).where(_requests.c.asked_at < requests_before),
        delete(_marks).where(_marks.c.at < marks_before),
    )
    return sum([(await tx.execute(query)).rowcount for query in queries])
