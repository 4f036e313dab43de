"""The outbox under attack: senders that were taken for dead, clocks that jump, platforms that hang or are gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.delivery import _MOST_AT_ONCE, NeverWill, OutboxWorker, Outgoing, TryLater
from bot.delivery_report import make_report
from bot.model.cards import Card
from bot.model.events import Commanded, Place, Said
from knowledge.content import Knowledge
from storage import deliveries, outbox
from storage.claiming import WINDOW
from storage.database import Database
from storage.migrations import upgrade
from tests.conversations.dialog import Dialog, PlainPlatform
from tests.platforms.reading import read
from tests.storage.test_outbox import NOW, Post, put, states

PATIENCE = 60


class Hanging(PlainPlatform):
    """Takes a message, and answers when it is told to."""

    def __init__(self, ending: Exception | None = None) -> None:
        super().__init__()
        self.taken = asyncio.Event()
        self.answer = asyncio.Event()
        self.ending = ending

    async def send(self, message: Outgoing) -> str | None:
        id = await super().send(message)
        self.taken.set()
        await self.answer.wait()
        if self.ending is not None:
            raise self.ending
        return id


async def test_who_was_taken_for_dead_undoes_nothing_of_who_took_over(database: Database) -> None:
    """It comes back with "later" or "never" when another has sent the message already."""
    for ending in (TryLater("busy"), NeverWill("gone")):
        await put(database, "x")
        slow, other = Post(database), Post(database)
        slow.platform = Hanging(ending)
        slow.worker = OutboxWorker(database, {"plain": slow.platform}, slow.clock)
        (claimed,) = await slow.worker.claim()
        sending = asyncio.create_task(slow.worker.deliver(claimed))
        await slow.platform.taken.wait()
        other.clock.pass_by(timedelta(seconds=41))
        await other.worker.recover()
        await other.drain()
        slow.platform.answer.set()
        await sending
        other.clock.pass_by(timedelta(hours=1))
        await other.drain()
        assert other.texts == ["x"], "sent once by who took over"
    assert await states(database) == {"sent": 2}


async def test_who_was_taken_for_dead_says_that_it_arrived_and_nobody_sends_it_again(database: Database) -> None:
    await put(database, "x")
    slow, other = Post(database), Post(database)
    slow.platform = Hanging()
    slow.worker = OutboxWorker(database, {"plain": slow.platform}, slow.clock)
    (claimed,) = await slow.worker.claim()
    sending = asyncio.create_task(slow.worker.deliver(claimed))
    await slow.platform.taken.wait()
    other.clock.pass_by(timedelta(seconds=41))
    await other.worker.recover()
    slow.platform.answer.set()
    await sending
    await other.drain()
    assert other.platform.sends == 0
    assert await states(database) == {"sent": 1}


async def test_who_stood_still_between_claiming_and_sending_leaves_it(database: Database) -> None:
    await put(database, "x")
    post = Post(database)
    (claimed,) = await post.worker.claim()
    post.clock.pass_by(timedelta(seconds=15))
    await post.worker.deliver(claimed)
    assert post.platform.sends == 0, "sending may take until another takes it over"
    await post.drain()
    assert post.texts == ["x"]


async def test_after_a_restart_with_the_clock_set_back_nothing_stays_under_way(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    await put(database, "x")
    before, after = Post(database), Post(database)
    await before.worker.claim()
    after.clock.pass_by(timedelta(hours=-1))
    await after.worker.start()
    await after.worker.stop()
    assert await states(database) == {"waiting": 1}
    await database.dispose()


async def test_a_place_and_a_platform_that_hang_hold_up_no_other(database: Database) -> None:
    """More places hang on one platform than are sent to at once; everything else arrives meanwhile."""
    for number in range(_MOST_AT_ONCE + 10):
        await put_on(database, "hanging", f"h{number}")
    for number in range(60):
        await put(database, str(number), f"place{number % 7}")
    post, hanging = Post(database), Hanging()
    worker = OutboxWorker(database, {"hanging": hanging, "plain": post.platform}, post.clock)
    await worker.start()
    try:
        async with asyncio.timeout(PATIENCE):
            while len(post.texts) < 60:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert hanging.sends == _MOST_AT_ONCE
        await put(database, "one more", "place1")
        worker.wake()
        async with asyncio.timeout(PATIENCE):
            while "one more" not in post.texts:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        hanging.answer.set()
        async with asyncio.timeout(PATIENCE):
            while (await states(database)).get("sent") != _MOST_AT_ONCE + 71:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        hanging.answer.set()
        await worker.stop()


async def test_what_comes_new_stays_behind_what_was_put_off(database: Database) -> None:
    await put(database, "first")
    post = Post(database)
    post.platform.failures = [TryLater("busy", timedelta(seconds=30)), TryLater("busy", timedelta(seconds=30))]
    for text in ("second", "third", "fourth"):
        await post.drain()
        await put(database, text)
        post.clock.pass_by(timedelta(seconds=20))
    for _ in range(4):
        post.clock.pass_by(timedelta(seconds=40))
        await post.drain()
    assert post.texts == ["first", "second", "third", "fourth"]


async def test_either_cancelled_or_sent_never_both(database_url: str) -> None:
    """Two programs, each with its own connections, at the same moment; whoever comes first decides."""
    one, other = Database(database_url), Database(database_url)
    await upgrade(one)
    outcomes = set()
    for number in range(25):
        key = await put(one, f"message {number}")
        post = Post(one)

        async def cancel(key: str = key) -> bool:
            async with other.transaction() as tx:
                return await outbox.cancel(tx, key, "done meanwhile")

        cancelled, _ = await asyncio.gather(cancel(), post.drain())
        assert (post.texts == []) == cancelled
        outcomes.add(cancelled)
    assert sum((await states(one)).values()) == 25
    assert not {"sending", "waiting"} & set(await states(one))
    await one.dispose()
    await other.dispose()


async def test_what_waits_for_a_platform_that_is_off_is_seen_blocks_nothing_and_goes_when_it_is_on(
    database: Database,
) -> None:
    for number in range(WINDOW + 20):
        await put_on(database, "off", f"o{number % 3}", str(number))
    await put(database, "to the one that is on")
    post = Post(database)
    await post.drain()
    assert post.texts == ["to the one that is on"]
    async with database.reading() as tx:
        report = await make_report(tx, NOW + timedelta(hours=1))
        listed = await deliveries.find_waiting_longer(tx, NOW + timedelta(hours=1))
    assert report.waiting_long == WINDOW + 20
    assert {one.platform for one in listed} == {"off"}
    on = Post(database)
    on.worker = OutboxWorker(database, {"off": on.platform}, on.clock)
    await on.drain()
    for place in range(3):
        numbers = [int(m.card.summary) for m in on.platform.shown.values() if m.place.id == f"o{place}"]
        assert numbers == list(range(place, WINDOW + 20, 3))


async def test_one_event_delivered_to_two_replicas_at_once_is_one_turn(
    database_url: str, knowledge: Knowledge
) -> None:
    """What is accepted for later and what is handled at once; again and again, since a race is a matter of luck."""
    one, other = Database(database_url), Database(database_url)
    await upgrade(one)
    async with Dialog(one, knowledge, read) as here, Dialog(other, knowledge, read) as there:
        for number in range(10):
            event = Said(text="hoi", **here._about("anna")).model_copy(update={"key": f"said{number}"})
            told = Commanded(word="help", rest="", **here._about("anna")).model_copy(
                update={"key": f"told{number}"}
            )
            for twice in (event, told):
                await asyncio.gather(*(dialog.dispatcher.receive(twice) for dialog in (here, there, here, there)))
        await asyncio.gather(here.accepted.finish(), there.accepted.finish())
        await here.settle()
    assert sum((await states(one)).values()) == 20
    await one.dispose()
    await other.dispose()


async def put_on(database: Database, platform: str, where: str, text: str = "x") -> None:
    place = Place(platform=platform, tenant="", id=where, kind="channel")
    async with database.transaction() as tx:
        await outbox.add(
            tx,
            key=outbox.new_key(),
            kind="answer",
            place=place.model_dump(mode="json"),
            place_key=place.key,
            card=Card.of_words(text).model_dump(mode="json"),
            due_at=NOW,
        )
