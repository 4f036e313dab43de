"""Queues for the delivery benchmark: filled through the house, filled in bulk, and drained by the bare database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
from sqlalchemy import func, select, text

from bot.model.cards import Card, Text
from bot.model.events import Place
from storage import outbox
from storage.database import Database
from storage.tables.columns import Written
from storage.tables.outbox import OutboxRow

EACH_TURN = 10
"""Messages that one turn decides on, in one transaction."""
AT_ONCE = 40
"""Messages that the worker takes at once; the bare database does as many."""
_WORDS = "Mag, mits. Laat de namen van klanten weg en lees het zelf na voordat je het verstuurt. " * 4
CARD = Card(summary="Mag, mits", elements=(Text(text=_WORDS),)).model_dump_json()
_LONG_AGO = "2026-01-05 09:00:00"
_COLUMNS = "key, kind, platform, place, place_key, card, state, attempts, due_at, wanted_at"


async def queue(database: Database, number: int, places: int, name: str = "p") -> float:
    """Through `outbox.add`, as turns do; messages a second."""
    where = [Place(platform="plain", tenant="", id=f"{name}{one or ''}", kind="channel") for one in range(places)]
    dumped = [(place.model_dump(mode="json"), place.key) for place in where]
    card, now, began = Written(CARD), datetime.now(UTC), time.perf_counter()
    for start in range(0, number, EACH_TURN):
        async with database.transaction() as tx:
            for one in range(start, min(start + EACH_TURN, number)):
                place, key = dumped[one % places]
                await outbox.add(
                    tx, key=outbox.new_key(), kind="answer", place=place, place_key=key, card=card, due_at=now
                )
    return number / (time.perf_counter() - began)


async def fill(database: Database, number: int, state: str, places: int, platform: str = "plain") -> None:
    """In bulk, by the database itself."""
    place = '{"platform": "plain", "tenant": "", "id": "p", "kind": "channel"}'
    json, moment = ("'{}'", f"'{_LONG_AGO}.000000'")
    if not database.is_sqlite:
        json, moment = ("CAST('{}' AS jsonb)", f"TIMESTAMPTZ '{_LONG_AGO}+00'")
    values = (
        f"'{platform}{state}-' || i",
        "'answer'",
        f"'{platform}'",
        json.replace("{}", place),
        f"'{platform}//p' || (i % {places}) || '/'",
        json.replace("{}", CARD),
        f"'{state}'",
        "0",
        moment,
        moment,
    )
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})"
    sql = f"INSERT INTO outbox ({_COLUMNS}) {numbers} SELECT {', '.join(values)} FROM n"
    async with database.transaction() as tx:
        await tx.exec_driver_sql(sql)
    async with database.transaction() as tx:
        await tx.execute(text("ANALYZE outbox"))


async def count_open(database: Database) -> int:
    query = select(func.count()).where(text("state IN ('waiting', 'sending')")).select_from(OutboxRow)
    async with database.reading() as tx:
        return int((await tx.execute(query)).scalar_one())


# ------------------------------------------------------------ the bare database

_INSERT = (
    f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, 'answer', 'plain', ?, ?, ?, 'waiting', 0, ?, ?)",
    f"INSERT INTO outbox ({_COLUMNS}) VALUES ($1, 'answer', 'plain', $2, $3, $4, 'waiting', 0, $5, $5)",
)
_CLAIM = "UPDATE outbox SET state = 'sending', claimed_at = {now}, attempts = attempts + 1 WHERE id = {id}"
_SETTLE = "UPDATE outbox SET state = 'sent', platform_id = 'm1', sent_at = {now}, reason = NULL WHERE id = {id}"
_PLACE = '{"platform": "plain", "tenant": "", "id": "p", "kind": "channel"}'
Bare = Callable[[str, int], Awaitable[tuple[float, float, float]]]
"""Messages a second inserted, drained, and drained in a second of our processor time."""


async def run_bare_sqlite(file: str, number: int) -> tuple[float, float, float]:
    """The same rows by hand: inserts in the same transactions, and two updates a row, so many at once as ours."""
    now = "2026-11-24 09:00:00.000000"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        began = time.perf_counter()
        for start in range(0, number, EACH_TURN):
            database.execute("BEGIN IMMEDIATE")
            for one in range(start, min(start + EACH_TURN, number)):
                database.execute(_INSERT[0], (uuid4().hex, _PLACE, f"plain//p{one}/", CARD, now, now))
            database.execute("COMMIT")
        inserted, began, used = number / (time.perf_counter() - began), time.perf_counter(), time.process_time()
        ids = [row[0] for row in database.execute("SELECT id FROM outbox WHERE state = 'waiting' ORDER BY id")]
        for start in range(0, number, AT_ONCE):
            for statement in (_CLAIM, _SETTLE):
                database.execute("BEGIN IMMEDIATE")
                sql = statement.format(now="?", id="?")
                database.executemany(sql, [(now, id) for id in ids[start : start + AT_ONCE]])
                database.execute("COMMIT")
        return inserted, number / (time.perf_counter() - began), number / (time.process_time() - used)


async def run_bare_postgres(url: str, number: int) -> tuple[float, float, float]:
    """The same, through the driver alone."""
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    database = await asyncpg.connect(url)
    try:
        began = time.perf_counter()
        for start in range(0, number, EACH_TURN):
            async with database.transaction():
                for one in range(start, min(start + EACH_TURN, number)):
                    await database.execute(_INSERT[1], uuid4().hex, _PLACE, f"plain//p{one}/", CARD, now)
        inserted, began, used = number / (time.perf_counter() - began), time.perf_counter(), time.process_time()
        ids = [row[0] for row in await database.fetch("SELECT id FROM outbox WHERE state = 'waiting' ORDER BY id")]
        for start in range(0, number, AT_ONCE):
            for statement in (_CLAIM, _SETTLE):
                async with database.transaction():
                    sql = statement.format(now="$1", id="$2")
                    await database.executemany(sql, [(now, id) for id in ids[start : start + AT_ONCE]])
        return inserted, number / (time.perf_counter() - began), number / (time.process_time() - used)
    finally:
        await database.close()
