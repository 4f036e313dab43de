"""Named queries of certificates: add one, correct one, and what counts on a day. Nothing is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, bindparam, delete, func, insert, literal, or_, select

from storage import audit
from storage.database import add_once, table_of
from storage.prepared import Prepared
from storage.tables.certificates import CertificateRow
from storage.tables.register import PeriodRow
from storage.transaction import Transaction

_BATCH = 500
Progress = Callable[[int, int], None]
"""Told how many were looked at, of how many."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one row says."""

    person_id: str
    level: str
    passed: bool
    issued: date
    expires: date | None = None
    """The first day on which it no longer counts."""
    issuer: str = ""
    evidence: str = ""
    attempt: int | None = None
    source: str = "hand"
    replaces: str | None = None
    """Id of the row that this one corrects."""
    added_by: str | None = None
    statement: str = ""
    """Its id where it came from, if it has one: the same news twice is one row."""


@dataclass(frozen=True, slots=True)
class Kept:
    id: str
    person_id: str
    level: str
    passed: bool
    issued: date
    expires: date | None
    issuer: str
    evidence: str
    attempt: int | None
    source: str
    replaces: str | None
    added_at: datetime


_rows = table_of(CertificateRow)
_COLUMNS = [_rows.c[name] for name in Kept.__slots__]


async def add(tx: Transaction, one: Certificate, now: datetime) -> str | None:
    """Its id; None, and nothing done, where the very same was told before."""
    id = uuid4().hex
    values = {name: getattr(one, name) for name in Certificate.__slots__ if name != "statement"}
    if not await add_once(tx, CertificateRow, id=id, key=make_key(one), added_at=now, **values):
        return None
    details: dict[str, audit.Value | list[str]] = {
        "level": one.level,
        "passed": one.passed,
        "issued": one.issued.isoformat(),
        "source": one.source,
    }
    if one.replaces:
        details["replaces"] = one.replaces
    about = f"certificate:{id}"
    await audit.add(tx, actor=one.added_by, act="diploma.added", about=about, details=details, now=now)
    return id


async def add_many(
    tx: Transaction, them: Sequence[Certificate], now: datetime, *, progress: Progress = lambda *_: None
) -> int:
    """As `add`, in bulk and with one line in the audit log; how many were new."""
    rows: dict[str, dict[str, Any]] = {}
    for one in them:
        values = {name: getattr(one, name) for name in Certificate.__slots__ if name != "statement"}
        rows.setdefault(make_key(one), values)
    keys, added = list(rows), 0
    for begin in range(0, len(keys), _BATCH):
        some = keys[begin : begin + _BATCH]
        known = set((await tx.execute(select(_rows.c.key).where(_rows.c.key.in_(some)))).scalars())
        new = [{"id": uuid4().hex, "key": key, "added_at": now, **rows[key]} for key in some if key not in known]
        if new:
            await tx.execute(insert(_rows), new)
        added += len(new)
        progress(begin + len(some), len(keys))
    if added:
        source = them[0].source
        details: dict[str, audit.Value | list[str]] = {"added": added, "source": source}
        await audit.add(tx, actor=None, act="diploma.imported", about="certificates", details=details, now=now)
    return added


def make_key(one: Certificate) -> str:
    """By its own id where it has one, else by all it says of whom; who brought it does not matter."""
    if one.statement:
        said: tuple[object, ...] = (one.source, one.statement)
    else:
        said = (one.person_id, one.level, one.passed, one.issued, one.issuer, one.attempt, one.replaces or "")
    return hashlib.sha256(repr(tuple(map(str, said))).encode()).hexdigest()


def _select(as_known_at: datetime | None) -> Select[Any]:
    """Rows that count: added by then, and not corrected by a row that was added by then."""
    later = _rows.alias()
    corrected = select(1).where(later.c.replaces == _rows.c.id)
    query = select(*_COLUMNS)
    if as_known_at is not None:
        query = query.where(_rows.c.added_at <= as_known_at)
        corrected = corrected.where(later.c.added_at <= as_known_at)
    return query.where(~corrected.exists())


_FIND_OF = Prepared(
    _select(None).where(_rows.c.person_id == bindparam("person_id")).order_by(_rows.c.issued, _rows.c.added_at)
)
"""With every answer."""


_registered = select(1).where(table_of(PeriodRow).c.person_id == bindparam("person_id")).exists()
_certified = select(1).where(_rows.c.person_id == bindparam("person_id")).exists()
_FIND_TRACE = Prepared(select(literal(1)).where(or_(_registered, _certified)))


async def is_known(tx: Transaction, person_id: str) -> bool:
    """Whether the register ever held this person, or a certificate of theirs: one look, asked with every answer."""
    return bool(await _FIND_TRACE.rows(tx, person_id=person_id))


async def find_of(tx: Transaction, person_id: str, *, as_known_at: datetime | None = None) -> list[Kept]:
    """What counts of somebody, as far as it was known then, the oldest first."""
    if as_known_at is None:
        return [Kept(*row) for row in await _FIND_OF.rows(tx, person_id=person_id)]
    query = _select(as_known_at).where(_rows.c.person_id == person_id)
    rows = (await tx.execute(query.order_by(_rows.c.issued, _rows.c.added_at))).all()
    return [Kept(*row) for row in rows]


async def find_of_many(
    tx: Transaction, person_ids: Sequence[str], *, as_known_at: datetime | None = None
) -> dict[str, list[Kept]]:
    """The same for a team or a page of people."""
    found: dict[str, list[Kept]] = {id: [] for id in person_ids}
    for begin in range(0, len(person_ids), 500):
        some = _rows.c.person_id.in_(person_ids[begin : begin + 500])
        for row in (await tx.execute(_select(as_known_at).where(some).order_by(_rows.c.issued))).all():
            kept = Kept(*row)
            found[kept.person_id].append(kept)
    return found


Earned = tuple[str, date, date | None]
"""Level, the day it was passed, and the first day on which it no longer counts."""


async def find_earned(tx: Transaction, person_ids: Sequence[str]) -> dict[str, list[Earned]]:
    """What was passed and counts, and nothing else of it: for a look at everybody."""
    found: dict[str, list[Earned]] = {id: [] for id in person_ids}
    columns = (_rows.c.person_id, _rows.c.level, _rows.c.issued, _rows.c.expires)
    for begin in range(0, len(person_ids), 500):
        some = _rows.c.person_id.in_(person_ids[begin : begin + 500])
        query = _select(None).with_only_columns(*columns).where(some, _rows.c.passed).order_by(_rows.c.issued)
        for id, level, issued, expires in await tx.execute(query):
            found[id].append((level, issued, expires))
    return found


async def lock(tx: Transaction, id: str) -> Kept | None:
    """The row, so that one person puts it right at a time; None for one that was put right already."""
    row = (await tx.execute(_select(None).where(_rows.c.id == id).with_for_update(of=_rows))).first()
    return None if row is None else Kept(*row)


async def find_history(tx: Transaction, person_id: str) -> list[Kept]:
    """Every row, also what was corrected since."""
    query = select(*_COLUMNS).where(_rows.c.person_id == person_id)
    return [Kept(*row) for row in (await tx.execute(query.order_by(_rows.c.added_at, _rows.c.id))).all()]


async def forget(tx: Transaction, before: date) -> int:
    """What ran out before this day, and attempts from before it; what does not run out stays."""
    over = func.coalesce(_rows.c.expires, _rows.c.issued) < before
    query = delete(_rows).where(over, _rows.c.expires.is_not(None) | ~_rows.c.passed)
    return (await tx.execute(query)).rowcount
