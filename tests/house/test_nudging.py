"""One message a person a day, at their own working hours; never twice, never after it was done, never too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from bot.conversation import Conversation, NudgeItem, Turn
from bot.delivery import OutboxWorker
from bot.model.actions import Action
from bot.model.cards import Text
from bot.nudging import Nudging
from bot.routing import Router
from bot.working_time import WorkingTime
from storage import nudges, outbox, people
from storage.database import Database
from storage.people import Profile
from storage.tables.people import AccountRow
from tests.conversations.dialog import PlainPlatform, TestClock, text_of

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # nine o'clock in Amsterdam


class Remind(Action, name="plans.remind"):
    about: str


class Reminders:
    """A house where things are to be done, with people who are reminded of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = TestClock(TUESDAY)
        self.platform = PlainPlatform()
        self.done: set[str] = set()
        conversation = Conversation("plans")
        conversation.on_nudge(Remind, self._draw)
        self.outbox = OutboxWorker(database, {"plain": self.platform}, self.now)
        self.nudging = self.make_replica(conversation)
        self.conversation = conversation

    def make_replica(self, conversation: Conversation) -> Nudging:
        return Nudging(
            self.database,
            Router([conversation]),
            self.now,
            working_time=WorkingTime,
            time_zone="Europe/Amsterdam",
            on_commit=lambda: None,
        )

    async def _draw(self, action: Remind, turn: Turn) -> NudgeItem | None:
        if action.about in self.done:
            return None
        if action.about == "a bug":
            raise RuntimeError("a bug")
        return NudgeItem(action.about, (Text(text=f"{action.about} ({turn.person.name})"),))

    async def meet(self, user: str, time_zone: str | None = None) -> str:
        async with self.database.transaction() as tx:
            known = await people.get_or_add_person(tx, "plain", "", user, self.now())
            profile = Profile(name=user.title(), time_zone=time_zone)
            return (await people.save_profile(tx, known, profile, self.now())).id

    async def plan(self, person: str, about: str, *, days: int = 7, key: str | None = None) -> bool:
        async with self.database.transaction() as tx:
            return await nudges.plan(
                tx,
                key=key or f"{person}:{about}",
                person_id=person,
                subject=about,
                action=Remind(about=about).pack(),
                due_at=self.now(),
                good_until=self.now() + timedelta(days=days),
            )

    async def cancel(self, about: str) -> None:
        async with self.database.transaction() as tx:
            await nudges.cancel(tx, about)

    async def ring(self) -> None:
        await self.nudging.gather_due()

    async def send(self) -> list[str]:
        while claimed := await self.outbox.claim():
            for message in claimed:
                await self.outbox.deliver(message)
        return [text_of(message.card) for message in self.platform.shown.values()]


@pytest.fixture
def house(database: Database) -> Reminders:
    return Reminders(database)


async def test_all_for_one_day_comes_as_one_message(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    for about in ("first", "second", "third"):
        await house.plan(sanne, about)
    await house.ring()
    (message,) = await house.send()
    assert "3 dingen voor vandaag" in message
    assert all(f"{about} (Sanne)" in message for about in ("first", "second", "third"))


async def test_what_comes_up_later_that_day_waits_for_the_next_working_day(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    await house.plan(sanne, "morning")
    await house.ring()
    house.now.pass_by(timedelta(hours=3))
    await house.plan(sanne, "afternoon")
    await house.ring()
    assert len(await house.send()) == 1
    house.now.pass_by(timedelta(hours=21))
    await house.ring()
    assert len(await house.send()) == 2


async def test_planned_twice_or_gathered_by_two_replicas_it_comes_once(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    assert await house.plan(sanne, "x")
    assert not await house.plan(sanne, "x")
    other = house.make_replica(house.conversation)
    await house.ring()
    await other.gather_due()
    assert len(await house.send()) == 1
    assert not await house.plan(sanne, "x"), "and never again"


@pytest.mark.parametrize("moment", ["2026-11-24T18:30", "2026-11-28T10:00", "2026-12-25T10:00", "2026-11-25T05:00"])
async def test_nobody_is_reminded_outside_working_hours(house: Reminders, moment: str) -> None:
    sanne = await house.meet("sanne")
    house.now.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    await house.plan(sanne, "x")
    await house.ring()
    assert await house.send() == []
    house.now.moment = house.now.moment.replace(hour=9)
    for _ in range(8):
        house.now.pass_by(timedelta(days=1))
        await house.ring()
        await house.send()
    assert len(await house.send()) == 1


async def test_the_persons_own_time_zone_counts(house: Reminders) -> None:
    far = await house.meet("far", "America/New_York")
    await house.plan(far, "x")
    await house.ring()
    assert await house.send() == [], "it is three in the morning there"
    house.now.pass_by(timedelta(hours=6))
    await house.ring()
    assert len(await house.send()) == 1


async def test_somebody_away_hears_it_when_back_and_only_what_is_still_of_use(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    async with house.database.transaction() as tx:
        await people.pause_nudges(tx, sanne, TUESDAY + timedelta(days=14))
    await house.plan(sanne, "short-lived", days=2)
    await house.plan(sanne, "still of use", days=30)
    await house.ring()
    assert await house.send() == []
    house.now.pass_by(timedelta(days=14))
    await house.ring()
    assert await house.send() == ["still of use (Sanne)"]


async def test_never_after_it_was_done(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    await house.plan(sanne, "done before it fell due")
    await house.plan(sanne, "done without a word")
    await house.cancel("done before it fell due")
    house.done.add("done without a word")
    await house.ring()
    assert await house.send() == []


async def test_done_between_gathering_and_sending_takes_it_out_of_the_message(house: Reminders) -> None:
    """Also when the platform is down for hours in between."""
    sanne = await house.meet("sanne")
    await house.plan(sanne, "done meanwhile")
    await house.plan(sanne, "still open")
    await house.ring()
    await house.cancel("done meanwhile")
    await house.ring()
    assert await house.send() == ["still open (Sanne)"]


async def test_a_message_that_could_not_leave_that_day_is_not_sent_at_night(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    await house.plan(sanne, "x")
    await house.ring()
    house.now.pass_by(timedelta(hours=12))
    assert await house.send() == []
    async with house.database.reading() as tx:
        assert await outbox.count_by_state(tx) == {"cancelled": 1}


async def test_more_than_fits_one_message_comes_the_next_day(house: Reminders) -> None:
    sanne = await house.meet("sanne")
    for number in range(60):
        await house.plan(sanne, f"thing {number} " + "x" * 100)
    await house.ring()
    (first,) = await house.send()
    house.now.pass_by(timedelta(days=1))
    await house.ring()
    second = (await house.send())[1]
    assert first.count("thing ") + second.count("thing ") > first.count("thing ") >= 10
    assert not {line for line in first.splitlines() if "thing " in line} & set(second.splitlines())


async def test_a_bug_about_one_person_keeps_nobody_else_waiting(house: Reminders) -> None:
    await house.plan(await house.meet("piet"), "a bug")
    await house.plan(await house.meet("sanne"), "x")
    await house.ring()
    assert await house.send() == ["x (Sanne)"]


async def test_somebody_nobody_can_reach_stays_in_sight(house: Reminders) -> None:
    ghost = await house.meet("ghost")
    async with house.database.transaction() as tx:
        await tx.execute(delete(AccountRow))
    await house.plan(ghost, "x")
    await house.ring()
    async with house.database.reading() as tx:
        assert await outbox.count_by_state(tx) == {"failed": 1}
