"""The database: one engine, `transaction()` to write and `reading()` to look.

SQLite (WAL) for one machine, PostgreSQL for more. On SQLite the writers of this process queue for an asyncio lock,
so that none of them spins on "database is locked", and a transaction takes the write lock when it begins.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from storage.audit import HEAD, SEALING
from storage.inline_sqlite import InlineConnection, connect_inline
from storage.prepared import Prepared, find_inline
from storage.presence import PROBLEMS, Presence
from storage.sealing import Sealing
from storage.tables.columns import write_json
from storage.transaction import Transaction
from storage.unreachable import show

_LOCKED_SECONDS = 15.0
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
    if family == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise WrongDatabaseUrl(f"DATABASE_URL {url!r} names no file: sqlite:///folder/file.sqlite")
    if family == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if family in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+asyncpg")
    raise WrongDatabaseUrl(f"DATABASE_URL names {family!r}: only sqlite and postgresql are supported")


class Database:
    """Opens lazily: building one connects to nothing."""

    def __init__(self, url: str, sealing: Sealing | None = None) -> None:
        """`sealing`: the audit log's; where none is given its lines are sealed with a key nobody keeps."""
        self.url = as_async_url(url)
        self.sealing = sealing or Sealing()
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.presence = Presence()
        self._writer = asyncio.Lock()
        self._kept: AsyncConnection | None = None
        if self.is_sqlite:
            inline = create_async_engine(
                self.url,
                async_creator=connect_inline(self.url.database or ""),
                pool_size=1,
                max_overflow=0,
                hide_parameters=True,
                json_serializer=write_json,
                execution_options={SEALING: self.sealing},
            )
            self._write_engine = _prepare_sqlite(inline, begin="BEGIN IMMEDIATE", busy_milliseconds=0)
            reading = create_async_engine(
                self.url, pool_size=4, max_overflow=0, hide_parameters=True, json_serializer=write_json
            )
            self._read_engine = _prepare_sqlite(
                reading, begin="BEGIN", busy_milliseconds=int(_LOCKED_SECONDS * 1000)
            )
        else:
            self._write_engine = create_async_engine(
                self.url,
                pool_size=10,
                max_overflow=10,
                pool_pre_ping=True,
                connect_args={"timeout": 10},  # seconds to connect in
                hide_parameters=True,
                json_serializer=write_json,
                execution_options={SEALING: self.sealing},
            )
            self._read_engine = self._write_engine

    @property
    def shown(self) -> str:
        return show(self.url)

    @property
    def file_exists(self) -> bool:
        """Whether SQLite's file is there; always True for a server."""
        return not self.is_sqlite or bool(self.url.database and Path(self.url.database).exists())

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commits at the end of the block; any exception rolls all of it back."""
        try:
            if self.is_sqlite:
                async with self._writer:
                    connection = await self._keep_connection()
                    await _begin_sqlite(connection)
                    async with _Ending(connection, self.sealing):
                        yield connection
            else:
                async with self._write_engine.connect() as connection:
                    await connection.begin()
                    async with _Ending(connection, self.sealing):
                        yield connection
        except PROBLEMS as problem:
            self.presence.note_problem(problem, self._count_changes())
            raise
        if self.presence.away:
            self.presence.note_success(self._count_changes() if self.is_sqlite else 1)

    def _count_changes(self) -> int:
        raw = find_inline(self._kept) if self._kept is not None else None
        return raw.total_changes if raw is not None else 0

    @asynccontextmanager
    async def changing_tables(self) -> AsyncIterator[Transaction]:
        """As `transaction`, for migrations. SQLite changes a table by making it anew and dropping the old one, and
        with foreign keys on that deletes all that refers to it: they are off meanwhile, and checked at the end."""
        if not self.is_sqlite:
            async with self.transaction() as tx:
                yield tx
            return
        async with self._writer:
            connection = await self._keep_connection()
            raw = find_inline(connection)
            assert raw is not None
            raw.execute("PRAGMA foreign_keys = OFF")
            try:
                await _begin_sqlite(connection)
                async with _Ending(connection, self.sealing):
                    yield connection
                    _check_references(raw)
            finally:
                raw.execute("PRAGMA foreign_keys = ON")

    async def _keep_connection(self) -> AsyncConnection:
        """SQLite's one writing connection stays open: a pool costs more each time than a statement."""
        kept = self._kept
        if kept is None or kept.closed or kept.invalidated:
            kept = self._kept = await self._write_engine.connect()
        return kept

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A consistent look that never waits for a writer."""
        try:
            async with self._read_engine.connect() as connection:
                yield connection
        except PROBLEMS as problem:
            self.presence.note_problem(problem, self._count_changes())
            raise

    async def dispose(self) -> None:
        if self._kept is not None:
            await self._kept.close()
            self._kept = None
        await self._write_engine.dispose()
        if self._read_engine is not self._write_engine:
            await self._read_engine.dispose()


async def _begin_sqlite(connection: AsyncConnection) -> None:
    """Take the write lock. It may be with another process (the command line, a replica): wait without blocking."""
    raw = find_inline(connection)
    assert raw is not None
    give_up = asyncio.get_running_loop().time() + _LOCKED_SECONDS
    wait = 0.002
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem) or asyncio.get_running_loop().time() > give_up:
                raise OperationalError("BEGIN IMMEDIATE", None, problem) from problem
        await asyncio.sleep(wait)
        wait = min(wait * 2, 0.1)


def _check_references(raw: sqlite3.Connection) -> None:
    for table, row, refers_to, _ in raw.execute("PRAGMA foreign_key_check"):
        raise sqlite3.IntegrityError(f"row {row} of {table} refers to a row that is not in {refers_to}")


class _Ending:
    """Commit at the end of the block, or roll back what an exception or a cancellation broke off.

    Where the audit log grew, its new end is anchored once it is certain.
    """

    def __init__(self, connection: AsyncConnection, sealing: Sealing) -> None:
        self._connection = connection
        self._sealing = sealing

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        kept = self._connection.sync_connection
        head = kept.info.pop(HEAD, None) if kept is not None and not kept.invalidated else None
        await _end(self._connection, commit=kind is None)
        if head is not None and kind is None:
            self._sealing.anchor(head)


async def _end(connection: AsyncConnection, *, commit: bool) -> None:
    """Through SQLAlchemy where it took part in the transaction, else straight at the driver."""
    raw = find_inline(connection)
    if raw is None or connection.in_transaction():
        await (connection.commit() if commit else connection.rollback())
    if raw is not None and raw.in_transaction:
        raw.execute("COMMIT" if commit else "ROLLBACK")


def _prepare_sqlite(engine: AsyncEngine, *, begin: str, busy_milliseconds: int) -> AsyncEngine:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        if busy_milliseconds:
            # aiosqlite must not open transactions of its own: ours begin below, with the lock we choose.
            connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {_LOCKED_SECONDS * 1000:.0f}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            f"busy_timeout = {busy_milliseconds}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if isinstance(driver, InlineConnection) and driver.raw.in_transaction:
            return  # `transaction` began it already
        connection.exec_driver_sql(begin)

    return engine


async def add_once(tx: Transaction, table: type[SQLModel], **values: Any) -> bool:
    """Insert the row; False, and nothing done, where one with its key is there already."""
    return bool(await _insert_once(tx.dialect.name, table).run(tx, **values))


@cache
def _insert_once(dialect: str, table: type[SQLModel]) -> Prepared:
    kind = sqlite if dialect == "sqlite" else postgresql
    return Prepared(kind.insert(table_of(table)).on_conflict_do_nothing())


def table_of(row: type[SQLModel]) -> Table:
    """The plain table behind a row class; statements on it skip the ORM's bookkeeping."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def is_passing_fault(problem: BaseException) -> bool:
    """A locked or briefly absent database, after which the same work may succeed."""
    cause = getattr(problem, "orig", None) or problem
    chain = {type(cause).__name__, type(cause.__cause__).__name__}
    text = str(cause).lower()
    return (
        isinstance(cause, sqlite3.OperationalError | OSError | PoolTimeoutError)
        or bool(chain & _PASSING)
        or "connection" in text
        or "closed" in text
    )


_PASSING = frozenset(
    {
        "DeadlockDetectedError",
        "SerializationError",
        "CannotConnectNowError",
        "TooManyConnectionsError",
        "AdminShutdownError",
        "CrashShutdownError",
        "LockNotAvailableError",
        "ForeignKeyViolationError",
    }
)
"""asyncpg's names. A foreign key fails in passing when two accounts of one person are tied while they speak."""
