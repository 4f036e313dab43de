"""A Conversation says which events it answers and how, and what it adds to the others'.

A handler fills its Turn (bot.turn); nothing else leaves a conversation.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.model.actions import Action
from bot.model.cards import Element
from bot.rhythm import Rhythm
from bot.texts import Words
from bot.turn import Message, Planned, Refused, Turn
from knowledge.answers import Judgement
from knowledge.diploma import Permission

__all__ = [
    "AddToAnswer",
    "AddToClosed",
    "AddToSurvey",
    "Agreement",
    "Answered",
    "ClosedTicket",
    "Command",
    "Conversation",
    "DigestLine",
    "DigestSection",
    "DigestSpan",
    "DrawNudge",
    "FindRhythms",
    "Handed",
    "Handover",
    "Message",
    "NudgeItem",
    "Planned",
    "Refused",
    "Route",
    "Surveyed",
    "TakeAgreement",
    "TakeHandover",
    "Turn",
]

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
class Handover:
    """Something that waits for a person of the AI Lab."""

    question_id: str
    text: str
    """Masked, in the asker's own words."""
    note: str = ""
    """Masked; what they added."""
    anonymous: bool = False
    """Nobody may learn who asked: not the Lab, and not from the tables."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What to tell who handed something over."""

    first: bool
    """False: it lies with the Lab already."""
    answer_by: datetime | None = None
    """When the Lab means to have answered; None: no moment can be named."""


TakeHandover = Callable[[Turn, Handover], Awaitable[Handed]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody just heard, for conversations that have something to add to it."""

    moment: Literal["answer", "handover", "rated"]
    """answer: a verdict; handover: nothing that answers it; rated: they said whether the answer was right."""
    question_id: str
    judgement: Judgement | None = None
    tool_words: str | None = None
    """The tool as the person wrote it."""


AddToAnswer = Callable[[Turn, Answered], Awaitable[Sequence[Element]]]


@dataclass(frozen=True, slots=True)
class ClosedTicket:
    """What a person of the AI Lab has just answered and closed; nothing in it is about who asked."""

    id: str
    question: str
    """Masked, in the asker's own words."""
    answer: str
    """Masked, in the Lab's."""
    nearest: tuple[str, ...] = ()
    """Ids of the rows that come closest, the closest first; a row may be gone by now."""
    data: tuple[str, ...] = ()
    """Ids of the data classes that were named."""
    tools: tuple[str, ...] = ()
    """Ids of the tools that were named; `?` for one that is not in the register."""


AddToClosed = Callable[[Turn, ClosedTicket], Awaitable[Sequence[Element]]]
"""For `turn.person`, who closed it and holds the right `triage`."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What came out of a survey, for conversations that offer to do something with it."""

    for_lead: bool
    """On the card for who started it; else on the card for everybody who was asked."""
    mistakes: bool = False
    """Some of them told of a mistake; nobody knows who."""
    tools: tuple[str, ...] = ()
    """Masked; names that are not in the register."""


AddToSurvey = Callable[[Words, Surveyed], Sequence[Element]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a team wants everybody to agree on."""

    kind: Literal["philosophy", "principle"]
    texts: Mapping[str, str]
    """Masked; by language."""
    why: str


TakeAgreement = Callable[[Turn, Agreement], Awaitable[bool]]
"""As a proposal of `turn.person`; False where it is agreed on already."""


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
    needs: Permission | None = None
    """Who may not do this does not find it in the help; the handler itself says no."""


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
        self.agreed: list[Action] = []
        self.take_handover: TakeHandover | None = None
        self.add_to_answer: AddToAnswer | None = None
        self.add_to_closed: AddToClosed | None = None
        self.add_to_survey: AddToSurvey | None = None
        self.take_agreement: TakeAgreement | None = None

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
        needs: Permission | None = None,
        prepare: Prepare | None = None,
    ) -> None:
        """`/promptclub <word> ...`. With `prepare`, one that brings text is accepted first and handled after."""
        route = Route(self.name, handler, prepare)
        self.commands.append(Command(word, help_key, route, tuple(aliases), tuple(phrases), needs))

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

    def on_agreed(self, action: Action) -> None:
        """`action` comes back as a Due event of the house, once, each time other agreements are in force and are
        read by."""
        self._own(type(action))
        self.agreed.append(action)

    def on_digest(self, section: DigestSection) -> None:
        """A part of the weekly post that this conversation fills, most important line first."""
        self.digest_sections.append(section)

    def on_handover(self, take: TakeHandover) -> None:
        """One conversation brings what waits to the people of the AI Lab."""
        self.take_handover = take

    def on_answer(self, add: AddToAnswer) -> None:
        """Lines and buttons of this conversation below what "mag dit?" answered: few, and left out where they do
        not fit."""
        self.add_to_answer = add

    def on_closed(self, add: AddToClosed) -> None:
        """Lines and buttons of this conversation for whoever closed a ticket with an answer: what could become of
        it."""
        self.add_to_closed = add

    def on_survey(self, add: AddToSurvey) -> None:
        """Lines and buttons of this conversation below what came out of a survey."""
        self.add_to_survey = add

    def on_agreement(self, take: TakeAgreement) -> None:
        """One conversation brings what a team proposes to who adopts it."""
        self.take_agreement = take
