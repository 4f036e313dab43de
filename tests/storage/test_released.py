"""A database of each released schema, with content in every table, is brought up to date and loses no value."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from storage.database import Database
from storage.migrations import downgrade, find_revisions, upgrade
from tests.storage.filled import read_all
from tests.storage.released.__main__ import FOLDER

RELEASED = sorted({file.name.partition(".")[0] for file in FOLDER.glob("*.sql")})

Rows = dict[str, list[dict[str, Any]]]


async def load(url: str, revision: str) -> None:
    """As it came out of the older program, past our own code."""
    database = Database(url)
    script = (FOLDER / f"{revision}.{database.url.get_backend_name()}.sql").read_text(encoding="utf-8")
    if database.is_sqlite:
        with closing(sqlite3.connect(database.url.database or "")) as connection:
            connection.executescript(script)
    else:
        async with database.transaction() as tx:
            connection = (await tx.get_raw_connection()).driver_connection
            assert connection is not None
            await connection.execute(script)
    await database.dispose()


async def everything(database: Database) -> Rows:
    async with database.reading() as tx:
        return await read_all(tx)


def only(columns_of: Rows, rows: Rows) -> Rows:
    """What of `rows` the older schema knows too."""
    return {
        table: [{name: row[name] for name in old} for row, old in zip(rows[table], olds, strict=True)]
        for table, olds in columns_of.items()
    }


@pytest.mark.parametrize("revision", RELEASED)
async def test_upgraded_it_loses_nothing_and_back_again_neither(database_url: str, revision: str) -> None:
    await load(database_url, revision)
    database = Database(database_url)
    try:
        assert (await find_revisions(database))[0] == revision
        before = await everything(database)
        assert all(len(rows) == 3 for rows in before.values()), "content in every table"
        await upgrade(database)
        now, newest = await find_revisions(database)
        assert now == newest
        assert only(before, await everything(database)) == before
        await downgrade(database, revision)
        assert await everything(database) == before
    finally:
        await database.dispose()


def test_each_released_schema_is_kept_for_both_databases() -> None:
    assert RELEASED[:3] == ["0001", "0002", "0003"]
    assert {file.name for file in FOLDER.glob("*.sql")} == {
        f"{revision}.{kind}.sql" for revision in RELEASED for kind in ("sqlite", "postgresql")
    }
