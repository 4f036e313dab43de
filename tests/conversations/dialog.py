"""A dialog: what people say and press, and what comes back, over the real dispatcher and a real database.

The platform here is plain on purpose: it keeps what it was sent. What is read is either given by the test or read
by the real reader.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.accepted import AcceptedEvents
from bot.conversations import build_conversations
from bot.delivery import OutboxWorker, Outgoing
from bot.desk import Desk
from bot.dispatcher import Dispatcher
from bot.model.cards import Button, Buttons, Card, Form, FormValues
from bot.model.effects import Effect, FormErrors, OpenForm, Refusal, ShowHome
from bot.model.events import (
    Account,
    Commanded,
    Event,
    Joined,
    MessageRef,
    Opened,
    Place,
    Pressed,
    Said,
    Submitted,
)
from bot.routing import Router
from knowledge.answers import Reading
from knowledge.content import Knowledge
from storage.database import Database
from storage.people import Profile


class PlainPlatform:
    """Keeps what it was sent; an answer that replaces another takes its place."""

    name = "plain"

    def __init__(self) -> None:
        self.shown: dict[str, Outgoing] = {}
        self.failures: list[Exception] = []
        self.sends = 0
        self._ids = itertools.count(1)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> str | None:
        self.sends += 1
        if self.failures:
            raise self.failures.pop(0)
        id = message.replaces or f"m{next(self._ids)}"
        self.shown[id] = message
        return id

    async def find_sent(self, message: Outgoing) -> str | None:
        return next((id for id, shown in self.shown.items() if shown.key == message.key), None)

    async def find_profile(self, account: Account) -> Profile | None:
        return Profile(name=account.user.title(), email=f"{account.user}@example.com")


@dataclass
class TestClock:
    """Time that moves only when told."""

    __test__ = False
    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


class Dialog:
    """`async with` it; then people `say`, `press` and `submit`, and `messages` is what stands in a chat."""

    def __init__(
        self,
        database: Database,
        knowledge: Knowledge,
        read: Callable[[str], Awaitable[Reading]],
        *,
        lab: Place | None = None,
        admins: tuple[str, ...] = (),
    ) -> None:
        self.database = database
        self.clock = TestClock()
        self.platform = PlainPlatform()
        self.strangers: list[Event] = []
        self.desk = Desk(knowledge=lambda: knowledge, read=read, lab=lab, admins=admins)
        self.desk.conversations.extend(build_conversations(self.desk))
        self.accepted = AcceptedEvents(database, self.clock)
        self.outbox = OutboxWorker(database, {"plain": self.platform}, self.clock)
        self.dispatcher = Dispatcher(
            database,
            Router(self.desk.conversations),
            self.clock,
            on_accepted=self.accepted.notice,
            on_commit=lambda: None,
            on_stranger=self.strangers.append,
        )
        self._keys = itertools.count(1)
        self.last_event: Event | None = None
        self.effect: Effect | None = None

    async def __aenter__(self) -> Dialog:
        await self.accepted.start(self.dispatcher)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.accepted.stop()

    # ------------------------------------------------------------ what people do

    async def say(self, person: str, text: str, place: Place | None = None) -> Card:
        """The answer's card."""
        return await self._answered(Said(text=text, **self._about(person, place)))

    async def command(self, person: str, word: str, rest: str = "") -> Effect:
        return await self.happen(Commanded(word=word, rest=rest, **self._about(person)))

    async def join(self, person: str, place: Place | None = None) -> Effect:
        return await self.happen(Joined(**self._about(person, place)))

    async def open_home(self, person: str) -> Card:
        effect = await self.happen(Opened(**self._about(person)))
        assert isinstance(effect, ShowHome)
        return effect.card

    async def press(self, person: str, label: str) -> Effect:
        """Press the newest button with this label."""
        id, message = next(
            (id, shown)
            for id, shown in reversed(self.platform.shown.items())
            if any(button.label == label for button in buttons_of(shown.card))
        )
        button = next(button for button in buttons_of(message.card) if button.label == label)
        return await self.press_raw(person, button.action, MessageRef(place=message.place, id=id))

    async def press_raw(self, person: str, action: str, message: MessageRef | None = None) -> Effect:
        place = message.place if message else None
        return await self.happen(Pressed(action=action, message=message, **self._about(person, place)))

    async def submit(self, person: str, values: FormValues) -> Effect:
        """Fill in the form that the last effect opened."""
        assert isinstance(self.effect, OpenForm | FormErrors)
        action = self.effect.form.action
        return await self.happen(Submitted(action=action, values=values, **self._about(person)))

    async def happen(self, event: Event) -> Effect:
        """One event, whole: received, handled if it was accepted, and delivered."""
        self.last_event = event
        self.effect = await self.dispatcher.receive(event)
        await self.settle()
        return self.effect

    async def settle(self) -> None:
        """Handle all that was accepted and send all that waits now."""
        await self.accepted.finish()
        while claimed := await self.outbox.claim():
            for message in claimed:
                await self.outbox.deliver(message)

    # ------------------------------------------------------------ what they see

    def messages(self, place: Place | None = None) -> list[Card]:
        return [m.card for m in self.platform.shown.values() if place is None or m.place.key == place.key]

    @property
    def last(self) -> Card:
        return self.messages()[-1]

    @property
    def form(self) -> Form:
        assert isinstance(self.effect, OpenForm | FormErrors)
        return self.effect.form

    @property
    def refusal(self) -> str:
        assert isinstance(self.effect, Refusal)
        return self.effect.words

    def _about(self, person: str, place: Place | None = None) -> dict[str, object]:
        return {
            "key": f"e{next(self._keys)}",
            "account": account_of(person),
            "place": place or direct(person),
            "at": self.clock(),
        }

    async def _answered(self, event: Event) -> Card:
        before = len(self.platform.shown)
        await self.happen(event)
        assert len(self.platform.shown) > before, "nothing came back"
        return self.last


def account_of(person: str) -> Account:
    return Account(platform="plain", tenant="", user=person)


def direct(person: str) -> Place:
    return Place(platform="plain", tenant="", id=f"dm-{person}", kind="direct", user=person)


def channel(name: str, thread: str | None = None) -> Place:
    return Place(platform="plain", tenant="", id=name, kind="channel", thread=thread)


def buttons_of(card: Card) -> list[Button]:
    return [b for element in card.elements if isinstance(element, Buttons) for b in element.buttons]


def text_of(card: Card) -> str:
    """Everything readable on the card."""
    lines: list[str] = []
    for element in card.elements:
        match element.kind:
            case "text":
                lines.append(element.text)
            case "bullets":
                lines += [f"- {item}" for item in element.items]
            case "facts":
                lines += [f"{fact.label}: {fact.value}" for fact in element.facts]
            case "picture":
                lines.append(element.alt)
            case "buttons":
                lines.append(" ".join(f"[{button.label}]" for button in element.buttons))
            case "link":
                lines.append(f"{element.label} {element.url}")
    return "\n".join(lines)
