"""A full disk, a file that may not be written, a server that goes away: said once, nothing half, and on it goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from storage.database import Database
from storage.migrations import upgrade
from storage.prepared import find_inline
from storage.presence import find_todo
from tests.faults.club import Club
from tests.platforms.slack.fake import FakeSlack
from tests.postgres import Postgres
from tests.storage.test_outbox import put, states

LONG = "x" * 40_000


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    yield database
    await database.dispose()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    """One of its own, to stop and start."""
    with Postgres(tmp_path / "pg") as server:
        yield server


async def set_pragma(database: Database, pragma: str) -> None:
    async with database.transaction() as tx:
        await tx.execute(text(f"PRAGMA {pragma}"))


def said(logs: list[Any]) -> list[tuple[str, str | None]]:
    return [(log["event"], log.get("problem")) for log in logs if log["event"].startswith("database.")]


async def test_a_full_disk_is_said_once_keeps_nothing_half_and_goes_on_when_there_is_room(file: Database) -> None:
    await put(file, "before")
    await set_pragma(file, "max_page_count = 60")
    kept = 1
    with capture_logs() as logs:
        for _ in range(20):
            try:
                async with file.transaction() as tx:
                    for _ in range(2):
                        await tx.execute(text(INSERT), {"text": LONG})
            except DBAPIError as problem:
                assert "full" in str(problem.orig)
            else:
                kept += 2
            async with file.transaction():
                pass  # changes nothing: no proof that there is room
        assert said(logs) == [("database.away", "database or disk is full")]
        async with file.reading() as tx:
            questions = (await tx.execute(text("SELECT count(*) FROM questions"))).scalar_one()
        assert questions == kept - 1, "both rows of a transaction, or none"
        await set_pragma(file, "max_page_count = 100000")
        await put(file, "after")
    assert said(logs)[1:] == [("database.back", None)]
    assert await states(file) == {"waiting": 2}


INSERT = (
    "INSERT INTO questions (id, text, language, outcome, reading, asked_at) "
    "VALUES (hex(randomblob(16)), :text, 'nl', 'answered', '{}', '2026-11-22 09:00:00.000000')"
)


async def test_a_file_that_may_not_be_written_is_said_once_and_still_read(file: Database) -> None:
    async with file.transaction() as tx:
        raw = find_inline(tx)
    assert raw is not None
    await put(file, "before")
    raw.execute("PRAGMA query_only = ON")
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(DBAPIError):
                await put(file, "meanwhile")
        assert await states(file) == {"waiting": 1}
        raw.execute("PRAGMA query_only = OFF")
        await put(file, "after")
    away, back = logs
    assert away["event"] == "database.away"
    assert "readonly" in away["problem"]
    assert "write the file" in away["todo"]
    assert back["event"] == "database.back"


async def test_what_goes_wrong_in_a_database_that_is_there_is_no_absence(database: Database) -> None:
    with capture_logs() as logs:
        for wrong in ("SELECT * FROM nowhere", "INSERT INTO people (id) VALUES (NULL)"):
            with pytest.raises(DBAPIError) as found:
                async with database.transaction() as tx:
                    await tx.execute(text(wrong))
            assert find_todo(found.value) is None
    assert logs == []


async def test_a_server_that_goes_away_is_said_once_and_found_again(server: Postgres) -> None:
    database = Database(server.make_database())
    await upgrade(database)
    await put(database, "before")
    with capture_logs() as logs:
        server.stop()
        for _ in range(5):
            with pytest.raises((DBAPIError, OSError)):
                await put(database, "meanwhile")
            with pytest.raises((DBAPIError, OSError)):
                await states(database)
        server.start()
        await put(database, "after")
    assert [event for event, _ in said(logs)] == ["database.away", "database.back"]
    assert await states(database) == {"waiting": 2}
    await database.dispose()


async def test_the_program_goes_on_by_itself_when_its_server_is_back(server: Postgres, tmp_path: Path) -> None:
    """What was acknowledged is answered, once; what could not be kept was not acknowledged."""
    fake = FakeSlack()
    async with TestServer(fake.make_site()) as slack:
        fake.url = str(slack.make_url("")).rstrip("/")
        club = Club(tmp_path, fake, server.make_database())
        await club.start()
        try:
            asking = [asyncio.create_task(club.ask(number)) for number in range(12)]
            await asyncio.sleep(0.1)
            await asyncio.to_thread(server.stop)
            await asyncio.gather(*asking)
            before = len(club.acknowledged)
            await asyncio.gather(*(club.ask(number) for number in range(100, 105)))
            assert len(club.acknowledged) == before, "Slack was asked to deliver again"
            await asyncio.to_thread(server.start)
            await club.ask(200)
            await club.until_all_are_answered()
        finally:
            status = await club.program.stop()
    assert status == 0
    log = club.program.log.read_text(encoding="utf-8")
    assert log.count('"database.away"') == log.count('"database.back"') == 1
    assert max(club.answers().values()) == 1
