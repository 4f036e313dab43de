"""A hundred thousand published cases: searching, the page and the line below an answer, and how they grow."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from storage import cases, cases_search
from storage.cases_search import Wanted, mark
from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.tables.cases import CaseRow
from storage.transaction import Transaction
from tests.benchmarks.figures import Figure, Line

_SIZES = (1_000, 10_000, 100_000)
_BATCH = 2_000
_ROWS, _TOOLS = 1_000, 12
_TIMES = 25
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_GOAL = "< 200 ms"
Ask = Callable[[Transaction], Awaitable[Any]]

ASKED: dict[str, Ask] = {
    "the newest page": lambda tx: cases_search.find(tx, Wanted(), 21),
    "one word that many have": lambda tx: cases_search.find(tx, Wanted(words=("copilot",)), 21),
    "one word that few have": lambda tx: cases_search.find(tx, Wanted(words=("woord4711",)), 21),
    "the beginning of many words": lambda tx: cases_search.find(tx, Wanted(words=("woord47",)), 21),
    "three words": lambda tx: cases_search.find(tx, Wanted(words=("copilot", "datum", "woord47")), 21),
    "two common words and two filters": lambda tx: cases_search.find(
        tx, Wanted(words=("copilot", "klant"), marks=(mark("kind", "failure"), mark("tool", "tool3"))), 21
    ),
    "words that are nowhere": lambda tx: cases_search.find(tx, Wanted(words=("copilot", "xylofoon")), 21),
    "two halves that never meet": lambda tx: cases_search.find(
        tx, Wanted(marks=(mark("kind", "failure"), mark("half", "success"))), 21
    ),
    "a page far back": lambda tx: cases_search.find(
        tx, Wanted(words=("copilot",), before=(_BEGIN + timedelta(minutes=500), "")), 21
    ),
    "the line below an answer": lambda tx: cases.find_experience(tx, "row7"),
    "what waits for the Lab": lambda tx: cases.find_waiting(tx, 8),
    "the lines of a weekly post": lambda tx: cases.find_published_between(
        tx, "success", _BEGIN + timedelta(days=60), _BEGIN + timedelta(days=67), 12
    ),
}


async def measure(folder: Path) -> Sequence[Line]:
    lines: list[Line] = []
    database = Database(f"sqlite:///{folder}/cases.sqlite")
    await upgrade(database)
    filled, smallest = 0, {}
    for size in _SIZES:
        await fill(database, filled, size)
        filled = size
        for what, ask in ASKED.items():
            found = await _time(database, ask)
            smallest.setdefault(what, found)
            peer = f"{_SIZES[0]:,} cases" if size != _SIZES[0] else ""
            peers = smallest[what] if peer else None
            lines.append(Figure(f"{size:,}: {what}", found, "ms", peer, peers, _GOAL))
    await database.dispose()
    return lines


async def _time(database: Database, ask: Ask) -> float:
    """The middle of so many times, in milliseconds, on a connection of its own each time."""
    took = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        async with database.reading() as tx:
            await ask(tx)
        took.append((time.perf_counter() - began) * 1_000)
    return statistics.median(took)


async def fill(database: Database, start: int, end: int) -> None:
    """Some forty words a case: ten that a third of all have, the others from ten thousand."""
    chance = random.Random(start)
    for first in range(start, end, _BATCH):
        made = [_make(chance, number) for number in range(first, min(first + _BATCH, end))]
        async with database.transaction() as tx:
            await tx.execute(insert(table_of(CaseRow)), [row for row, _ in made])
            words = [(row["id"], word) for row, found in made for word in sorted(found)]
            await tx.exec_driver_sql("INSERT INTO case_words (case_id, word) VALUES (?, ?)", words)
    async with database.transaction() as tx:
        await tx.execute(text("ANALYZE"))


_COMMON = ("copilot", "datum", "klant", "mail", "verslag", "toon", "naam", "tekst", "team", "week")


def _make(chance: random.Random, number: int) -> tuple[dict[str, Any], list[str]]:
    kind, at = ("failure" if number % 2 else "success"), _BEGIN + timedelta(minutes=number)
    words = {word for word in _COMMON if chance.random() < 1 / 3}
    words |= {f"woord{chance.randrange(10_000)}" for _ in range(35)}
    marks = [mark("kind", kind), mark("half", kind), mark("tool", f"tool{chance.randrange(_TOOLS)}")]
    said, published = " ".join(sorted(words)), number % 100 != 0
    row = {
        "id": f"{number:032x}", "kind": kind, "did": said[:100], "happened": said, "learned": said[:200],
        "tool": "", "task": "", "language": "nl", "in_digest": True, "state": "published" if published else "new",
        "version": 1, "shared_on": at, "reason": "", "tags": [], "stale": False, "use_case": f"row{number % _ROWS}",
        "published_at": at if published else None,
    }  # fmt: skip
    return row, [*words, *marks] if published else []
