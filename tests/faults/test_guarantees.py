"""The outbox under attack: senders that were taken for dead, clocks that jump, platforms that hang or are gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.delivery import NeverWill, OutboxWorker, Outgoing, TryLater
from storage.database import Database
from tests.conversations.dialog import PlainPlatform
from tests.storage.test_outbox import Post, put, states


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
