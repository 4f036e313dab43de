"""Which conversation answers an event: commands by word, buttons and forms by action, all other words to one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from bot.conversation import Command, Conversation, DrawNudge, FindRhythms, Route
from bot.model.actions import Action, UnknownAction, unpack
from bot.model.events import Commanded, Due, Event, Pressed, Said, Submitted
from bot.rhythm import Rhythm

_TYPED_COMMAND = re.compile(r"\s*/(promptclub|magdit)\b\s*(\S*)\s*(.*)", re.DOTALL | re.IGNORECASE)
HELP = "help"
_LONGEST_PHRASE = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Routed:
    event: Event
    route: Route | None
    """None: nobody answers this; an old button, or an event no conversation listens to."""
    action: Action | None = None

    @property
    def comes_later(self) -> bool:
        """Accepted now and handled after the request: its handler reads what was said."""
        if self.route is None or self.route.prepare is None:
            return False
        return not (isinstance(self.event, Commanded) and not self.event.rest.strip())


class Router:
    """Built once from all conversations; a word or action claimed twice is refused at start."""

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, Route] = {}
        self._events: dict[str, Route] = {}
        self._phrases: list[tuple[re.Pattern[str], Command]] = []
        self._nudges: dict[str, DrawNudge] = {}
        self._rhythms: list[FindRhythms] = []
        for conversation in conversations:
            self._nudges.update(conversation.nudges)
            self._rhythms += conversation.rhythms
            for command in conversation.commands:
                for word in (command.word, *command.aliases):
                    _claim(self._commands, word, command, conversation)
                for phrase in command.phrases:
                    self._phrases.append((re.compile(phrase, re.IGNORECASE), command))
            for name, route in conversation.actions.items():
                _claim(self._actions, name, route, conversation)
            for kind, route in conversation.events.items():
                _claim(self._events, kind, route, conversation)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Each once, in the order of their words."""
        return tuple(sorted({id(c): c for c in self._commands.values()}.values(), key=lambda c: c.word))

    def find_rhythms(self) -> list[Rhythm]:
        """All regular things of all conversations, as settings and knowledge have them now."""
        return [rhythm for find in self._rhythms for rhythm in find()]

    def find_nudge(self, action: Action) -> DrawNudge | None:
        return self._nudges.get(action.name)

    def find_route(self, event: Event) -> Routed:
        match event:
            case Said():
                return self._said(event)
            case Commanded():
                return self._commanded(event)
            case Pressed(action=packed) | Submitted(action=packed) | Due(action=packed):
                return self._acted(event, packed)
            case _:
                return Routed(event, self._events.get(event.kind))

    def _said(self, event: Said) -> Routed:
        """Teams and the web have no slash commands of their own: there they are typed."""
        typed = _TYPED_COMMAND.fullmatch(event.text)
        if typed is not None:
            slash, word, rest = typed.groups()
            if slash.lower() == "magdit":
                word, rest = "magdit", f"{word} {rest}".strip()
            return self._commanded(_as_command(event, word or HELP, rest))
        command = self._commands.get(event.text.strip(" .!?").lower())
        if command is not None:
            return Routed(_as_command(event, command.word, ""), command.route)
        return self._meant(event) or Routed(event, self._events.get("said"))

    def _meant(self, event: Said) -> Routed | None:
        """A whole message that says in other words what a command does: ik ben met vakantie tot 3 januari."""
        said = event.text.strip(" .!\n")
        if len(said) > _LONGEST_PHRASE:
            return None
        for pattern, command in self._phrases:
            if found := pattern.fullmatch(said):
                rest = found.groupdict().get("rest") or ""
                return Routed(_as_command(event, command.word, rest), command.route)
        return None

    def _commanded(self, event: Commanded) -> Routed:
        command = self._commands.get(event.word.lower() or HELP)
        if command is not None:
            return Routed(event, command.route)
        # "/promptclub mag ik ..." is a question, not a mistake.
        said = Said(
            key=event.key,
            account=event.account,
            place=event.place,
            at=event.at,
            text=f"{event.word} {event.rest}".strip(),
        )
        return Routed(said, self._events.get("said"))

    def _acted(self, event: Event, packed: str) -> Routed:
        try:
            action = unpack(packed)
        except UnknownAction:
            return Routed(event, None)
        route = self._actions.get(action.name)
        if route is not None and route.form is not isinstance(event, Submitted):
            route = None  # forged: our buttons carry no form's action, nor our forms a button's
        return Routed(event, route, action)


def _as_command(event: Said, word: str, rest: str) -> Commanded:
    return Commanded(
        key=event.key,
        account=event.account,
        place=event.place,
        at=event.at,
        word=word[:100],
        rest=rest,
    )


def _claim(claimed: dict[str, T], word: str, value: T, conversation: Conversation) -> None:
    if word in claimed:
        raise ValueError(f"{conversation.name}: {word!r} is taken by another conversation already")
    claimed[word] = value
