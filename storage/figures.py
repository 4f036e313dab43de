"""Named queries of kept figures: count a day a page at a time, and read what was shown on it or is known by now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.certificates import CertificateRow
from storage.tables.figures import FiguresDayRow, FiguresRow
from storage.transaction import Transaction

Groups = dict[tuple[str, str], Counter[str]]
"""Numbers by kind (all, unit, location, function) and name."""
ALL = ("all", "")
_BATCH = 500

_days, _figures = table_of(FiguresDayRow).c, table_of(FiguresRow).c


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of a day."""

    day: date
    known_on: date
    rules: str
    counted_at: datetime

    @property
    def is_correction(self) -> bool:
        return self.known_on > self.day


@dataclass(frozen=True, slots=True)
class Unfinished:
    rules: str
    after: str
    """Id of the person who was counted last; "": nobody yet."""
    groups: Groups


async def begin(tx: Transaction, day: date, known_on: date, rules: str, now: datetime) -> bool:
    """False where that day was counted, or is being counted."""
    values = {"day": day, "known_on": known_on, "rules": rules, "partial": _write("", {}), "counted_at": now}
    return await add_once(tx, FiguresDayRow, **values)


async def lock_unfinished(tx: Transaction, day: date, known_on: date) -> Unfinished | None:
    query = select(_days.rules, _days.partial).where(_days.day == day, _days.known_on == known_on)
    row = (await tx.execute(query.with_for_update())).first()
    if row is None or row.partial is None:
        return None
    kept = json.loads(row.partial)
    groups = {(kind, name): Counter(counts) for kind, name, counts in kept["groups"]}
    return Unfinished(row.rules, kept["after"], groups)


async def keep_partial(tx: Transaction, day: date, known_on: date, after: str, groups: Groups) -> None:
    await _change(tx, day, known_on, _write(after, groups))


async def finish(tx: Transaction, day: date, known_on: date, groups: Groups) -> None:
    rows = [
        {"day": day, "known_on": known_on, "kind": kind, "name": name, "counts": json.dumps(counts, sort_keys=True)}
        for (kind, name), counts in sorted(groups.items())
    ]
    if rows:
        await tx.execute(insert(table_of(FiguresRow)), rows)
    await _change(tx, day, known_on, None)


async def _change(tx: Transaction, day: date, known_on: date, partial: str | None) -> None:
    one = (_days.day == day, _days.known_on == known_on)
    await tx.execute(update(table_of(FiguresDayRow)).where(*one).values(partial=partial))


def _write(after: str, groups: Groups) -> str:
    written = [[kind, name, counts] for (kind, name), counts in groups.items()]
    return json.dumps({"after": after, "groups": written}, ensure_ascii=False)


class Result(NamedTuple):
    """What one certificate says, as far as figures need it."""

    level: str
    passed: bool
    issued: date
    expires: date | None
    replaces: str | None


async def find_results(tx: Transaction, person_ids: Sequence[str]) -> dict[str, list[Result]]:
    """What counts of each: what a later row corrects is left out."""
    rows, later = table_of(CertificateRow), table_of(CertificateRow).alias()
    corrected = select(1).where(later.c.replaces == rows.c.id).exists()
    query = select(rows.c.person_id, *(rows.c[name] for name in Result._fields)).where(~corrected)
    found: dict[str, list[Result]] = {id: [] for id in person_ids}
    for begin in range(0, len(person_ids), _BATCH):
        some = rows.c.person_id.in_(person_ids[begin : begin + _BATCH])
        for id, *values in await tx.execute(query.where(some)):
            found[id].append(Result(*values))
    return found


# ------------------------------------------------------------ looking back


async def find_counted(tx: Transaction, on: date, *, since: date | None = None) -> Counted | None:
    """What was shown on that day: the newest count of that day or before it, made on the day it is about."""
    query = _counts().where(_days.known_on == _days.day, _days.day <= on)
    if since is not None:
        query = query.where(_days.day >= since)
    row = (await tx.execute(query.order_by(_days.day.desc()).limit(1))).first()
    return None if row is None else _read(row)


async def find_correction(tx: Transaction, day: date) -> Counted | None:
    """The newest count of that day with what became known after it."""
    query = _counts().where(_days.day == day, _days.known_on > day)
    row = (await tx.execute(query.order_by(_days.known_on.desc()).limit(1))).first()
    return None if row is None else _read(row)


def _counts() -> Select[Any]:
    return select(_days.day, _days.known_on, _days.rules, _days.counted_at).where(_days.partial.is_(None))


def _read(row: Row[Any]) -> Counted:
    return Counted(row.day, row.known_on, row.rules, row.counted_at)


async def find_group(tx: Transaction, counted: Counted, kind: str, name: str) -> Counter[str] | None:
    """None: there was no such group, or nobody was in it."""
    query = select(_figures.counts).where(*_of(counted), _figures.kind == kind, _figures.name == name)
    found = (await tx.execute(query)).scalar()
    return None if found is None else Counter(json.loads(found))


async def find_groups(tx: Transaction, counted: Counted, kind: str) -> dict[str, Counter[str]]:
    """By name, in the order of the alphabet."""
    query = select(_figures.name, _figures.counts).where(*_of(counted), _figures.kind == kind)
    rows = (await tx.execute(query.order_by(_figures.name))).all()
    return {name: Counter(json.loads(counts)) for name, counts in rows}


def _of(counted: Counted) -> tuple[ColumnElement[bool], ...]:
    return _figures.day == counted.day, _figures.known_on == counted.known_on


async def was_told_later(tx: Transaction, day: date, since: datetime) -> bool:
    """Whether a certificate of that day or before it came in after `since`, of any that are a year old or less."""
    rows = table_of(CertificateRow).c
    late = (rows.issued <= day, rows.issued > day - timedelta(days=3 * 365), rows.added_at > since)
    return (await tx.execute(select(rows.id).where(*late).limit(1))).first() is not None


async def forget(tx: Transaction, before: date) -> int:
    gone = await tx.execute(delete(FiguresDayRow).where(col(FiguresDayRow.day) < before))
    await tx.execute(delete(FiguresRow).where(col(FiguresRow.day) < before))
    return gone.rowcount
