"""One replica leads, on a real PostgreSQL; another takes over when it lets go, dies, hangs or loses its session."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.leadership import Leadership
from tests.postgres import Postgres

PATIENCE = 60.0
"""Far more than it takes on a busy machine."""


@pytest.fixture
async def shared(postgres: Postgres) -> AsyncIterator[Database]:
    database = Database(postgres.make_database())
    yield database
    await database.dispose()


async def until_it_leads(leadership: Leadership) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await leadership.try_lead():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def end_the_session_that_leads(database: Database) -> None:
    async with database.transaction() as tx:
        ended = await tx.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
        assert ended.scalars().all() == [True]


async def test_one_of_three_leads_until_it_lets_go(shared: Database) -> None:
    replicas = [Leadership(shared) for _ in range(3)]
    assert [await replica.try_lead() for replica in replicas] == [True, False, False]
    assert [await replica.try_lead() for replica in replicas] == [True, False, False], "asked again it stays so"
    await replicas[0].release()
    assert [await replica.try_lead() for replica in (replicas[2], *replicas)] == [True, False, False, True]
    for replica in replicas:
        await replica.release()


async def test_asked_by_two_at_the_same_moment_one_leads(shared: Database) -> None:
    replicas = [Leadership(shared) for _ in range(8)]
    answers = await asyncio.gather(*(replica.try_lead() for replica in replicas for _ in range(2)))
    assert sum(answers) == 2, "both times the same one"
    for replica in replicas:
        await replica.release()


async def test_who_lost_its_session_notices_before_it_rings(shared: Database) -> None:
    first, second = Leadership(shared), Leadership(shared)
    assert await first.try_lead()
    assert not await second.try_lead()
    await end_the_session_that_leads(shared)
    await until_it_leads(second)
    assert not await first.try_lead()
    assert not await first.try_lead(), "it asks in a new session"
    await second.release()
    assert await first.try_lead()
    await first.release()


async def test_another_database_on_the_server_has_a_leader_of_its_own(shared: Database, postgres: Postgres) -> None:
    other = Database(postgres.make_database())
    here, there = Leadership(shared), Leadership(other)
    assert await here.try_lead()
    assert await there.try_lead()
    await here.release()
    await there.release()


PROGRAM = """
import asyncio, sys
from storage.database import Database
from storage.leadership import Leadership

async def lead():
    leadership = Leadership(Database(sys.argv[1]), silent_seconds=float(sys.argv[2]))
    assert await leadership.try_lead()
    print("leads", file=sys.stderr, flush=True)
    while True:
        await asyncio.sleep(0.2)
        print(await leadership.try_lead(), file=sys.stderr, flush=True)

asyncio.run(lead())
"""


async def start_leader(database: Database, silent_seconds: float) -> asyncio.subprocess.Process:
    url = database.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        url,
        str(silent_seconds),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        assert await process.stderr.readline() == b"leads\n"
    return process


async def test_a_killed_program_hands_over(shared: Database) -> None:
    process = await start_leader(shared, silent_seconds=1_000)
    mine = Leadership(shared)
    assert not await mine.try_lead()
    process.kill()
    await process.wait()
    await until_it_leads(mine)
    await mine.release()


async def test_a_frozen_program_hands_over_and_knows_when_it_wakes(shared: Database) -> None:
    process = await start_leader(shared, silent_seconds=3)
    mine = Leadership(shared)
    try:
        assert not await mine.try_lead()
        process.send_signal(signal.SIGSTOP)
        await until_it_leads(mine)
        process.send_signal(signal.SIGCONT)
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while await process.stderr.readline() != b"False\n":
                pass
        assert await mine.try_lead()
    finally:
        process.kill()
        await process.wait()
        await mine.release()


async def test_a_database_that_is_away_has_no_leader_and_that_is_no_error(tmp_path: Path) -> None:
    nobody = Leadership(Database(f"postgresql://club@/club?host={tmp_path}"))
    assert not await nobody.try_lead()
    await nobody.release()


async def test_on_sqlite_it_always_leads(tmp_path: Path) -> None:
    leadership = Leadership(Database(f"sqlite:///{tmp_path}/club.sqlite"))
    assert await leadership.try_lead()
    await leadership.release()
    assert await leadership.try_lead()
