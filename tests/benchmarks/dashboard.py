"""Figures of the diploma: counting a night, and the dashboard with its files, for up to 100,000 people."""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from bot.figures import counting
from bot.figures.club import find_club
from bot.figures.drawn import find_drawn
from bot.figures.overview import Chosen, Overview, find_overview
from bot.figures.paper import write_pdf
from bot.figures.report import Names, make_report
from bot.figures.sheets import write_xlsx
from bot.texts import WORDS
from knowledge.content import Knowledge
from knowledge.figures import quarter_ends
from knowledge.library import DEFAULT_FOLDER, load
from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.tables.certificates import CertificateRow
from storage.tables.people import PersonRow
from storage.tables.register import PeriodRow
from storage.transaction import Transaction
from tests.benchmarks.figures import Figure, Line

_SIZES = (1_000, 10_000, 100_000)
_CERTIFICATES, _UNITS, _LOCATIONS, _TIMES = 5, 200, 20, 9
_TODAY = date(2026, 11, 24)
_NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
_WORDS = WORDS["nl"]


async def measure(folder: Path) -> Sequence[Line]:
    knowledge, lines, smallest = load(DEFAULT_FOLDER), [], dict[str, float]()
    for size in _SIZES:
        database = Database(f"sqlite:///{folder}/{size}.sqlite")
        await upgrade(database)
        await fill(database, size, knowledge)
        found = await _measure(database, knowledge)
        for what, (value, unit, goal) in found.items():
            first = smallest.setdefault(what, value)
            peer, peers = ("", None) if size == _SIZES[0] else (f"{_SIZES[0]:,} people", first)
            lines.append(Figure(f"{size:,} people: {what}", value, unit, peer, peers, goal))
        await database.dispose()
    return lines


async def _measure(database: Database, knowledge: Knowledge) -> dict[str, tuple[float, str, str]]:
    night, memory = await count(database, knowledge, _TODAY)
    for day in quarter_ends(_TODAY, 7):
        async with database.transaction() as tx:
            await _repeat(tx, day)
    async with database.reading() as tx:
        looked = [await _look(tx, knowledge) for _ in range(_TIMES)]
        overview = await find_overview(tx, _TODAY, Chosen(), 5)
    assert overview is not None
    report = make_report(_WORDS, knowledge, overview)
    drawn = find_drawn(_WORDS, Names(_WORDS, knowledge), overview)
    return {
        "counting a night, CPU": (night, "s", "< 30 s"),
        "its memory beyond the start": (memory, "MB", "flat"),
        "the dashboard, CPU": (statistics.median(looked), "ms", "< 500 ms"),
        "as XLSX, CPU": (_time(lambda: write_xlsx(_WORDS, report)), "ms", ""),
        "as PDF, CPU": (_time(lambda: write_pdf(_WORDS, report, drawn)), "ms", ""),
    }


async def count(database: Database, knowledge: Knowledge, day: date) -> tuple[float, float]:
    """CPU seconds, and the most memory at once in MB; every page in a transaction of its own, as at night."""
    began = time.process_time()
    await _count(database, knowledge, day)
    took = time.process_time() - began
    tracemalloc.start()
    await _count(database, knowledge, day - timedelta(days=1), pages=3)  # tracing costs time; the others are alike
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return took, most


async def _count(database: Database, knowledge: Knowledge, day: date, pages: int = 1_000) -> None:
    async with database.transaction() as tx:
        await counting.begin(tx, knowledge, day, _NOW)
    for _ in range(pages):
        async with database.transaction() as tx:
            if await counting.count_page(tx, day, day) is None:
                return


async def _repeat(tx: Transaction, day: date) -> None:
    """The same figures on another day; the dashboard reads eight."""
    values = {"day": day, "today": _TODAY}
    days = "SELECT :day, :day, rules, partial, counted_at FROM figures_days WHERE day = :today"
    await tx.execute(text(f"INSERT INTO figures_days (day, known_on, rules, partial, counted_at) {days}"), values)
    rows = "SELECT :day, :day, kind, name, counts FROM figures WHERE day = :today"
    await tx.execute(text(f"INSERT INTO figures (day, known_on, kind, name, counts) {rows}"), values)


async def _look(tx: Transaction, knowledge: Knowledge) -> float:
    """One group chosen, the whole page told; milliseconds of CPU."""
    began = time.process_time()
    overview: Overview | None = await find_overview(tx, _TODAY, Chosen("unit", "Unit 7"), 5)
    assert overview is not None
    make_report(_WORDS, knowledge, overview)
    await find_club(tx, _WORDS, knowledge, _NOW)
    return (time.process_time() - began) * 1_000


def _time(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1_000


async def fill(database: Database, people: int, knowledge: Knowledge) -> None:
    """Five certificates a person, over six years; units, locations and functions in no relation to each other."""
    dice = random.Random(people)
    rules = counting.find_definitions(knowledge)
    assert rules is not None
    functions = tuple(rules.rules.function_levels)
    for first in range(0, people, 2_000):
        ids = [UUID(int=dice.getrandbits(128)).hex for _ in range(min(2_000, people - first))]
        async with database.transaction() as tx:
            await tx.execute(insert(table_of(PersonRow)), [_person(id) for id in ids])
            await tx.execute(insert(table_of(PeriodRow)), [_period(dice, id, functions) for id in ids])
            made = [_certificate(dice, id, place) for id in ids for place in range(_CERTIFICATES)]
            await tx.execute(insert(table_of(CertificateRow)), made)
    async with database.transaction() as tx:
        await tx.execute(text("ANALYZE"))


def _person(id: str) -> dict[str, Any]:
    return {"id": id, "name": f"P {id[:6]}", "created_at": _NOW}


def _period(dice: random.Random, id: str, functions: Sequence[str]) -> dict[str, Any]:
    since = _TODAY - timedelta(days=dice.randrange(2_000))
    where = {"unit": f"Unit {dice.randrange(_UNITS)}", "location": f"Plaats {dice.randrange(_LOCATIONS)}"}
    return {
        "id": id, "person_id": id, "since": since, "started": since, "latest": True, **where,
        "function": dice.choice(functions),
    }  # fmt: skip


def _certificate(dice: random.Random, id: str, place: int) -> dict[str, Any]:
    issued = _TODAY - timedelta(days=dice.randrange(2_000))
    key, passed = f"{id}{place}", dice.random() < 0.8
    return {
        "id": UUID(int=dice.getrandbits(128)).hex, "key": key, "person_id": id, "issued": issued, "passed": passed,
        "level": dice.choice(("basis", "gevorderd", "expert")), "issuer": "Academie", "evidence": "",
        "expires": issued + timedelta(days=730) if passed else None, "source": "file", "added_at": _NOW,
    }  # fmt: skip
