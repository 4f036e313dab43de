"""How fast one core reads, how soon it is ready, what it holds in memory, and what more rows cost; beside BM25."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.quality_peers import Texts, WordSearch
from tests.benchmarks.quality_rows import make_up
from tests.benchmarks.reading import QUESTIONS

_FEW, _MORE, _MANY = 50, 1_000, 10_000
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


@dataclass(frozen=True)
class Read:
    """Of one process that only reads."""

    started_in: float
    start_used: float
    """Seconds by the clock and of processor time to the first answer."""
    waited: list[float]
    used: list[float]
    """Milliseconds per question, likewise."""
    resident: float


async def measure(folder: Path) -> list[Figure]:
    fresh, kept = await _read(0, folder), await _read(0, folder)
    grown = {rows: await _read_kept(rows, folder) for rows in (_FEW, _MORE, _MANY)}
    ours = {rows: median(read.used) for rows, read in grown.items()}
    peers = {rows: await asyncio.to_thread(_search, rows) for rows in grown}
    return [
        Figure("a question by the clock, p50", median(kept.waited), "ms", goal="< 20 ms"),
        Figure("a question by the clock, p99", _percentile(kept.waited, 0.99), "ms", goal="< 60 ms"),
        Figure("a question in processor time, p50", median(kept.used), "ms", goal="< 20 ms"),
        Figure("a question in processor time, p99", _percentile(kept.used, 0.99), "ms", goal="< 60 ms"),
        Figure("start to first answer, from the cache", kept.started_in, "s", goal="< 3 s"),
        Figure("the same in processor time", kept.start_used, "s", goal="< 3 s"),
        Figure("start to first answer, from nothing", fresh.started_in, "s"),
        Figure("the same in processor time", fresh.start_used, "s"),
        Figure("resident memory of the reading", kept.resident, "MB", goal="< 400 MB"),
        Figure(f"resident memory with {_MANY:,} rows", grown[_MANY].resident, "MB", goal="< 400 MB"),
        *(Figure(f"processor time, {rows:,} rows", ours[rows], "ms", "BM25", peers[rows]) for rows in grown),
        *(
            Figure(
                f"{rows:,} rows beside {_FEW}",
                ours[rows] / ours[_FEW],
                "×",
                "BM25",
                peers[rows] / peers[_FEW],
                goal,
            )
            for rows, goal in ((_MORE, ""), (_MANY, "≤ 3 ×"))
        ),
    ]


async def _read_kept(rows: int, folder: Path) -> Read:
    await _read(rows, folder)
    return await _read(rows, folder)


async def _read(rows: int, folder: Path) -> Read:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.quality_program",
        str(rows),
        str(folder / "cache"),
        env={**os.environ, **_ONE_THREAD},
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    assert process.stdout is not None
    ready = await process.stdout.readline()
    started = time.perf_counter() - began
    said = await process.stdout.read()
    if await process.wait() or ready != b"ready\n":
        raise RuntimeError(f"reading with {rows} rows ended with {process.returncode}")
    return Read(started, **json.loads(said))


def _search(rows: int) -> float:
    search, took = WordSearch(Texts(make_up(rows))), []
    for question in QUESTIONS[:100]:
        began = time.process_time()
        search.score(question)
        took.append((time.process_time() - began) * 1000)
    return median(took)


def _percentile(each: Sequence[float], share: float) -> float:
    ordered = sorted(each)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
