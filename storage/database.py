"""The database: one engine, `transaction()` to write and `reading()` to look.

SQLite (WAL) for one machine, PostgreSQL for more. On SQLite the writers of this process queue for an asyncio lock,
so that none of them spins on "database is locked", and a transaction takes the write lock when it begins.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

Transaction = AsyncConnection
"""What named queries take: a connection inside a transaction."""

_BUSY_MILLISECONDS = 15_000
"""How long another process (the command line, a second replica) may hold SQLite's write lock."""


class WrongDatabaseUrl(ValueError):
    """DATABASE_URL names no database we can use."""


def as_async_url(url: str) -> URL:
    """`sqlite:///file`, `postgresql://...` or a bare path, with the asynchronous driver filled in."""
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except Exception as problem:
        raise WrongDatabaseUrl(f"DATABASE_URL {url!r} is no address: sqlite:///file or postgresql://…") from problem
    family = parsed.drivername.split("+")[0]
    if family == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if family in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+asyncpg")
    raise WrongDatabaseUrl(f"DATABASE_URL names {family!r}: only sqlite and postgresql are supported")


class Database:
    """Opens lazily: building one connects to nothing."""

    def __init__(self, url: str) -> None:
        self.url = as_async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = asyncio.Lock()
        if self.is_sqlite:
            self._write_engine = _sqlite_engine(self.url, begin="BEGIN IMMEDIATE", pool_size=1)
            self._read_engine = _sqlite_engine(self.url, begin="BEGIN", pool_size=4)
        else:
            self._write_engine = create_async_engine(self.url, pool_size=10, max_overflow=10, pool_pre_ping=True)
            self._read_engine = self._write_engine

    @property
    def engine(self) -> AsyncEngine:
        return self._write_engine

    @property
    def file_exists(self) -> bool:
        """Whether SQLite's file is there; always True for a server."""
        return not self.is_sqlite or bool(self.url.database and Path(self.url.database).exists())

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commits at the end of the block; any exception rolls all of it back."""
        async with AsyncExitStack() as stack:
            if self.is_sqlite:
                await stack.enter_async_context(self._writer)
            yield await stack.enter_async_context(self._write_engine.begin())

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A consistent look that never waits for a writer."""
        async with self._read_engine.connect() as connection:
            yield connection

    async def dispose(self) -> None:
        await self._write_engine.dispose()
        if self._read_engine is not self._write_engine:
            await self._read_engine.dispose()


def _sqlite_engine(url: URL, *, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=60, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "do_connect")
    def make_folder(*_: object) -> None:
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # The driver must not open transactions of its own: ours begin below, with the lock we choose.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            f"busy_timeout = {_BUSY_MILLISECONDS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def insert_once(connection: Transaction, table: type[SQLModel], **values: Any) -> Any:
    """An INSERT that does nothing where the row is there already; its `rowcount` tells which it was."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).values(**values).on_conflict_do_nothing()


def is_passing_fault(problem: BaseException) -> bool:
    """A locked or briefly absent database, after which the same work may succeed."""
    cause = getattr(problem, "orig", None)
    text = str(cause or problem).lower()
    return isinstance(cause, sqlite3.OperationalError) or "connection" in text or "closed" in text
