"""A Turn is what a conversation does with one event: what it says, shows and plans, written in one transaction.

A handler has no client and cannot send. It fills its Turn, and what it decided is written in the same transaction
as what it stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.model.actions import Action
from bot.model.cards import Card, Form
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.model.events import Event, MessageRef, Person, Place, Pressed, Submitted
from bot.texts import WORDS, Words
from knowledge.content import Language
from storage.outbox import new_key
from storage.transaction import Transaction


class Refused(Exception):
    """A no, in words for the person; raised anywhere in a handler. Nothing of the turn is kept."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Message:
    """One message a turn decided on; `key` names it in the outbox."""

    key: str
    card: Card
    place: Place | None
    """None: wherever `to` last spoke."""
    to: str | None
    """Person id."""
    kind: str
    replaces: str | None = None
    good_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """An Action that comes back as a Due event; one key happens once."""

    key: str
    when: datetime
    action: Action


@dataclass(slots=True)
class Turn:
    """What one event leads to."""

    event: Event
    person: Person
    tx: Transaction
    now: datetime
    language: Language
    action: Action | None = None
    """What was pressed, submitted or has come due."""
    prepared: Any = None
    """What the handler's `prepare` found outside the transaction."""
    effect: Effect = field(default_factory=Nothing)
    messages: list[Message] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    def say(self, card: Card, *, kind: str = "answer") -> str:
        """Answer where the event came from; the outbox key."""
        return self._add(card, place=self.event.place, to=self.person.id, kind=kind)

    def tell(self, person_id: str, card: Card, *, kind: str = "notice", good_until: datetime | None = None) -> str:
        """A direct message to somebody, wherever they last spoke."""
        return self._add(card, place=None, to=person_id, kind=kind, good_until=good_until)

    def post(self, place: Place, card: Card, *, kind: str = "notice", good_until: datetime | None = None) -> str:
        return self._add(card, place=place, to=None, kind=kind, good_until=good_until)

    def replace(self, message: MessageRef, card: Card, *, kind: str = "answer") -> str:
        """The same message with another card; it keeps its place in the chat."""
        key = new_key()
        self.messages.append(Message(key, card, message.place, self.person.id, kind, replaces=message.id))
        return key

    def show(self, card: Card) -> str:
        """In place of the message whose button was pressed; where there is none, as an answer."""
        shown = self.pressed
        return self.say(card) if shown is None else self.replace(shown, card)

    @property
    def pressed(self) -> MessageRef | None:
        """The message this turn began with, if it is one of ours."""
        return self.event.message if isinstance(self.event, Pressed | Submitted) else None

    def _add(
        self, card: Card, *, place: Place | None, to: str | None, kind: str, good_until: datetime | None = None
    ) -> str:
        key = new_key()
        self.messages.append(Message(key, card, place, to, kind, good_until=good_until))
        return key

    def open(self, form: Form) -> None:
        self._set_effect(OpenForm(form))

    def form_errors(self, form: Form, errors: dict[str, str]) -> None:
        """Show the form again, with what was typed and a message by field id. Keep nothing else in this turn."""
        self._set_effect(FormErrors(form, errors))

    def show_home(self, card: Card) -> None:
        self._set_effect(ShowHome(card))

    def refuse(self, words: str) -> None:
        """A no that keeps what the turn stored; raise `Refused` to keep nothing."""
        self._set_effect(Refusal(words))

    def _set_effect(self, effect: Effect) -> None:
        if not isinstance(self.effect, Nothing):
            both = f"{type(self.effect).__name__} and now {type(effect).__name__}"
            raise RuntimeError(f"a turn hands back one effect: {both}")
        self.effect = effect

    def later(self, when: datetime, action: Action, *, key: str) -> None:
        """Plan `action` to come back as a Due event; planning the same key again changes nothing."""
        self.planned.append(Planned(key, when, action))
