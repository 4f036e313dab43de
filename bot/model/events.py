"""What happened, in the club's own words: every platform's requests are parsed to one of these events."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, field_serializer, field_validator

from bot.model.cards import FormValues, Value
from knowledge.content import Language


def _storable(value: object) -> object:
    """No database keeps a zero byte or half a surrogate pair; no keyboard types them."""
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else value


def _read_day(value: object) -> object:
    return date.fromisoformat(str(value[_DAY])) if isinstance(value, dict) and set(value) == {_DAY} else value


_DAY = "day"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
Typed = Annotated[str, BeforeValidator(_storable)]


class Account(Value):
    """Someone as one platform knows them. One Person can have several accounts, tied by e-mail."""

    platform: str
    tenant: str
    """Slack's team id, Teams' tenant id, or "" where there is one only."""
    user: str


class Place(Value):
    """Where a message can be posted.

    direct: one person and the bot; channel: with threads; group: a chat of several people without threads.
    """

    platform: str
    tenant: str
    id: str
    """The platform's own id of the chat or channel. For a direct place that is not known yet: ""."""
    kind: Literal["direct", "channel", "group"]
    thread: str | None = None
    """Id of the message that starts the thread to answer in."""
    user: str | None = None
    """For a direct place: whose."""

    @property
    def key(self) -> str:
        """One text for the place and thread; deliveries to one key keep their order."""
        where = self.id or f"@{self.user}"
        return "/".join((self.platform, self.tenant, where, self.thread or ""))


class MessageRef(Value):
    """A message of ours that can be replaced."""

    place: Place
    id: str


class Person(Value):
    """Somebody, whatever platforms they use."""

    id: str
    name: str
    email: str | None = None
    language: Language | None = None
    """Chosen by the person; None: Dutch, unless they write English."""
    time_zone: str | None = None


HOUSE = Account(platform="house", tenant="", user="clock")
"""Whoever rings the clock: no person. An event of it has no place to answer."""
NOWHERE = Place(platform="house", tenant="", id="", kind="direct")
NOBODY = Person(id="", name="")


class _Event(Value):
    key: str = Field(min_length=1, max_length=400)
    """Names one delivery; the same key twice is the same event delivered twice."""
    account: Account
    place: Place
    """Where an answer goes."""
    at: datetime


class Said(_Event):
    """Words typed to the bot; a mention of the bot has been taken out."""

    kind: Literal["said"] = "said"
    text: Typed = Field(max_length=40_000)


class Commanded(_Event):
    """`/promptclub <word> <rest>`, `/magdit <rest>` (word "magdit"), or a shortcut with a command's name."""

    kind: Literal["commanded"] = "commanded"
    word: Typed = Field(max_length=100)
    rest: Typed = Field(default="", max_length=40_000)


class Pressed(_Event):
    kind: Literal["pressed"] = "pressed"
    action: str = Field(max_length=4_000)
    message: MessageRef | None = None


class Submitted(_Event):
    kind: Literal["submitted"] = "submitted"
    action: str = Field(max_length=4_000)
    values: FormValues
    message: MessageRef | None = None

    @field_validator("values", mode="before")
    @classmethod
    def _values_are_storable(cls, values: object) -> object:
        return (
            {id: _storable(_read_day(value)) for id, value in values.items()}
            if isinstance(values, dict)
            else values
        )

    @field_serializer("values", when_used="json")
    def _mark_days(self, values: FormValues) -> dict[str, object]:
        """JSON has no days: one is marked, so that it comes back as a day and not as text."""
        return {id: {_DAY: value.isoformat()} if isinstance(value, date) else value for id, value in values.items()}


class Opened(_Event):
    """The bot's home (Slack App Home, Teams personal tab, the web side bar) was opened."""

    kind: Literal["opened"] = "opened"


class Joined(_Event):
    """The bot was installed for a person or added to a channel: time to say hello once."""

    kind: Literal["joined"] = "joined"


class Edited(_Event):
    """Somebody changed words they had said; `said` is the platform's id of that message."""

    kind: Literal["edited"] = "edited"
    said: str
    text: Typed = Field(max_length=40_000)


class Due(_Event):
    """Something planned with `turn.later` has come due."""

    kind: Literal["due"] = "due"
    action: str = Field(max_length=4_000)


Event = Said | Commanded | Pressed | Submitted | Opened | Joined | Edited | Due

event_adapter: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
"""Reads and writes any event as JSON."""
