"""The audit log: add a line in the transaction of the act itself, read lines back, find what was tampered with."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, text
from sqlmodel import col

from storage.sealing import Anchor, Sealing
from storage.tables.audit import AuditRow
from storage.transaction import Transaction

SEALING = "sealing"
"""The execution option by which a database hands its Sealing to `add`."""
HEAD = "audit_head"
"""Where a connection keeps the line it added last, until its transaction ends."""
_ONE_AT_A_TIME = 7_061_843_021
"""PostgreSQL's advisory lock for whoever adds a line; SQLite has one writer anyway."""
_BATCH = 2_000

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    number: int
    at: datetime
    actor: str | None
    act: str
    about: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where the log is not what was written."""

    kind: str
    """changed (or put in), missing, cut_off, other_key or not_as_anchored."""
    number: int
    """Of the line; for lines that are missing, of the first of them."""
    until: int = 0
    """For lines that are missing: the last of them."""


async def add(
    tx: Transaction,
    *,
    actor: str | None,
    act: str,
    about: str,
    now: datetime,
    details: Mapping[str, Value | list[str]] | None = None,
) -> int:
    """Note an act, with ids and plain values and nobody's words; the line's number. Stands or falls with `tx`."""
    connection = tx.sync_connection
    assert connection is not None
    sealing: Sealing = connection.get_execution_options()[SEALING]
    if tx.dialect.name == "postgresql":
        await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    newest = select(col(AuditRow.number), col(AuditRow.seal)).order_by(col(AuditRow.number).desc()).limit(1)
    last = (await tx.execute(newest)).first()
    number, before = (last.number + 1, last.seal) if last else (1, "")
    line = {
        "number": number,
        "at": now,
        "actor": actor,
        "act": act,
        "about": about,
        "details": json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True),
        "key_id": sealing.key_id,
    }
    seal = sealing.seal(before, _write_out(line))
    await tx.execute(insert(AuditRow).values(**line, seal=seal))
    connection.info[HEAD] = Anchor(number, seal)
    return number


async def find_lines(tx: Transaction, *, about: str | None = None, most: int = 50) -> list[AuditLine]:
    """The newest first."""
    query = select(AuditRow.__table__).order_by(col(AuditRow.number).desc()).limit(most)  # type: ignore[attr-defined]
    if about is not None:
        query = query.where(col(AuditRow.about) == about)
    return [
        AuditLine(row.number, row.at, row.actor, row.act, row.about, json.loads(row.details))
        for row in (await tx.execute(query)).all()
    ]


async def count_lines(tx: Transaction) -> int:
    return int((await tx.execute(select(func.count()).select_from(AuditRow))).scalar_one())


async def find_flaws(tx: Transaction, sealing: Sealing) -> AsyncIterator[Flaw]:
    """Everything that is wrong with the log, in its order; then what its anchors say of it. Memory stays flat."""
    anchors = {anchor.number: anchor.seal for anchor in sealing.read_anchors()}
    off: list[Flaw] = []
    number, before = 0, ""
    async for row in _read_all(tx):
        if row.number != number + 1:
            yield Flaw("missing", number + 1, row.number - 1)
        elif row.key_id != sealing.key_id:
            yield Flaw("other_key", row.number)
        elif sealing.seal(before, _write_out(row._asdict())) != row.seal:
            yield Flaw("changed", row.number)
        elif anchors.get(row.number, row.seal) != row.seal:
            off.append(Flaw("not_as_anchored", row.number))
        number, before = row.number, row.seal
    for flaw in off:
        yield flaw
    last = max(anchors, default=0)
    if last > number:
        yield Flaw("cut_off", number + 1, last)


async def _read_all(tx: Transaction) -> AsyncIterator[Row[Any]]:
    after = -1
    while True:
        query = select(AuditRow.__table__).where(col(AuditRow.number) > after)  # type: ignore[attr-defined]
        rows = (await tx.execute(query.order_by(col(AuditRow.number)).limit(_BATCH))).all()
        for row in rows:
            yield row
        if len(rows) < _BATCH:
            return
        after = rows[-1].number


def _write_out(line: Mapping[str, Any]) -> str:
    """What is sealed: every column but the seal, as one text that can be read in one way only."""
    names = ("number", "at", "actor", "act", "about", "details", "key_id")
    values = [line["number"], line["at"].isoformat(), *(line[name] for name in names[2:])]
    return json.dumps(values, ensure_ascii=False)
