"""Moves a club from SQLite to PostgreSQL: all rows in one transaction, each compared on both sides at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlalchemy import Row, Select, String, Table, collate, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.migrations import check_known, find_newest, find_revision, upgrade
from storage.tables import metadata
from storage.transaction import Transaction

_BATCH = 1_000

Progress = Callable[[str, int, int], None]
"""Told the table, and how many rows are done of how many; each row counts when it is copied and when compared."""

_CONTINUE = "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))"


class CopyRefused(Exception):
    """Nothing was copied; in words, with what to do."""


async def copy(source: Database, target: Database, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Rows per table. Whatever goes wrong, the target stays as empty as it was."""
    if not source.is_sqlite or target.is_sqlite:
        raise CopyRefused("Copying goes from an SQLite file (DATABASE_URL) to PostgreSQL.")
    if not source.file_exists:
        raise CopyRefused(f"{source.shown} is not there: there is nothing to copy.")
    async with source.reading() as old:
        await _check_source(old)
        await upgrade(target)
        async with target.transaction() as new:
            await _check_empty(new)
            return await _Copying(old, new, progress).run()


async def _check_source(old: Transaction) -> None:
    revision = await find_revision(old)
    check_known(revision)
    if revision != find_newest():
        raise CopyRefused(
            f"The file is at revision {revision} and this Prompt Club needs {find_newest()}: "
            "run `prompt-club db upgrade` first."
        )


async def _check_empty(new: Transaction) -> None:
    """Locked as well, so that nobody adds a row between this look and our end."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    await new.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    for table in metadata.sorted_tables:
        if (await new.execute(select(1).select_from(table).limit(1))).first():
            raise CopyRefused(f"The target holds data already, in {table.name}. Give an empty database.")


class _Copying:
    """One look at the old database and one transaction on the new one."""

    def __init__(self, old: Transaction, new: Transaction, progress: Progress) -> None:
        self._old = old
        self._new = new
        self._progress = progress
        self._done = self._all = 0

    async def run(self) -> dict[str, int]:
        counts = {}
        for table in metadata.sorted_tables:
            counts[table.name] = (await self._old.execute(select(func.count()).select_from(table))).scalar_one()
        self._all = 2 * sum(counts.values())
        for table in metadata.sorted_tables:  # what is referred to comes first
            await self._copy(table)
        for table in metadata.sorted_tables:
            await self._compare(table)
        await self._new.execute(text("ANALYZE"))
        return counts

    async def _copy(self, table: Table) -> None:
        async for rows in _read(self._old, table):
            await self._insert(table, rows)
            self._count(table, rows)
        counter = table.autoincrement_column
        if counter is not None:
            await self._new.execute(text(_CONTINUE.format(table=table.name, column=counter.name)))

    async def _insert(self, table: Table, rows: Sequence[Row[Any]]) -> None:
        """What SQLite took and PostgreSQL does not (too long, too large, no text) is found by halving."""
        try:
            async with self._new.begin_nested():
                await self._new.execute(table.insert(), [row._asdict() for row in rows])
        except DBAPIError as problem:
            if len(rows) == 1:
                raise CopyRefused(
                    f"PostgreSQL does not take row {_key_of(table, rows[0])} of {table.name}: {problem.orig}. "
                    "Nothing was copied. Mend that row in the file, and try again."
                ) from problem
            half = len(rows) // 2
            await self._insert(table, rows[:half])
            await self._insert(table, rows[half:])

    async def _compare(self, table: Table) -> None:
        arrived = _read(self._new, table)
        async for rows in _read(self._old, table):
            _check_same(table, rows, await anext(arrived, []))
            self._count(table, rows)
        _check_same(table, [], await anext(arrived, []))

    def _count(self, table: Table, rows: Sequence[Row[Any]]) -> None:
        self._done += len(rows)
        self._progress(table.name, self._done, self._all)


async def _read(tx: Transaction, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """All rows by their key, a batch at a time: no more than that is ever held."""
    query = _in_order(table, tx.dialect.name)
    async with tx.stream(query, execution_options={"yield_per": _BATCH}) as result:
        async for rows in result.partitions():
            yield rows


def _in_order(table: Table, dialect: str) -> Select[Any]:
    """In the order of bytes, which both databases can; a language's own order differs per machine."""
    key = table.primary_key.columns
    if dialect == "postgresql":
        return select(table).order_by(*(collate(c, "C") if isinstance(c.type, String) else c for c in key))
    return select(table).order_by(*key)


def _check_same(table: Table, left: Sequence[Row[Any]], arrived: Sequence[Row[Any]]) -> None:
    if left == arrived:
        return
    rows = zip(left, arrived, strict=False)
    different = next((one for one, other in rows if one != other), None) or (left or arrived)[-1]
    raise CopyRefused(
        f"Row {_key_of(table, different)} of {table.name} is not the same on both sides. Nothing was copied."
    )


def _key_of(table: Table, row: Row[Any]) -> str:
    return ", ".join(str(row._mapping[column]) for column in table.primary_key.columns)
