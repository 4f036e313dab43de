"""Statements that run with every event: compiled once, and on SQLite handed straight to the driver.

SQLAlchemy's execution of a small statement costs many times what SQLite needs to run it. A `Prepared` keeps what
SQLAlchemy is good for (one statement for two databases, the column types) and leaves out the rest where that can be
measured: on the inline SQLite connection. On PostgreSQL it is an ordinary `execute`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Insert, Select, Update
from sqlalchemy.types import TypeEngine

from storage.inline_sqlite import InlineConnection
from storage.tables.columns import UtcDateTime
from storage.transaction import Transaction

Process = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL with its parameters in order: name, value where the caller gives none, and how a value is written."""

    sql: str
    binds: Sequence[tuple[str, Any, Process]]
    results: Sequence[Process]

    def run(self, connection: sqlite3.Connection, values: dict[str, Any]) -> sqlite3.Cursor:
        arguments = [
            process(values.get(name, default)) if process else values.get(name, default)
            for name, default, process in self.binds
        ]
        return connection.execute(self.sql, arguments)

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(process(value) if process else value for process, value in zip(self.results, row, strict=True))


class Prepared:
    """`rows` for a select, `run` for an insert or update; values by the names of columns and bind parameters.

    The statement may hold no IN list, since its SQL would depend on the values.
    """

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    async def rows(self, tx: Transaction, **values: Any) -> list[tuple[Any, ...]]:
        connection = find_inline(tx)
        if connection is None:
            return [tuple(row) for row in (await tx.execute(self._statement, values)).all()]
        compiled = self._find_compiled(tx, values)
        return [compiled.read(row) for row in compiled.run(connection, values).fetchall()]

    async def run(self, tx: Transaction, **values: Any) -> int:
        """How many rows it touched."""
        connection = find_inline(tx)
        if connection is None:
            return int((await tx.execute(self._statement, values)).rowcount)
        return self._find_compiled(tx, values).run(connection, values).rowcount

    def _find_compiled(self, tx: Transaction, values: dict[str, Any]) -> _Compiled:
        """For SQLite; a connection finds its dialect in several steps, so it is only asked the first time."""
        names = tuple(values)
        found = self._compiled.get(names)
        if found is None:
            found = self._compiled[names] = _compile(self._statement, tx.dialect, names)
        return found


def find_inline(tx: Transaction) -> sqlite3.Connection | None:
    """The driver's own connection, where it runs in this thread."""
    sync = tx.sync_connection
    driver = sync.connection.driver_connection if sync is not None else None
    return driver.raw if isinstance(driver, InlineConnection) else None


def _compile(statement: Select[Any] | Insert | Update, dialect: Dialect, names: Sequence[str]) -> _Compiled:
    columns = None if isinstance(statement, Select) else list(names)
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    order: Sequence[str] = compiled.positiontup or ()
    binds = [
        (name, compiled.params[name], _processor(compiled.binds[name].type, dialect, "bind_processor"))
        for name in order
    ]
    selected = statement.selected_columns if isinstance(statement, Select) else ()
    results = [_processor(column.type, dialect, "result_processor", None) for column in selected]
    return _Compiled(str(compiled), binds, results)


def _processor(type_: TypeEngine[Any], dialect: Dialect, name: str, *more: Any) -> Process:
    if isinstance(type_, UtcDateTime):
        return _write_moment if name == "bind_processor" else _read_moment
    made: Process = getattr(type_.dialect_impl(dialect), name)(dialect, *more)
    return made


def _write_moment(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes it on SQLite, letter for letter, at a fifth of the time; a test compares the two."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _read_moment(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(kept).replace(tzinfo=UTC)
