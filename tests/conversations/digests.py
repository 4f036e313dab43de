"""A house with weekly posts: a dialog with the real clock and reminders, and people who ask questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.model.cards import Card
from bot.model.events import Place
from bot.nudging import Nudging
from bot.routing import Router
from bot.working_time import find_working_time
from knowledge.content import DigestPlan, Knowledge
from storage import people, questions
from storage.database import Database
from storage.people import Profile
from tests.conversations.dialog import Dialog, channel, direct
from tests.conversations.readings import read_from
from tests.house.test_clock import make_clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROOM = channel("algemeen")
PLAN = DigestPlan("algemeen", "plain:algemeen", "0 9 * * 2", "Europe/Amsterdam", "nl")
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DRAFT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Monday, nine o'clock."""
DUE = DRAFT + timedelta(days=1)


class DigestHouse(Dialog):
    def __init__(self, database: Database, knowledge: Knowledge, *plans: DigestPlan) -> None:
        self.known = replace(knowledge, digests=plans or (PLAN,))
        super().__init__(database, self.known, read_from({}))
        # The knowledge is replaced while the house runs, as a watched folder does it.
        object.__setattr__(self.desk, "knowledge", lambda: self.known)
        self.desk.platforms.append("plain")
        self.clock.moment = SUNDAY
        self.ringing = self.restart()

    async def __aenter__(self) -> DigestHouse:
        await super().__aenter__()
        return self

    def restart(self) -> Clock:
        """A new process on the same database."""
        router = Router(self.desk.conversations)
        nudging = Nudging(
            self.database,
            router,
            self.clock,
            working_time=lambda: find_working_time(self.known),
            time_zone="Europe/Amsterdam",
            on_commit=lambda: None,
        )
        self.ringing = make_clock(
            self.database, self.clock, self.dispatcher.ring, router.find_rhythms, nudging.gather_due
        )
        return self.ringing

    async def ring(self, moment: datetime | None = None) -> None:
        if moment is not None:
            self.clock.moment = moment
        await self.ringing.ring()
        await self.settle()

    async def drafted(self) -> Card:
        """Up to the draft, and what Fleur got of it."""
        await self.ring()
        await self.ring(DRAFT)
        return self.chat("fleur")

    def chat(self, person: str) -> Card:
        """The last message of somebody's own chat, as it stands now."""
        return self.messages(direct(person))[-1]

    def posts(self, place: Place = ROOM) -> list[Card]:
        return self.messages(place)

    def change_row(self, id: str, **values: object) -> None:
        """The organisation agrees on something else."""
        rows = tuple(
            replace(row, version=row.version + 1, **values) if row.id == id else row  # type: ignore[arg-type]
            for row in self.known.use_cases
        )
        self.known = replace(self.known, use_cases=rows)

    async def ask(
        self, person: str, use_case: str | None, verdict: str | None, text: str, *, days: float = 1
    ) -> str:
        """A question some days ago, as it is kept; its id."""
        async with self.database.transaction() as tx:
            known = await people.get_or_add_person(tx, "plain", "", person, self.clock())
            if not known.name:
                known = await people.save_profile(tx, known, Profile(person.title()), self.clock())
                await people.note_spoke(tx, known.account_id, self.clock(), direct(person).model_dump(mode="json"))
            return await questions.add_question(
                tx,
                person_id=known.id,
                text=text,
                language="nl",
                outcome="answer" if use_case else "handover",
                use_case=use_case,
                row_version=1 if use_case else None,
                verdict=verdict,
                reading={},
                now=self.clock() - timedelta(days=days),
            )
