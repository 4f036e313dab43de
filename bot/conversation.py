"""A Conversation says which events it answers and how; a Turn is what it does with one of them.

A handler has no client and cannot send. It fills its Turn, and what it decided is written in the same transaction
as what it stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.model.actions import Action
from bot.model.cards import Card, Element, Form
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.model.events import Event, MessageRef, Person, Place, Pressed, Submitted
from bot.rhythm import Rhythm
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


Handler = Callable[[Any, Turn], Awaitable[None]]
Prepare = Callable[[Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class NudgeItem:
    """One reminder, as a part of the one message a person gets that day."""

    summary: str
    elements: tuple[Element, ...]


DrawNudge = Callable[[Any, Turn], Awaitable[NudgeItem | None]]
"""From the nudge's action, for `turn.person`; None: it is no longer wanted."""
FindRhythms = Callable[[], Iterable[Rhythm]]


@dataclass(frozen=True, slots=True)
class DigestSpan:
    """What a weekly post tells of: what happened in this time, for the people of this channel."""

    channel: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the weekly post, in `turn.words`. Nothing in it is about one person who did not agree to it, and
    no number is of fewer than three people."""

    ref: str
    """What it is about, within its section: the id of a case."""
    text: str


FindDigestLines = Callable[[Turn, DigestSpan], Awaitable[Sequence[DigestLine]]]


@dataclass(frozen=True, slots=True)
class DigestSection:
    """A part of the weekly post; left out in a week without lines."""

    name: str
    """Kept with its lines: never changed."""
    heading: str
    """The key of its text."""
    rank: int
    """Its place in the post; the highest ranks go first where room is short. The digest's own are 10 to 40."""
    find: FindDigestLines


@dataclass(frozen=True, slots=True)
class Route:
    """Where an event goes. With `prepare` it is accepted first and handled soon after, outside the request."""

    conversation: str
    handler: Handler
    prepare: Prepare | None = None
    form: bool = False
    """Answers a submitted form, and no press that carries a form's action."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word after /promptclub; `help_key` names its line in the help text."""

    word: str
    help_key: str
    route: Route
    aliases: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    """Patterns of whole messages that mean this command; a group `rest` is what comes after the word."""


class Conversation:
    """One folder under bot/conversations registers its handlers on one of these in `build(desk)`.

    Words that no command claims go to the one conversation that has `on_said`.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.commands: list[Command] = []
        self.actions: dict[str, Route] = {}
        self.events: dict[str, Route] = {}
        self.nudges: dict[str, DrawNudge] = {}
        self.rhythms: list[FindRhythms] = []
        self.digest_sections: list[DigestSection] = []

    def on_said(self, handler: Handler, *, prepare: Prepare | None = None) -> None:
        self.events["said"] = Route(self.name, handler, prepare)

    def on_edited(self, handler: Handler, *, prepare: Prepare | None = None) -> None:
        self.events["edited"] = Route(self.name, handler, prepare)

    def on_opened(self, handler: Handler) -> None:
        self.events["opened"] = Route(self.name, handler)

    def on_joined(self, handler: Handler) -> None:
        self.events["joined"] = Route(self.name, handler)

    def on_command(
        self,
        word: str,
        handler: Handler,
        *,
        help_key: str,
        aliases: Iterable[str] = (),
        phrases: Iterable[str] = (),
        prepare: Prepare | None = None,
    ) -> None:
        """`/promptclub <word> ...`. With `prepare`, one that brings text is accepted first and handled after."""
        route = Route(self.name, handler, prepare)
        self.commands.append(Command(word, help_key, route, tuple(aliases), tuple(phrases)))

    def on_action(self, action: type[Action], handler: Handler, *, prepare: Prepare | None = None) -> None:
        """A press or a due moment with this action."""
        self._add_action(action, Route(self.name, handler, prepare))

    def on_form(self, action: type[Action], handler: Handler, *, prepare: Prepare | None = None) -> None:
        """A submitted form with this action."""
        self._add_action(action, Route(self.name, handler, prepare, form=True))

    def _add_action(self, action: type[Action], route: Route) -> None:
        self._own(action)
        self.actions[action.name] = route

    def _own(self, action: type[Action]) -> None:
        if action.name.partition(".")[0] != self.name:
            raise ValueError(f"{action.name} is not an action of {self.name}")

    def on_nudge(self, action: type[Action], draw: DrawNudge) -> None:
        """How a nudge planned with this action (storage.nudges.plan) is drawn, when it falls due."""
        self._own(action)
        self.nudges[action.name] = draw

    def on_rhythm(self, find_rhythms: FindRhythms) -> None:
        """Regular things, found anew at every ring, since settings and knowledge change while we run.

        Each rhythm's action comes back as a Due event; register it with `on_action`.
        """
        self.rhythms.append(find_rhythms)

    def on_digest(self, section: DigestSection) -> None:
        """A part of the weekly post that this conversation fills, most important line first."""
        self.digest_sections.append(section)
