"""Delivery: a long queue drained by one replica and by four, beside the bare database doing the same writes.

PROMPT_CLUB_BENCH_MESSAGES is how many (100,000); a tenth of it is a quick look. The platform takes no time, so what
is measured is the outbox.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import outbox
from storage.database import Database
from storage.migrations import upgrade
from tests.benchmarks.delivery_queue import (
    AT_ONCE,
    Bare,
    count_open,
    fill,
    queue,
    run_bare_postgres,
    run_bare_sqlite,
)
from tests.benchmarks.delivery_worker import SLOW
from tests.benchmarks.figures import Figure
from tests.benchmarks.processes import cpu_of, resident_of
from tests.postgres import Postgres

MESSAGES = int(os.environ.get("PROMPT_CLUB_BENCH_MESSAGES", "100000"))
PLACES = 500
CLAIMS = 20
SLOW_SECONDS = 0.2


@dataclass(frozen=True)
class Drained:
    per_second: float
    per_cpu_second: float
    """In a second of one replica's processor time; the machine may be shared."""
    early: float
    """Resident megabytes of one replica when a tenth was sent,"""
    late: float
    """and when all was."""


async def measure(folder: Path) -> list[Figure]:
    sqlite_files = (f"sqlite:///{folder}/{name}.sqlite" for name in "abcdefghij")
    figures = await _measure_on("SQLite", lambda: next(sqlite_files), _bare_sqlite)
    with Postgres(folder / "pg") as server:
        figures += await _measure_on("PostgreSQL", server.make_database, run_bare_postgres)
        one = next(figure for figure in figures if figure.what == "drained by one replica, PostgreSQL")
        four = await _drain_new(server.make_database(), 4)
        figures.append(
            Figure("drained by four replicas, PostgreSQL", four.per_second, "/s", "one replica", one.ours)
        )
    return figures


async def _measure_on(name: str, make_url: Callable[[], str], run_bare: Bare) -> list[Figure]:
    url = make_url()
    async with _opened(url) as database:
        queued = await queue(database, MESSAGES, PLACES)
        drained = await _drain(url, database, 1)
    bare_url = make_url()
    async with _opened(bare_url):
        inserted, updated, updated_cpu = await run_bare(bare_url, MESSAGES)
    peer = "the bare database"
    return [
        Figure(f"queued, {name}", queued, "/s", peer, inserted),
        Figure(f"drained by one replica, {name}", drained.per_second, "/s", peer, updated),
        Figure(f"drained in a second of processor time, {name}", drained.per_cpu_second, "/s", peer, updated_cpu),
        Figure(
            f"resident when {MESSAGES:,} are sent, {name}",
            drained.late,
            "MB",
            f"{MESSAGES // 10:,}",
            drained.early,
            "≤ 1.10",
        ),
        *await _measure_growth(name, make_url),
        await _measure_beside_slow(name, make_url),
    ]


async def _bare_sqlite(url: str, number: int) -> tuple[float, float, float]:
    return await run_bare_sqlite(url.removeprefix("sqlite:///"), number)


async def _measure_growth(name: str, make_url: Callable[[], str]) -> list[Figure]:
    """What a claim takes: with a short queue alone, after ten times as much was sent, and with a long queue."""
    few, many, settled = max(MESSAGES // 100, CLAIMS * AT_ONCE), MESSAGES, 10 * MESSAGES
    short = await _time_claim(make_url(), few)
    figures = []
    for what, more in (
        (f"a claim after {settled:,} were sent", {"settled": settled, "waiting": few}),
        (f"a claim where {many:,} wait", {"waiting": many}),
        (f"a claim where {many:,} wait in one place", {"waiting": many, "places": 1}),
        (f"a claim where {many:,} wait for a platform that is off", {"waiting": few, "off": many}),
    ):
        took = await _time_claim(make_url(), **more)
        figures.append(Figure(f"{what}, {name}", took, "ms", f"{few:,} wait, none sent", short, "≤ 2"))
    return figures


async def _time_claim(url: str, waiting: int, settled: int = 0, places: int = 100_000, off: int = 0) -> float:
    """The median, in milliseconds."""
    async with _opened(url) as database:
        if settled:
            await fill(database, settled, "sent", places)
        if off:
            await fill(database, off, "waiting", PLACES, "off")
        await fill(database, waiting, "waiting", places)
        took = []
        for _ in range(CLAIMS):
            began = time.perf_counter()
            async with database.transaction() as tx:
                claimed = await outbox.claim(tx, {"plain": AT_ONCE}, datetime.now(UTC))
            took.append(time.perf_counter() - began)
            async with database.transaction() as tx:
                for message in claimed:
                    await outbox.settle_sent(tx, message.id, "m1", datetime.now(UTC))
        return statistics.median(took) * 1000


async def _measure_beside_slow(name: str, make_url: Callable[[], str]) -> Figure:
    """One place that takes its time for each message, and the others as if it were not there."""
    alone = await _drain_new(make_url(), 1, MESSAGES // 10)
    url = make_url()
    async with _opened(url) as database:
        await queue(database, 50, 1, name=SLOW)
        await queue(database, MESSAGES // 10, PLACES)
        beside = await _drain(url, database, 1, slow=50)
    return Figure(
        f"drained beside a slow place, {name}", beside.per_second, "/s", "without it", alone.per_second, "≥ 0.9"
    )


async def _drain_new(url: str, replicas: int, messages: int = MESSAGES) -> Drained:
    async with _opened(url) as database:
        await queue(database, messages, PLACES)
        return await _drain(url, database, replicas)


async def _drain(url: str, database: Database, replicas: int, slow: int = 0) -> Drained:
    """Until no more than the slow ones are open."""
    number = await count_open(database) - slow
    async with _working(url, replicas, SLOW_SECONDS if slow else 0.0) as workers:
        pids = [worker.pid for worker in workers]
        used = sum(map(cpu_of, pids))
        began, early, left = time.perf_counter(), 0.0, number
        while left > 0:
            await asyncio.sleep(0.1)
            left = await count_open(database) - slow
            if not early and left < 0.9 * number:
                early = resident_of(pids[0])
        seconds, used = time.perf_counter() - began, sum(map(cpu_of, pids)) - used
        return Drained(number / seconds, number / used, early, resident_of(pids[0]))


@asynccontextmanager
async def _working(
    url: str, number: int, slow_seconds: float
) -> AsyncIterator[Sequence[asyncio.subprocess.Process]]:
    workers = [await _start(url, slow_seconds) for _ in range(number)]
    try:
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write(b"go\n")
        yield workers
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        await asyncio.gather(*(worker.wait() for worker in workers))


async def _start(url: str, slow_seconds: float) -> asyncio.subprocess.Process:
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.delivery_worker",
        url,
        str(slow_seconds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert await worker.stdout.readline() == b"ready\n"
    return worker


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await upgrade(database)
    yield database
    await database.dispose()
