"""What a turn hands straight back to the platform: at most one of these, while the request is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.cards import Card, Form


@dataclass(frozen=True, slots=True)
class Nothing:
    """Acknowledge; whatever there is to say comes through the outbox."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: Form


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The form again, with what was typed and a message by field id."""

    form: Form
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no, in words, for this person's eyes only."""

    words: str


@dataclass(frozen=True, slots=True)
class ShowHome:
    """What the bot's home shows this person."""

    card: Card


Effect = Nothing | OpenForm | FormErrors | Refusal | ShowHome
