"""Who is about to reach many people is asked once more, with the number; nothing goes out before the yes."""

from __future__ import annotations

import itertools
from datetime import date

from bot.conversation import Conversation, Turn
from bot.delivery import OutboxWorker, Outgoing
from bot.dispatcher import Dispatcher
from bot.model.actions import Action
from bot.model.cards import Card
from bot.model.effects import Effect, Nothing, Refusal
from bot.model.events import Account, Event, MessageRef, Place, Pressed, Submitted
from bot.routing import Router
from storage.database import Database
from tests.conversations.dialog import PlainPlatform, TestClock, buttons_of, direct


class Start(Action, name="rounds.start"):
    people: int


class Rounds:
    """A house where a form sends something to a number of channels."""

    def __init__(self, database: Database) -> None:
        self.now = TestClock()
        self.platform = PlainPlatform()
        self.days: list[object] = []
        self.asked: dict[str, Outgoing] = {}
        """Cards as they were first shown: an old button can still be pressed."""
        self._keys = itertools.count()
        conversation = Conversation("rounds")
        conversation.on_form(Start, self._start)
        self.outbox = OutboxWorker(database, {"plain": self.platform}, self.now)
        self.dispatcher = Dispatcher(
            database,
            Router([conversation]),
            self.now,
            on_accepted=lambda _: None,
            on_commit=lambda: None,
            on_stranger=lambda _: None,
            ask_above=3,
        )

    async def _start(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, Start)
        self.days.append(event.values["day"])
        turn.say(Card.of_words("started"))
        for number in range(turn.action.people):
            place = Place(platform="plain", tenant="", id=f"p{number}", kind="channel")
            turn.post(place, Card.of_words("please answer"))

    async def submit(self, people: int) -> Effect:
        action = Start(people=people).pack()
        about = {
            "key": f"e{next(self._keys)}",
            "account": account("lead"),
            "place": direct("lead"),
            "at": self.now(),
        }
        return await self._happen(Submitted(action=action, values={"day": date(2026, 12, 1)}, **about))  # type: ignore[arg-type]

    async def press(self, label: str, who: str = "lead") -> Effect:
        id, message = next(
            (id, shown)
            for id, shown in self.asked.items()
            if any(button.label.startswith(label) for button in buttons_of(shown.card))
        )
        action = next(b.action for b in buttons_of(message.card) if b.label.startswith(label))
        event = Pressed(
            key=f"e{next(self._keys)}",
            account=account(who),
            place=direct(who),
            at=self.now(),
            action=action,
            message=MessageRef(place=message.place, id=id),
        )
        return await self._happen(event)

    async def _happen(self, event: Event) -> Effect:
        effect = await self.dispatcher.receive(event)
        while claimed := await self.outbox.claim():
            for message in claimed:
                await self.outbox.deliver(message)
        for id, shown in self.platform.shown.items():
            self.asked.setdefault(id, shown)
        return effect

    @property
    def texts(self) -> list[str]:
        return [message.card.summary for message in self.platform.shown.values()]


def account(user: str) -> Account:
    return Account(platform="plain", tenant="", user=user)


async def test_a_few_people_need_no_second_question(database: Database) -> None:
    house = Rounds(database)
    await house.submit(3)
    assert sorted(house.texts) == ["please answer"] * 3 + ["started"]


async def test_many_are_asked_about_once_more_and_then_it_goes(database: Database) -> None:
    house = Rounds(database)
    await house.submit(4)
    assert house.texts == ["Dit gaat naar 4 mensen. Zeker weten?"]
    assert await house.press("Ja") == Nothing()
    assert sorted(house.texts) == ["Het gaat nu naar 4 mensen.", *["please answer"] * 4, "started"]
    assert house.days == [date(2026, 12, 1)] * 2, "a day comes back as a day"


async def test_no_sends_nothing_and_yes_afterwards_neither(database: Database) -> None:
    house = Rounds(database)
    await house.submit(4)
    await house.press("Nee")
    assert house.texts == ["Goed, er is niets verstuurd."]
    assert isinstance(await house.press("Ja"), Refusal)
    assert len(house.texts) == 1


async def test_yes_twice_sends_once(database: Database) -> None:
    house = Rounds(database)
    await house.submit(4)
    await house.press("Ja")
    assert isinstance(await house.press("Ja"), Refusal)
    assert house.texts.count("please answer") == 4


async def test_nobody_else_can_say_yes(database: Database) -> None:
    house = Rounds(database)
    await house.submit(4)
    assert isinstance(await house.press("Ja", who="somebody-else"), Refusal)
    assert house.texts == ["Dit gaat naar 4 mensen. Zeker weten?"]
