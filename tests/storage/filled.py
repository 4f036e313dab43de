"""Content for every table of a database as it is, whatever its revision: awkward values in each kind of column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, MetaData, Table, insert

from storage.tables.columns import UtcDateTime
from storage.transaction import Transaction

_AWKWARD = "é ✅ 'aan' \"huis\"; -- %s :x {y} \\n\n\t de la Fuente-Ōe 🧑‍🤝‍🧑 "
_MOMENT = datetime(2026, 10, 25, 0, 30, 59, 123456, tzinfo=UTC)
"""In the hour that the Netherlands have twice, and with microseconds."""


async def fill(tx: Transaction, rows: int = 3) -> None:
    """So many rows in every table; the rows refer to each other by number."""

    def run(connection: Connection) -> None:
        for table in find_tables(connection).sorted_tables:
            for start in range(1, rows + 1, 1_000):
                numbers = range(start, min(start + 1_000, rows + 1))
                connection.execute(insert(table), [make_row(table, number) for number in numbers])

    await tx.run_sync(run)


def find_tables(connection: Connection) -> MetaData:
    """As they are in the database; moments are read as moments on both databases."""
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, DateTime):
                column.type = UtcDateTime()
    return found


async def read_all(tx: Transaction) -> dict[str, list[dict[str, Any]]]:
    """Every value of every table, the rows in an order of ours."""

    def read(connection: Connection) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for name, table in find_tables(connection).tables.items():
            rows = [dict(row._mapping) for row in connection.execute(table.select())]
            yield name, sorted(rows, key=lambda row: [str(row[column.name]) for column in table.primary_key])

    return await tx.run_sync(lambda connection: dict(read(connection)))


def make_row(table: Table, number: int) -> dict[str, Any]:
    """Without what the database counts by itself."""
    ours = (column for column in table.columns if not (column.primary_key and column.server_default))
    return {column.name: _make_value(column, number) for column in ours}


def _make_value(column: Column[Any], number: int) -> Any:
    """Every second row leaves out what may be left out."""
    if column.nullable and number % 2 == 0:
        return None
    match column.type:
        case Boolean():
            return number % 4 < 2
        case Integer():
            return number
        case JSON():
            return {"n": number, "é ✅": [None, True, 0.1, -0.0, 1e21, 2**53 + 1, "\\ ' \" \n"], "leeg": {}}
        case UtcDateTime():
            return _MOMENT + timedelta(days=number, microseconds=number)
        case Date():
            return _MOMENT.date() + timedelta(days=number)
        case kind:
            return _make_text(column, number, getattr(kind, "length", None))


def _make_text(column: Column[Any], number: int, length: int | None) -> str:
    """What refers or is referred to is its number; the rest is as long as may be."""
    key = column.primary_key or column.foreign_keys or column.name == "key"
    text = f"{number}" if key else f"{number} {_AWKWARD}"
    return text if key else (text * 20)[: length or 400]
