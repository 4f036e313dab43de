"""SQLite without a thread: aiosqlite's interface, with each statement run where it is awaited.

A statement of ours takes some tens of microseconds; handing it to a thread and back, as aiosqlite must, takes
several times that and, worse, waits for a busy event loop at every hand-over. The writing connection therefore runs
in the event loop's own thread. It never waits for a lock there (its busy time-out is zero: `Database.transaction`
waits asynchronously instead), and long reads go through aiosqlite. See docs/decisions/0003-sqlite-inline.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self


class InlineCursor:
    """What SQLAlchemy's asyncio adapter awaits of a cursor."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        self._cursor.execute(operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Any]) -> Self:
        self._cursor.executemany(operation, parameters)
        return self

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._cursor.fetchmany(size or self.arraysize)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid


class InlineConnection:
    """What SQLAlchemy's aiosqlite dialect asks of a connection. Transactions are begun by `Database` alone."""

    def __init__(self, file: str) -> None:
        self.raw = self._connection = sqlite3.connect(file, isolation_level=None, timeout=0)

    def cursor(self) -> InlineCursor:
        return InlineCursor(self.raw.cursor())

    async def create_function(self, *args: Any, **options: Any) -> None:
        self.raw.create_function(*args, **options)

    async def commit(self) -> None:
        self.raw.commit()

    async def rollback(self) -> None:
        self.raw.rollback()

    async def close(self) -> None:
        self.raw.close()

    def stop(self) -> None:
        self.raw.close()


def connect_inline(file: str) -> Callable[[], Any]:
    """For `create_async_engine(async_creator=...)`."""

    async def connect() -> InlineConnection:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        return InlineConnection(file)

    return connect
