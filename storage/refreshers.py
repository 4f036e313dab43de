"""Named queries of refreshers: begin one, answer its next question once, and what is often answered wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from storage.database import add_once, table_of
from storage.tables.refreshers import RefresherLookRow, RefresherRow, RefresherTallyRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Refresher:
    id: str
    person_id: str
    level: str
    questions: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    answered: int
    state: str
    started_at: datetime

    @property
    def right(self) -> int:
        return sum(bool(answer["right"]) for answer in self.answers)


_rows, _tally, _looks = (table_of(row) for row in (RefresherRow, RefresherTallyRow, RefresherLookRow))
_COLUMNS = [_rows.c[name] for name in Refresher.__slots__]


async def begin(
    tx: Transaction, person_id: str, level: str, questions: Sequence[dict[str, Any]], now: datetime
) -> Refresher:
    one = Refresher(uuid4().hex, person_id, level, list(questions), [], 0, "open", now)
    await tx.execute(insert(_rows).values(**{name: getattr(one, name) for name in Refresher.__slots__}))
    return one


async def find(tx: Transaction, id: str) -> Refresher | None:
    row = (await tx.execute(select(*_COLUMNS).where(_rows.c.id == id))).first()
    return None if row is None else Refresher(*row)


async def find_last(tx: Transaction, person_id: str, level: str) -> Refresher | None:
    query = select(*_COLUMNS).where(_rows.c.person_id == person_id, _rows.c.level == level)
    row = (await tx.execute(query.order_by(_rows.c.started_at.desc()).limit(1))).first()
    return None if row is None else Refresher(*row)


async def answer(tx: Transaction, one: Refresher, given: dict[str, Any], state: str) -> bool:
    """The answer to the next question; False where that was answered meanwhile."""
    row, right = str(one.questions[one.answered]["row"]), bool(given["right"])
    query = update(_rows).where(_rows.c.id == one.id, _rows.c.answered == one.answered, _rows.c.state == "open")
    values = {"answers": [*one.answers, given], "answered": one.answered + 1, "state": state}
    if not (await tx.execute(query.values(**values))).rowcount:
        return False
    await add_once(tx, RefresherTallyRow, row=row, asked=0, wrong=0)
    counted = {"asked": _tally.c.asked + 1, "wrong": _tally.c.wrong + int(not right)}
    await tx.execute(update(_tally).where(_tally.c.row == row).values(**counted))
    return True


async def find_wrong(tx: Transaction, least: int) -> dict[str, float]:
    """Which part of the answers about a row was wrong, of rows that were answered so often."""
    found = await tx.execute(select(_tally.c.row, _tally.c.asked, _tally.c.wrong).where(_tally.c.asked >= least))
    return {row: wrong / asked for row, asked, wrong in found}


async def note_looked(tx: Transaction, row: str, version: int, by: str, now: datetime) -> bool:
    """False where somebody looked before."""
    return await add_once(tx, RefresherLookRow, row=row, version=version, looked_by=by, looked_at=now)


async def list_looked(tx: Transaction) -> set[tuple[str, int]]:
    return {(row, version) for row, version in await tx.execute(select(_looks.c.row, _looks.c.version))}


async def forget(tx: Transaction, before: datetime) -> int:
    return (await tx.execute(delete(_rows).where(_rows.c.started_at < before))).rowcount
