"""What is due happens once: over restarts, replicas, clock jumps and daylight saving; never when it is too late."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MOST_ATTEMPTS, Clock
from bot.conversation import Conversation, Turn
from bot.dispatcher import Dispatcher
from bot.model.actions import Action
from bot.model.cards import Card
from bot.model.events import Due, Place
from bot.rhythm import Rhythm, WrongCron, check_cron, newest_occasion, next_occasion
from bot.routing import Router
from storage import due, outbox
from storage.database import Database
from tests.conversations.dialog import TestClock

ROOM = Place(platform="plain", tenant="", id="room", kind="channel")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Weekly(Action, name="regular.weekly"):
    pass


class Regular:
    """A house with one regular thing, whose occasions are noted."""

    def __init__(self, database: Database, start: datetime, *, late: timedelta = timedelta(days=2)) -> None:
        self.database = database
        self.now = TestClock(start)
        self.rhythms: list[Rhythm] = [Rhythm("weekly", "0 9 * * 1", "Europe/Amsterdam", Weekly(), late)]
        self.handled: list[datetime] = []
        self.failures = 0
        self.clock = self.restart()

    def restart(self) -> Clock:
        """A new process on the same database."""
        conversation = Conversation("regular")
        conversation.on_action(Weekly, self._handle)
        conversation.on_rhythm(lambda: self.rhythms)
        router = Router([conversation])
        dispatcher = Dispatcher(
            self.database, router, self.now, on_accepted=_ignore, on_commit=lambda: None, on_stranger=_ignore
        )
        self.clock = make_clock(self.database, self.now, dispatcher.ring, router.find_rhythms)
        return self.clock

    async def _handle(self, event: Due, turn: Turn) -> None:
        turn.post(ROOM, Card.of_words("hello"), kind="digest")
        if self.failures:
            self.failures -= 1
            raise RuntimeError("a bug")
        self.handled.append(event.at)

    async def posts(self) -> int:
        async with self.database.reading() as tx:
            return (await outbox.count_by_state(tx)).get("waiting", 0)


def _ignore(_: object) -> None: ...


def make_clock(
    database: Database,
    now: Callable[[], datetime],
    handle: Callable[[Due], object],
    rhythms: Callable[[], Iterable[Rhythm]],
    gather: Callable[[], Awaitable[int]] | None = None,
) -> Clock:
    async def gather_nothing() -> int:
        return 0

    async def lead() -> bool:
        return True

    gathers = gather or gather_nothing
    return Clock(database, now, handle=handle, gather=gathers, find_rhythms=rhythms, try_lead=lead)  # type: ignore[arg-type]


async def test_a_year_in_fast_motion(database: Database) -> None:
    """Fifty-two Mondays at nine, both changes to daylight saving, and a restart at every worst minute."""
    start = datetime(2026, 1, 3, 12, 0, tzinfo=UTC)
    house = Regular(database, start)
    await house.clock.ring()
    while house.now.moment < start + timedelta(days=364):
        house.now.pass_by(timedelta(minutes=30))
        if house.now.moment.astimezone(AMSTERDAM).hour in (8, 9):
            await house.clock.ring()
            await house.restart().ring()
    assert len(house.handled) == 52
    assert {moment.astimezone(AMSTERDAM).strftime("%a %H:%M") for moment in house.handled} == {"Mon 09:00"}
    assert await house.posts() == 52


async def test_after_a_sleep_of_three_weeks_only_the_newest_comes_and_only_in_time(database: Database) -> None:
    house = Regular(database, datetime(2026, 11, 2, 12, 0, tzinfo=UTC))
    await house.clock.ring()
    house.now.moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a day after the third Monday
    await house.clock.ring()
    assert [moment.date().isoformat() for moment in house.handled] == ["2026-11-23"]
    house.now.moment = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)  # three days after the fourth
    await house.clock.ring()
    house.now.moment = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    await house.clock.ring()
    assert [moment.date().isoformat() for moment in house.handled] == ["2026-11-23", "2026-12-07"]


async def test_a_clock_that_jumps_back_repeats_nothing(database: Database) -> None:
    house = Regular(database, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    await house.clock.ring()
    for moment in (
        "2026-11-23T09:00",
        "2026-11-23T07:59",
        "2026-11-23T08:30",
        "2026-11-22T01:00",
        "2026-11-23T10:00",
    ):
        house.now.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        await house.clock.ring()
    assert len(house.handled) == 1


async def test_two_replicas_that_both_think_they_lead(database: Database) -> None:
    house = Regular(database, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    one, other = house.restart(), house.restart()
    await one.ring()
    house.now.moment = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    await one.ring()
    await other.ring()
    assert await house.posts() == 1


async def test_what_went_wrong_is_tried_again_and_leaves_nothing_behind(database: Database) -> None:
    house = Regular(database, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    await house.clock.ring()
    house.failures = 2
    house.now.moment = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    for _ in range(12):
        await house.clock.ring()
        house.now.pass_by(timedelta(seconds=20))
    assert len(house.handled) == 1
    assert await house.posts() == 1


async def test_a_new_line_owes_nothing_of_the_past(database: Database) -> None:
    house = Regular(database, datetime(2026, 11, 23, 8, 1, tzinfo=UTC))
    await house.clock.ring()
    await house.clock.ring()
    assert house.handled == []


async def plan(database: Database, when: datetime) -> None:
    async with database.transaction() as tx:
        account = {"platform": "plain", "tenant": "", "user": "sanne"}
        await due.plan(
            tx, key="k", action=Weekly().pack(), account=account, place=ROOM.model_dump(mode="json"), due_at=when
        )


async def test_a_planned_thing_that_fails_is_tried_again_with_growing_waits_and_ends_as_failed(
    database: Database,
) -> None:
    house = Regular(database, datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    house.rhythms = []
    await plan(database, house.now())
    house.failures = MOST_ATTEMPTS - 1
    for _ in range(MOST_ATTEMPTS):
        await house.clock.ring()
        house.now.pass_by(timedelta(hours=1))
    assert len(house.handled) == 1
    assert await house.posts() == 1


@pytest.mark.parametrize(
    ("now", "newest", "following"),
    [
        ("2026-03-29T12:00", "2026-03-29T01:00", "2026-03-30T00:30"),  # 02:30 is skipped: it is three o'clock
        ("2026-10-25T00:30", "2026-10-25T00:30", "2026-10-26T01:30"),  # 02:30 comes twice and counts once
        ("2026-10-25T01:30", "2026-10-25T00:30", "2026-10-26T01:30"),
    ],
)
def test_daylight_saving(now: str, newest: str, following: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    line = ("30 2 * * *", "Europe/Amsterdam", moment)
    assert newest_occasion(*line) == datetime.fromisoformat(newest).replace(tzinfo=UTC)
    assert next_occasion(*line) == datetime.fromisoformat(following).replace(tzinfo=UTC)


@pytest.mark.parametrize("line", ["", "every monday", "60 9 * * 1", "0 9 31 2 *", "0 9 * *"])
def test_a_wrong_line_is_said_so(line: str) -> None:
    with pytest.raises(WrongCron):
        check_cron(line)
