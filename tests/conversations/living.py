"""A house whose knowledge lives: agreed in chat, kept in a database, and followed as a replica follows it."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.model.cards import Card
from bot.model.events import Place
from bot.nudging import Nudging
from bot.routing import Router
from bot.watching import KnowledgeWatch
from bot.working_time import find_working_time
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER
from knowledge.watching import Shelf
from storage import audit, people, questions
from storage.database import Database
from tests.conversations.dialog import Dialog, channel, direct
from tests.conversations.readings import read_from
from tests.conversations.roles import meet
from tests.house.test_clock import make_clock

LAB = channel("ai-lab")
ROW = "klantmail"
TITLE = "Een mail of brief aan een klant opstellen of herschrijven"


class LivingHouse(Dialog):
    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        lab: Place | None = LAB,
        readings: Mapping[str, Reading] | None = None,
    ) -> None:
        self.folder = folder / "knowledge"
        if not self.folder.exists():
            shutil.copytree(DEFAULT_FOLDER, self.folder)
        self.shelf = Shelf(self.folder)
        self.readied: list[Knowledge] = []
        super().__init__(database, self.shelf.current, read_from(readings or {}), lab=lab)
        object.__setattr__(self.desk, "knowledge", lambda: self.shelf.current)
        self.watch = KnowledgeWatch(self.shelf, self._ready, database, (), self.clock)
        self.ringing = self._make_clock()

    async def _ready(self, knowledge: Knowledge) -> None:
        self.readied.append(knowledge)

    def _make_clock(self) -> Clock:
        router = Router(self.desk.conversations)
        nudging = Nudging(
            self.database,
            router,
            self.clock,
            working_time=lambda: find_working_time(self.shelf.current),
            time_zone="Europe/Amsterdam",
            on_commit=lambda: None,
        )
        ring = self.dispatcher.ring
        return make_clock(self.database, self.clock, ring, router.find_rhythms, nudging.gather_due)

    async def __aenter__(self) -> LivingHouse:
        await super().__aenter__()
        await self.watch.begin()
        self.ids = {
            name: await meet(self, name, role=role)
            for name, role in (
                ("noor", ""),
                ("lars", "ai_lab"),
                ("lena", "ai_lab"),
                ("rosa", "security"),
                ("dirk", "executive"),
            )
        }
        return self

    async def follow(self) -> None:
        """As the loop does it: right after a commit here, within a second elsewhere."""
        await self.watch.look()
        await asyncio.sleep(0)  # the reading is readied beside it

    async def ring(self, later: timedelta = timedelta()) -> None:
        self.clock.pass_by(later)
        await self.ringing.ring()
        await self.settle()

    async def say_hello(self, *people: str) -> None:
        """They are known, and can be reached."""
        for person in people:
            self.ids[person] = await meet(self, person)

    def start_counting_at(self, number: int) -> None:
        """Another process gives other keys to what happens."""
        self._keys = itertools.count(number)

    def chat(self, person: str) -> list[Card]:
        return self.messages(direct(person))

    def verdict(self, data: str = "intern", row: str = ROW) -> str:
        return str(self.shelf.current.get_use_case(row).verdicts[data])

    async def ask(
        self, person: str | None, text: str, verdict: str | None, *, row: str | None = ROW, **kept: object
    ) -> str:
        """A question as it was kept yesterday; of nobody (any more), or of this person."""
        async with self.database.transaction() as tx:
            asker = await people.get_or_add_person(tx, "plain", "", person or "iemand", self.clock())
            id = await questions.add_question(
                tx,
                person_id=asker.id,
                text=text,
                language="nl",
                outcome="answer" if verdict else "handover",
                use_case=row,
                row_version=1 if row else None,
                verdict=verdict,
                reading={"candidates": [], "also": [], "data": [], "tools": [], "tool_words": None, **kept},
                now=self.clock() - timedelta(days=1),
            )
            if person is None:
                await questions.forget_asker(tx, asker.id)
        return id

    async def audited(self) -> list[str]:
        """The acts of the matrix in the log, the oldest first."""
        async with self.database.reading() as tx:
            lines = reversed(await audit.find_lines(tx))
        return [line.act for line in lines if line.act.startswith("matrix.")]
