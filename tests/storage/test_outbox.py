"""The outbox on both databases: claimed once, in order per place, and settled whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from sqlmodel import col

from bot.delivery import MOST_ATTEMPTS, NeverWill, OutboxWorker, Outgoing, TryLater, Unclear
from bot.model.cards import Card
from bot.model.events import Place
from storage import claiming, due, inbox, outbox
from storage.database import Database
from storage.migrations import upgrade
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction
from tests.conversations.dialog import PlainPlatform, TestClock

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def place(id: str) -> Place:
    return Place(platform="plain", tenant="", id=id, kind="channel")


async def put(
    database: Database, text: str, where: str = "a", kind: str = "answer", good_until: datetime | None = None
) -> str:
    key = outbox.new_key()
    async with database.transaction() as tx:
        await outbox.add(
            tx,
            key=key,
            kind=kind,
            place=place(where).model_dump(mode="json"),
            place_key=place(where).key,
            card=Card.of_words(text).model_dump(mode="json"),
            due_at=NOW,
            good_until=good_until,
        )
    return key


async def states(database: Database) -> dict[str, int]:
    async with database.reading() as tx:
        return await outbox.count_by_state(tx)


class Post:
    """A worker with a plain platform and a clock of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.platform = PlainPlatform()
        self.clock = TestClock(NOW)
        self.worker = OutboxWorker(database, {"plain": self.platform}, self.clock)

    async def drain(self) -> None:
        while claimed := await self.worker.claim():
            await asyncio.gather(*(self.worker.deliver(message) for message in claimed))

    @property
    def texts(self) -> list[str]:
        return [message.card.summary for message in self.platform.shown.values()]


async def test_messages_of_one_place_go_in_order_and_one_at_a_time(database: Database) -> None:
    for number in range(5):
        await put(database, str(number), "a")
    await put(database, "elsewhere", "b")
    post = Post(database)
    first = await post.worker.claim()
    assert len(first) == 2, "one for each place"
    assert await post.worker.claim() == []
    for message in first:
        await post.worker.deliver(message)
    await post.drain()
    assert [text for text in post.texts if text != "elsewhere"] == ["0", "1", "2", "3", "4"]
    assert await states(database) == {"sent": 6}


async def test_many_workers_claim_each_message_once(database: Database) -> None:
    for number in range(30):
        await put(database, str(number), f"place{number}")
    posts = [Post(database) for _ in range(4)]
    await asyncio.gather(*(post.drain() for post in posts))
    assert sorted(int(text) for post in posts for text in post.texts) == list(range(30))


async def test_later_waits_as_long_as_the_platform_asks_and_holds_its_place(database: Database) -> None:
    await put(database, "first")
    await put(database, "second")
    post = Post(database)
    post.platform.failures = [TryLater("too many at once", timedelta(seconds=30))]
    await post.drain()
    assert post.texts == []
    post.clock.pass_by(timedelta(seconds=29))
    await post.drain()
    assert post.texts == [], "not before its time, and nothing overtakes it"
    post.clock.pass_by(timedelta(seconds=10))
    await post.drain()
    assert post.texts == ["first", "second"]


async def test_one_place_with_very_much_waiting_hides_no_other(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(claiming.WINDOW + 5):
            await outbox.add(
                tx,
                key=outbox.new_key(),
                kind="answer",
                place=place("flood").model_dump(mode="json"),
                place_key=place("flood").key,
                card=Card.of_words(str(number)).model_dump(mode="json"),
                due_at=NOW - timedelta(minutes=1),
            )
    await put(database, "elsewhere", "b")
    await put(database, "far", "c")
    post = Post(database)
    claimed = await post.worker.claim()
    assert sorted(Card.model_validate(message.card).summary for message in claimed) == ["0", "elsewhere", "far"]


async def test_what_is_too_late_to_be_of_use_is_not_sent(database: Database) -> None:
    await put(database, "yesterday's reminder", kind="nudge", good_until=NOW + timedelta(hours=1))
    await put(database, "next")
    post = Post(database)
    post.clock.pass_by(timedelta(hours=2))
    await post.drain()
    assert post.texts == ["next"]
    assert await states(database) == {"cancelled": 1, "sent": 1}


async def test_only_what_still_waits_can_be_cancelled(database: Database) -> None:
    waiting, under_way = await put(database, "waiting", "a"), await put(database, "under way", "b")
    post = Post(database)
    async with database.transaction() as tx:
        assert await outbox.cancel(tx, waiting, "done meanwhile")
    await post.worker.claim()
    async with database.transaction() as tx:
        assert not await outbox.cancel(tx, under_way, "done meanwhile")
    assert await states(database) == {"cancelled": 1, "sending": 1}


async def test_it_is_not_tried_for_ever(database: Database) -> None:
    await put(database, "x")
    post = Post(database)
    post.platform.failures = [TryLater("down") for _ in range(MOST_ATTEMPTS)]
    for _ in range(MOST_ATTEMPTS):
        await post.drain()
        post.clock.pass_by(timedelta(hours=1))
    assert await states(database) == {"failed": 1}


async def test_never_ends_with_a_reason_and_lets_the_next_one_through(database: Database) -> None:
    await put(database, "to somebody who left")
    await put(database, "next")
    post = Post(database)
    post.platform.failures = [NeverWill("this person left")]
    await post.drain()
    assert post.texts == ["next"]
    assert await states(database) == {"failed": 1, "sent": 1}


async def test_an_unclear_answer_is_looked_up_before_it_is_sent_again(database: Database) -> None:
    await put(database, "x")
    post = Post(database)
    (claimed,) = await post.worker.claim()
    await post.platform.send(  # it did arrive, and the process died before it heard so
        post_message(claimed)
    )
    post.clock.pass_by(timedelta(minutes=5))
    await post.worker.recover()
    await post.drain()
    assert post.texts == ["x"]
    assert post.platform.sends == 1
    assert await states(database) == {"sent": 1}


def post_message(claimed: outbox.Claimed) -> Outgoing:
    return Outgoing(
        key=claimed.key,
        kind=claimed.kind,
        place=Place.model_validate(claimed.place),
        card=Card.model_validate(claimed.card),
    )


class BlindPlatform(PlainPlatform):
    """Cannot tell whether a message arrived, as Teams."""

    async def find_sent(self, message: object) -> str | None:
        raise NotImplementedError


async def test_where_nobody_can_tell_an_answer_is_sent_again_and_a_nudge_is_not(database: Database) -> None:
    await put(database, "answer", "a", "answer")
    await put(database, "nudge", "b", "nudge")
    post = Post(database)
    post.platform = BlindPlatform()
    post.worker = OutboxWorker(database, {"plain": post.platform}, post.clock)
    post.platform.failures = [Unclear("no answer"), Unclear("no answer")]
    await post.drain()
    post.clock.pass_by(timedelta(minutes=1))
    await post.drain()
    assert post.texts == ["answer"]
    assert await states(database) == {"sent": 1, "unclear": 1}


class BusyPlatform(PlainPlatform):
    """Can tell whether a message arrived, but not now."""

    def __init__(self) -> None:
        super().__init__()
        self.busy: list[Exception] = []

    async def find_sent(self, message: Outgoing) -> str | None:
        if self.busy:
            raise self.busy.pop(0)
        return await super().find_sent(message)


async def test_a_look_that_cannot_be_had_now_is_asked_for_again(database: Database) -> None:
    """Neither sent without looking nor given up, whatever the look runs into."""
    await put(database, "nudge", kind="nudge")
    post = Post(database)
    post.platform = platform = BusyPlatform()
    post.worker = OutboxWorker(database, {"plain": platform}, post.clock)
    (claimed,) = await post.worker.claim()
    await platform.send(post_message(claimed))  # it did arrive, and we died before we heard so
    post.clock.pass_by(timedelta(minutes=5))
    await post.worker.recover()
    platform.busy = [Unclear("busy"), TryLater("too many at once", throttled=True), Unclear("busy")]
    for _ in range(4):
        await post.drain()
        assert platform.sends == 1
        post.clock.pass_by(timedelta(minutes=1))
    assert await states(database) == {"sent": 1}


class UnsteadyDatabase(Database):
    """Goes away for its next transactions."""

    gone = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        if self.gone:
            self.gone -= 1
            raise OSError("connection refused")
        async with super().transaction() as tx:
            yield tx


async def test_a_database_that_is_away_when_a_message_has_arrived_doubles_nothing(database_url: str) -> None:
    database = UnsteadyDatabase(database_url)
    await upgrade(database)
    await put(database, "x")
    post = Post(database)
    post.worker = OutboxWorker(database, {"plain": (blind := BlindPlatform())}, post.clock)
    (claimed,) = await post.worker.claim()
    database.gone = 1
    settling = asyncio.create_task(post.worker.deliver(claimed))
    await asyncio.sleep(0.2)
    post.clock.pass_by(timedelta(minutes=5))
    await post.worker.recover()
    await settling
    assert await post.worker.claim() == []
    assert blind.sends == 1
    assert await states(database) == {"sent": 1}
    await database.dispose()


async def test_a_bug_in_one_message_ends_that_one_only(database: Database) -> None:
    await put(database, "broken")
    await put(database, "next")
    post = Post(database)
    post.platform.failures = [ValueError("a bug")]
    await post.drain()
    assert post.texts == ["next"]
    assert await states(database) == {"failed": 1, "sent": 1}


async def test_a_card_that_cannot_be_read_any_more_ends_and_lets_the_next_one_through(database: Database) -> None:
    old = await put(database, "from another version")
    await put(database, "next")
    async with database.transaction() as tx:
        unknown = {"summary": "old", "elements": [{"kind": "of another version"}]}
        await tx.execute(update(OutboxRow).where(col(OutboxRow.key) == old).values(card=unknown))
    post = Post(database)
    await post.drain()
    assert post.texts == ["next"]
    assert await states(database) == {"failed": 1, "sent": 1}


async def test_the_worker_runs_by_itself_and_stops_cleanly(database: Database) -> None:
    post = Post(database)
    await post.worker.start()
    for number in range(20):
        await put(database, str(number), f"p{number % 3}")
        post.worker.wake()
    async with asyncio.timeout(20):
        while (await states(database)).get("sent") != 20:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await post.worker.stop()
    assert len(post.texts) == 20


async def test_each_platform_s_limit_is_its_own(database: Database) -> None:
    first, *_ = [await put(database, str(number), f"p{number}") for number in range(4)]
    async with database.transaction() as tx:
        await tx.execute(update(OutboxRow).where(col(OutboxRow.key) == first).values(platform="other"))
    for limits, expected in (
        ({"off": 9}, []),
        ({"plain": 2, "other": 0}, [2, 3]),
        ({"plain": 9, "other": 9}, [1, 4]),
    ):
        async with database.transaction() as tx:
            claimed = await outbox.claim(tx, limits, NOW + timedelta(hours=1))
        assert [message.id for message in claimed] == expected


async def test_claiming_never_scans_what_is_settled(tmp_path: Path) -> None:
    """SQLite uses a partial index only for its own condition, word for word."""
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    async with database.reading() as tx:
        for statement in (
            claiming.waiting_query(("plain", "other")).params(now=NOW),
            claiming.CLAIM.params(platform="plain", now=NOW, most=10),
            claiming.CLAIM_IN_WINDOW.params(platform="plain", now=NOW, most=10, last_due=NOW, last_id=500),
            claiming.WINDOW_END.params(platform="plain", now=NOW),
            claiming.CLAIM_HEADS.params(platform="plain", now=NOW, most=10),
            inbox.left_behind_query(NOW, 10),
            due.due_query(NOW, 10),
        ):
            sql = statement.compile(dialect=tx.dialect, compile_kwargs={"literal_binds": True})
            plan = (await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")).all()
            steps = [str(step[-1]) for step in plan]
            scans = [step for step in steps if step.startswith("SCAN outbox") and "USING" not in step]
            assert scans == [], steps
            if ":platform" in str(statement):
                assert any("INDEX outbox_open (platform=? AND due_at<?)" in step for step in steps), steps
    await database.dispose()
