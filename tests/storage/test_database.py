"""Transactions on both databases: whole or not at all, also when cancelled, and a lock elsewhere is waited for."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import inbox
from storage.database import Database, WrongDatabaseUrl, as_async_url
from storage.migrations import upgrade
from storage.tables.inbox import InboxRow
from tests.storage.test_people import NOW


async def count(database: Database) -> int:
    async with database.reading() as tx:
        return int((await tx.execute(select(func.count()).select_from(InboxRow))).scalar_one())


async def test_an_exception_keeps_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as tx:
            await inbox.accept(tx, "a", None, NOW)
            await tx.execute(select(InboxRow))
            raise ZeroDivisionError
    assert await count(database) == 0
    async with database.transaction() as tx:
        await inbox.accept(tx, "b", None, NOW)
    assert await count(database) == 1


async def test_cancelled_halfway_is_rolled_back_and_blocks_nobody(database: Database) -> None:
    finished: list[int] = []

    async def work(number: int) -> None:
        async with database.transaction() as tx:
            await inbox.accept(tx, f"{number} first", None, NOW)
            await asyncio.sleep(0)
            await inbox.accept(tx, f"{number} second", None, NOW)
        finished.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(60)]
    generator = random.Random(7)
    for task in tasks:
        await asyncio.sleep(0)
        if generator.random() < 0.4:
            task.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(*tasks, return_exceptions=True)
    assert await count(database) % 2 == 0, "both rows of a transaction, or none"
    assert await count(database) >= 2 * len(finished)
    async with database.transaction() as tx:
        await inbox.accept(tx, "afterwards", None, NOW)


async def test_a_key_is_accepted_once(database: Database) -> None:
    async def accept() -> bool:
        async with database.transaction() as tx:
            return await inbox.accept(tx, "same", {"text": "é ✅", "n": [1, None]}, NOW)

    assert sorted(await asyncio.gather(*(accept() for _ in range(8)))) == [False] * 7 + [True]
    async with database.reading() as tx:
        assert await inbox.find_waiting(tx, "same") == {"text": "é ✅", "n": [1, None]}


async def test_another_process_with_the_write_lock_is_waited_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    other = sqlite3.connect(tmp_path / "club.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.transaction() as tx:
            await inbox.accept(tx, "a", None, NOW)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    assert not writing.done()
    assert await count(database) == 0, "reading goes on meanwhile"
    other.execute("COMMIT")
    async with asyncio.timeout(10):
        await writing
    assert await count(database) == 1
    other.close()
    await database.dispose()


@pytest.mark.parametrize("url", ["mysql://host/db", "://", "oracle+x://y", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused_in_words(url: str) -> None:
    with pytest.raises(WrongDatabaseUrl):
        as_async_url(url)


def test_a_bare_path_is_an_sqlite_file() -> None:
    assert as_async_url("var/club.sqlite").database == "var/club.sqlite"
