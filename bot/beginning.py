"""A turn begins: for somebody as the storage knows them, in the language they chose."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.conversation import Turn
from bot.model.actions import Action
from bot.model.events import Event, Person
from bot.texts import language_of
from storage.transaction import Transaction


class Known(Protocol):
    """Somebody as the storage knows them."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def time_zone(self) -> str | None: ...


def begin_turn(event: Event, known: Known, tx: Transaction, now: datetime, action: Action | None = None) -> Turn:
    """A turn for this person, in the language they chose."""
    language = language_of(known.language)
    person = Person(
        id=known.id,
        name=known.name,
        email=known.email,
        language=language if known.language else None,
        time_zone=known.time_zone,
    )
    return Turn(event, person, tx, now, language, action)
