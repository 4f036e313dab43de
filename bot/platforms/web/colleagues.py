"""Who works and where they talk in the local web workspace: the fictional people and channels of people.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints

from bot.model.cards import Value
from bot.model.events import Account, Place
from knowledge.content import Language

NAME = "web"
BOT = "Prompt Club"
_FILE = Path(__file__).parent / "people.yaml"
_DIRECT = "dm:"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Colleague(Value):
    id: Id
    name: str
    email: str
    title: Mapping[Language, str]
    time_zone: str
    roles: tuple[str, ...] = ()
    """Ids of the starter's diploma.yaml; what the demo gives them."""
    colour: int = 0
    """Which of the avatars' colours; by the order in the file."""

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][0] + words[-1][0]).upper()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def account(self) -> Account:
        return Account(platform=NAME, tenant="", user=self.id)

    @property
    def direct(self) -> str:
        """The id of this person's one-to-one chat with Prompt Club."""
        return _DIRECT + self.id


class Channel(Value):
    id: Id
    topic: Mapping[Language, str]


class Workspace(Value):
    organisation: str
    colleagues: Annotated[tuple[Colleague, ...], Field(min_length=1)]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]

    def find_colleague(self, id: str | None) -> Colleague | None:
        return next((colleague for colleague in self.colleagues if colleague.id == id), None)

    def find_account(self, email: str) -> Account | None:
        wanted = email.strip().lower()
        return next((each.account for each in self.colleagues if each.email.lower() == wanted), None)

    def find_channel(self, id: str) -> Channel | None:
        return next((channel for channel in self.channels if channel.id == id), None)

    def places_of(self, colleague: Colleague) -> tuple[str, ...]:
        """Every chat this person may see, the one with Prompt Club first."""
        return (colleague.direct, *(channel.id for channel in self.channels))

    def find_place(self, place: Place) -> str | None:
        """Where a message for this place belongs; None where the workspace has no such chat."""
        if place.kind == "direct":
            colleague = self.find_colleague(place.user or place.id.removeprefix(_DIRECT))
            return colleague.direct if colleague else None
        return place.id if self.find_channel(place.id) else None


def place_for(id: str, colleague: Colleague, thread: int | None) -> Place:
    """The neutral place of a chat as this person sees it."""
    if id == colleague.direct:
        return Place(platform=NAME, tenant="", id=id, kind="direct", user=colleague.id)
    return Place(platform=NAME, tenant="", id=id, kind="channel", thread=None if thread is None else str(thread))


@cache
def load_workspace() -> Workspace:
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for number, colleague in enumerate(told["colleagues"]):
        colleague["colour"] = number % 8
    return Workspace.model_validate(told)
