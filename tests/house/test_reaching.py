"""Somebody known by e-mail only is found on a chat platform, reached once, and known there from then on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.conversation import Message
from bot.delivery import NeverWill, OutboxWorker, TryLater
from bot.model.cards import Card
from bot.model.events import Account
from bot.reaching import ByEmail
from bot.writing import write_message
from storage import outbox, people
from storage.database import Database
from storage.people import Profile
from storage.tables.people import PersonRow
from tests.conversations.dialog import PlainPlatform, TestClock

ANNA = "anna@voorbeeld.example"


class Directory(PlainPlatform):
    """Knows some people by their address."""

    def __init__(self, *known: str) -> None:
        super().__init__()
        self.known = known
        self.asked = 0
        self.trouble: list[Exception] = []

    async def find_account_by_email(self, email: str) -> Account | None:
        self.asked += 1
        if self.trouble:
            raise self.trouble.pop(0)
        return Account(platform="plain", tenant="", user=email.partition("@")[0]) if email in self.known else None

    async def find_profile(self, account: Account) -> Profile | None:
        return Profile(name="Anna de Vries", email="somebody.else@voorbeeld.example", time_zone="Europe/Lisbon")


class House:
    def __init__(self, database: Database, platform: Directory) -> None:
        self.database, self.platform, self.clock = database, platform, TestClock()
        finder = ByEmail(database, {"plain": platform}, self.clock)
        self.worker = OutboxWorker(database, {"plain": platform, finder.name: finder}, self.clock)

    async def tell(self, text: str, email: str | None = ANNA) -> None:
        """A message to somebody of the register, as a turn writes it."""
        async with self.database.transaction() as tx:
            person = await people.find_by_email(tx, ANNA) if email else None
            message = Message(outbox.new_key(), Card.of_words(text), None, person.id if person else "p1", "nudge")
            await write_message(tx, message, self.clock())

    async def deliver(self) -> dict[str, int]:
        while claimed := await self.worker.claim():
            await asyncio.gather(*(self.worker.deliver(message) for message in claimed))
        async with self.database.reading() as tx:
            return await outbox.count_by_state(tx)


async def register(database: Database, email: str | None) -> None:
    async with database.transaction() as tx:
        now = datetime(2026, 11, 1, tzinfo=UTC)
        await tx.execute(insert(PersonRow).values(id="p1", name="Anna", email=email, created_at=now))


async def test_a_message_finds_its_way_and_the_next_one_needs_no_search(database: Database) -> None:
    await register(database, ANNA)
    house = House(database, Directory(ANNA))
    await house.tell("first")
    await house.tell("second")
    assert await house.deliver() == {"sent": 2}
    assert {shown.place.user for shown in house.platform.shown.values()} == {"anna"}
    await house.tell("third")
    assert await house.deliver() == {"sent": 3}
    assert house.platform.asked == 1
    async with database.reading() as tx:
        known = await people.find_person(tx, "plain", "", "anna")
    assert known is not None
    assert (known.id, known.email, known.time_zone) == ("p1", ANNA, "Europe/Lisbon"), (
        "theirs, by the address we had"
    )


async def test_nobody_with_that_address_is_reported(database: Database) -> None:
    await register(database, ANNA)
    house = House(database, Directory())
    await house.tell("x")
    assert await house.deliver() == {"failed": 1}


@pytest.mark.parametrize("trouble", [NeverWill("the right is missing"), TryLater("down")])
async def test_a_platform_that_does_not_tell(database: Database, trouble: Exception) -> None:
    await register(database, ANNA)
    house = House(database, Directory(ANNA))
    house.platform.trouble = [trouble]
    await house.tell("x")
    assert await house.deliver() == ({"waiting": 1} if isinstance(trouble, TryLater) else {"failed": 1})


async def test_without_an_address_it_is_reported_at_once(database: Database) -> None:
    await register(database, None)
    house = House(database, Directory(ANNA))
    await house.tell("x", email=None)
    assert await house.deliver() == {"failed": 1}
