"""How long the Lab's queue, search and page take on SQLite, with few tickets and with ten thousand that wait."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from aiohttp import ClientSession
from sqlalchemy import insert

from bot.commands.demo_app import seat_colleagues
from bot.conversation import Turn
from bot.conversations.lab.opening import New, open_or_join
from bot.model.events import HOUSE, NOWHERE, Due, Person
from storage import people, tickets_finding
from storage.tables.tickets import TicketRow, TicketWordRow
from storage.tickets_finding import Wanted, split_words
from storage.transaction import Transaction
from tests.benchmarks.figures import Figure, Line
from tests.platforms.web.stage import WebStage, open_stage

FEW, MANY = 500, 10_000
_CLOSED = 0.3
"""On top of those that wait, so many have been answered."""
_TIMES = 9
_GOAL = "< 200 ms"
_WORDS = split_words(
    "klantmail verslag sollicitatie opname planning contract rooster rapport vertaling offerte samenvatting "
    "dossier presentatie notulen factuur beleid nieuwsbrief code analyse begroting enquête handleiding klacht"
)


async def measure(folder: Path) -> Sequence[Line]:
    for name in ("few", "many"):
        (folder / name).mkdir()
    few, many = await _measure(folder / "few", FEW), await _measure(folder / "many", MANY)
    return [
        Figure(f"{what}, {MANY:,} open", many[what], "ms", f"the same, {FEW:,} open", few[what], goal=_GOAL)
        for what in many
    ]


async def _measure(folder: Path, number: int) -> dict[str, float]:
    found = {}
    async with _stage(folder, number) as (stage, lab):
        now = stage.app.now()

        async def page(tx: Transaction, which: str, search: str = "", after: int = 0) -> None:
            await tickets_finding.find_page(tx, Wanted(which, lab, now, search), most=51, after=after)

        questions: dict[str, Callable[[Transaction], Awaitable[object]]] = {
            "the numbers of the queue": lambda tx: tickets_finding.count_queue(tx, lab, now),
            "the queue": lambda tx: page(tx, "open"),
            "mine": lambda tx: page(tx, "mine"),
            "late": lambda tx: page(tx, "late"),
            "the last page": lambda tx: page(tx, "open", after=number - 51),
            "search: a word that few have": lambda tx: page(tx, "open", "uniek7"),
            "search: two words that many have": lambda tx: page(tx, "all", "klant versl"),
            "search: a word that all have": lambda tx: page(tx, "open", "mag"),
            "search: nothing": lambda tx: page(tx, "all", "bestaatniet"),
        }
        for what, ask in questions.items():
            async with stage.app.database.reading() as tx:
                found[what] = await _time(lambda ask=ask, tx=tx: ask(tx))  # type: ignore[misc]
        found["a new question finds its likes"] = await _time(lambda: _open_one(stage))
        for what, path in (("the page", "/lab"), ("the page, searched", "/lab?search=klantmail+verslag&which=all")):
            found[what] = await _time(lambda path=path: _get(stage, path))  # type: ignore[misc]
    return found


async def _time(ask: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds; the middle of some."""
    took = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


_numbers = itertools.count()


async def _open_one(stage: WebStage) -> None:
    """About the row that most tickets are about."""
    text = f"Mag ik een volkomen nieuwe vraag nummer {next(_numbers)} stellen over een klantmail?"
    async with stage.app.database.transaction() as tx:
        event = Due(key="bench", account=HOUSE, place=NOWHERE, at=stage.app.now(), action="")
        turn = Turn(event, Person(id="", name=""), tx, stage.app.now(), "nl")
        reading = {"candidates": ["klantmail"], "data": [], "tools": []}
        await open_or_join(turn, stage.app.desk, New(text, "nl", reading, hash=text[:64]))


async def _get(stage: WebStage, path: str) -> None:
    async with ClientSession(cookies={"prompt_club_person": "fleur"}) as session:
        answer = await session.get(stage.address.rstrip("/") + path)
        body = await answer.text()
        assert answer.status == 200, answer.status
        assert "Meldingen" in body


@asynccontextmanager
async def _stage(folder: Path, number: int) -> AsyncIterator[tuple[WebStage, str]]:
    async with open_stage(folder) as stage:
        await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)
        async with stage.app.database.transaction() as tx:
            fleur = await people.find_by_email(tx, "fleur.janssens@voorbeeldbv.example")
            assert fleur is not None
            await _fill(tx, stage, fleur.id, number)
        yield stage, fleur.id


async def _fill(tx: Transaction, stage: WebStage, lab: str, number: int) -> None:
    chance, now = random.Random(7), stage.app.now()
    rows: list[dict[str, Any]] = []
    for place in range(round(number * (1 + _CLOSED))):
        waits = place < number
        opened = now - timedelta(minutes=chance.randrange(60 * 24 * 80))
        words = " ".join(chance.choices(_WORDS, k=9))
        state = chance.choice(("open", "open", "claimed", "asking")) if waits else "answered"
        row = {
            "id": UUID(int=chance.getrandbits(128)).hex,
            "version": 1,
            "state": state,
            "text": f"Mag ik dit met uniek{place} en {words}?",
            "note": "",
            "language": "nl",
            "reading": {"candidates": ["klantmail"], "data": [], "tools": []},
            "row": chance.choice(("klantmail", "klantmail", "brainstormen", None)),
            "unit": "",
            "asks": chance.randrange(1, 9),
            "unnamed": 0,
            "claimed_by": lab if state in ("claimed", "asking") and chance.random() < 0.1 else None,
            "opened_at": opened,
            "answer_by": opened + timedelta(days=2),
            "due_by": opened + timedelta(days=2) if waits and state != "asking" else None,
            "reaction_minutes": None if waits else chance.randrange(600),
            "answer_minutes": None if waits else chance.randrange(2_400),
        }
        rows.append(row)
    for start in range(0, len(rows), 1_000):
        some = rows[start : start + 1_000]
        await tx.execute(insert(TicketRow), some)
        said = [{"word": word, "ticket_id": row["id"]} for row in some for word in split_words(row["text"])]
        await tx.execute(insert(TicketWordRow), said)
