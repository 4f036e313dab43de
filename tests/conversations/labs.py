"""A house with an AI Lab: a dialog with the real clock, people with the role, and questions that are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import insert

from bot.clock import Clock
from bot.model.cards import Card
from bot.model.events import Place
from bot.nudging import Nudging
from bot.routing import Router
from bot.working_time import find_working_time
from knowledge.answers import Candidate, Reading
from knowledge.content import Knowledge
from knowledge.routing import LabPlan
from storage import people
from storage.database import Database
from storage.tables.register import PeriodRow
from tests.conversations.dialog import Dialog, buttons_of, channel, direct, text_of
from tests.conversations.readings import NOTHING, answers
from tests.conversations.roles import meet
from tests.house.test_clock import make_clock

LAB = channel("lab")
COFFEE = "Mag ik de koffieautomaat laten praten?"
RECORDING = "Mag ik een opname van een sollicitatiegesprek laten uitschrijven?"
SAME = "Mag ik de opname van een sollicitatiegesprek laten uitschrijven?"
MAIL = "Mag NotebookLM een klantmail schrijven?"


def unsure(*rows: str, **more: object) -> Reading:
    return replace(NOTHING, candidates=tuple(Candidate(row, 0.3) for row in rows), because="Ik twijfel.", **more)  # type: ignore[arg-type]


READINGS = {
    COFFEE: NOTHING,
    RECORDING: unsure("klantmail", "brainstormen", data=("persoonsgegevens",)),
    SAME: unsure("klantmail", "brainstormen", data=("persoonsgegevens",)),
    MAIL: answers("klantmail", tools=("?",), tool_words="NotebookLM"),
}


async def read(question: str) -> Reading:
    """What is not in the table is not read as anything."""
    return replace(READINGS.get(question, NOTHING), masked_question=question)


class LabHouse(Dialog):
    def __init__(
        self, database: Database, knowledge: Knowledge, *, lab: Place | None = LAB, plan: LabPlan | None = None
    ) -> None:
        known = replace(knowledge, lab=plan or LabPlan())
        super().__init__(database, known, read, lab=lab)
        self.desk.platforms.append("plain")
        router = Router(self.desk.conversations)
        nudging = Nudging(
            database,
            router,
            self.clock,
            working_time=lambda: find_working_time(known),
            time_zone="Europe/Amsterdam",
            on_commit=lambda: None,
        )
        self.ringing: Clock = make_clock(
            database, self.clock, self.dispatcher.ring, router.find_rhythms, nudging.gather_due
        )

    async def __aenter__(self) -> LabHouse:
        await super().__aenter__()
        for name in ("fleur", "bram"):
            await meet(self, name, role="ai_lab")
        for name in ("anna", "cleo"):
            await meet(self, name)
        await self.ring()
        return self

    async def place(self, person: str, unit: str, since: date, until: date | None = None) -> None:
        """In the register of people, from that day on."""
        async with self.database.transaction() as tx:
            known = await people.find_person(tx, "plain", "", person)
            assert known is not None
            row = {"id": uuid4().hex, "person_id": known.id, "unit": unit, "since": since, "until": until}
            await tx.execute(
                insert(PeriodRow).values(**row, location="", function="medewerker", latest=until is None)
            )

    async def ring(self, moment: datetime | None = None) -> None:
        if moment is not None:
            self.clock.moment = moment
        await self.ringing.ring()
        await self.settle()

    async def hand_over(self, person: str, text: str = RECORDING) -> None:
        """Somebody asks, is not answered, and presses the button."""
        await self.say(person, text)
        await self.press(person, "Vraag het AI Lab")

    @property
    def card(self) -> Card:
        """The ticket's card in the channel, as it stands now."""
        return next(card for card in self.messages(LAB) if card.summary.startswith("Melding"))

    @property
    def thread(self) -> list[str]:
        """What stands below it."""
        return [
            text_of(shown.card)
            for shown in self.platform.shown.values()
            if shown.place.id == LAB.id and shown.place.thread
        ]

    def chat(self, person: str) -> str:
        """The last message of somebody's own chat."""
        return text_of(self.messages(direct(person))[-1])

    def chats(self, person: str) -> str:
        return "\n---\n".join(text_of(card) for card in self.messages(direct(person)))

    def labels(self) -> set[str]:
        return {button.label for button in buttons_of(self.card)}
