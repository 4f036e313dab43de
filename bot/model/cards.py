"""Cards and forms as values: what to show, and nothing of how Slack, Teams or a browser draws it.

All text is plain: a renderer escapes it whole, so nothing a person typed can become markup. Sizes are checked
when a value is built, against the strictest platform (`bot.model.limits`).
"""

from __future__ import annotations

import base64
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic.functional_validators import BeforeValidator

from bot.model import limits
from bot.model.actions import Action


class Value(BaseModel):
    """A frozen value that knows its own limits."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _decode(value: object) -> object:
    return base64.b64decode(value) if isinstance(value, str) else value


Png = Annotated[
    bytes,
    BeforeValidator(_decode),
    PlainSerializer(lambda png: base64.b64encode(png).decode("ascii"), when_used="json"),
    Field(max_length=limits.PICTURE_BYTES),
]
Packed = Annotated[str, Field(max_length=limits.ACTION)]
"""What an Action packs to."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=limits.TEXT)]


class Text(Value):
    """A paragraph. Line breaks are kept.

    heading: the card's title; strong: a line that stands out; quiet: small print; quote: somebody's own words.
    """

    kind: Literal["text"] = "text"
    text: Words
    style: Literal["normal", "heading", "strong", "quiet", "quote"] = "normal"

    @model_validator(mode="after")
    def _heading_is_short(self) -> Self:
        if self.style == "heading" and len(self.text) > limits.HEADING:
            raise ValueError(f"a heading has at most {limits.HEADING} characters, this one {len(self.text)}")
        return self


class Bullets(Value):
    kind: Literal["bullets"] = "bullets"
    items: Annotated[tuple[Words, ...], Field(min_length=1, max_length=limits.BULLETS)]


class Fact(Value):
    label: Annotated[str, StringConstraints(min_length=1, max_length=limits.FACT_LABEL)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=limits.FACT_VALUE)]


class Facts(Value):
    """Short pairs, drawn as a small table."""

    kind: Literal["facts"] = "facts"
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=limits.FACTS)]


class Picture(Value):
    """A small PNG that always says in words what it shows."""

    kind: Literal["picture"] = "picture"
    png: Png
    alt: Annotated[str, StringConstraints(min_length=1, max_length=limits.PICTURE_ALT)]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}\.png$")] = "picture.png"


class Divider(Value):
    kind: Literal["divider"] = "divider"


class Link(Value):
    kind: Literal["link"] = "link"
    label: Annotated[str, StringConstraints(min_length=1, max_length=limits.BUTTON_LABEL)]
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"|]+$", max_length=limits.LINK_URL)]


class Button(Value):
    """A press comes back as `Pressed` with the packed action.

    opens_form: the handler answers with `turn.open(form)`; Teams must know that when it draws the card.
    """

    label: Annotated[str, StringConstraints(min_length=1, max_length=limits.BUTTON_LABEL)]
    action: Packed
    style: Literal["default", "primary", "danger"] = "default"
    opens_form: bool = False

    @classmethod
    def to(cls, action: Action, label: str, *, opens_form: bool = False, primary: bool = False) -> Self:
        """A button for an action; the label is shortened where it is too long."""
        return cls(
            label=shorten(label, limits.BUTTON_LABEL),
            action=action.pack(),
            style="primary" if primary else "default",
            opens_form=opens_form,
        )


class Buttons(Value):
    kind: Literal["buttons"] = "buttons"
    buttons: Annotated[tuple[Button, ...], Field(min_length=1, max_length=limits.BUTTONS)]


Element = Text | Bullets | Facts | Picture | Divider | Link | Buttons


_Size = tuple[int, int, int]
"""Of a card: its characters, its buttons, and the characters of their actions."""


class Card(Value):
    """One message. `summary` is what a notification or a screen reader says first."""

    summary: Annotated[str, StringConstraints(min_length=1, max_length=limits.SUMMARY)]
    elements: Annotated[
        tuple[Annotated[Element, Field(discriminator="kind")], ...],
        Field(min_length=1, max_length=limits.CARD_ELEMENTS),
    ]

    @model_validator(mode="after")
    def _fits_one_message(self) -> Self:
        self._size = _measure(self.elements)
        _check_size(self._size)
        return self

    _size: _Size = PrivateAttr(default=(0, 0, 0))
    _about: tuple[str, str] | None = PrivateAttr(default=None)
    _written: str | None = PrivateAttr(default=None)

    def about(self, known: str, other: str) -> Card:
        """The same card with `other` for `known` in its buttons' actions, once it is written or added to; both ids
        are as long, so it still fits. For cards that are drawn once and differ in nothing else.
        """
        if len(known) != len(other):
            raise ValueError(f"ids of different length: {len(known)} and {len(other)}")
        self._written = self._written or self.model_dump_json()  # once for all its copies
        copy = self.model_copy()
        copy._about = (known, other)
        return copy

    def write(self) -> str:
        """As JSON, about whatever it is about."""
        written = self._written or self.model_dump_json()
        return written.replace(*self._about) if self._about else written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Card) and self.write() == other.write()

    def __hash__(self) -> int:
        return hash(self.write())

    def with_more(self, *more: Element) -> Card:
        """The card with something below it; ValueError where that is too much for one message."""
        elements = (*self.elements, *more)
        if len(elements) > limits.CARD_ELEMENTS:
            raise ValueError(f"a card has at most {limits.CARD_ELEMENTS} elements, this one {len(elements)}")
        whole = self.model_copy(update={"elements": elements})  # every element was checked when it was made
        whole._written, whole._about = self._write_with(more), self._about
        ours, added = self._size, _measure(more)
        whole._size = (ours[0] + added[0], ours[1] + added[1], ours[2] + added[2])
        _check_size(whole._size)
        return whole

    def _write_with(self, more: tuple[Element, ...]) -> str | None:
        """The JSON of one with more elements, where the JSON of this one is known: elements come last in it."""
        if self._written is None:
            return None
        added = ",".join(element.model_dump_json() for element in more)
        return f"{self._written.removesuffix(_END)},{added}{_END}"

    @classmethod
    def of_words(cls, words: str) -> Card:
        """A message of one paragraph, shortened where it is too long."""
        return cls(summary=shorten(words, limits.SUMMARY), elements=(Text(text=shorten(words, limits.TEXT)),))


_END = "]}"
"""How the JSON of a card ends."""


def _measure(elements: tuple[Element, ...]) -> _Size:
    buttons = [b for element in elements if isinstance(element, Buttons) for b in element.buttons]
    return sum(map(_characters, elements)), len(buttons), sum(len(button.action) for button in buttons)


def _check_size(size: _Size) -> None:
    """ValueError where it is too much for one message."""
    characters, buttons, packed = size
    if characters > limits.CARD_CHARACTERS:
        raise ValueError(f"a card holds at most {limits.CARD_CHARACTERS} characters, this one {characters}")
    if buttons > limits.CARD_BUTTONS:
        raise ValueError(f"a card has at most {limits.CARD_BUTTONS} buttons, this one {buttons}")
    if packed > limits.CARD_ACTIONS:
        raise ValueError(f"a card's actions take at most {limits.CARD_ACTIONS} characters, these {packed}")


def _characters(element: Element) -> int:
    match element:
        case Text(text=text):
            return len(text)
        case Bullets(items=items):
            return sum(map(len, items))
        case Facts(facts=facts):
            return sum(len(fact.label) + len(fact.value) for fact in facts)
        case Picture(alt=alt):
            return len(alt)
        case Link(label=label):
            return len(label)
        case Buttons(buttons=buttons):
            return sum(len(button.label) for button in buttons)
        case Divider():
            return 0


def shorten(text: str, most: int) -> str:
    """The text itself, or its beginning with an ellipsis; never longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# ---------------------------------------------------------------- forms


class _Field(Value):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    label: Annotated[str, StringConstraints(min_length=1, max_length=limits.FIELD_LABEL)]
    hint: Annotated[str, StringConstraints(max_length=limits.FIELD_HINT)] = ""
    required: bool = True


class TextField(_Field):
    kind: Literal["text_field"] = "text_field"
    value: Annotated[str, StringConstraints(max_length=limits.FIELD_TEXT)] = ""
    placeholder: Annotated[str, StringConstraints(max_length=limits.FIELD_PLACEHOLDER)] = ""
    multiline: bool = False
    max_length: Annotated[int, Field(ge=1, le=limits.FIELD_TEXT)] = limits.FIELD_TEXT


class Option(Value):
    value: Annotated[str, StringConstraints(min_length=1, max_length=limits.OPTION_VALUE)]
    label: Annotated[str, StringConstraints(min_length=1, max_length=limits.OPTION_LABEL)]


class ChoiceField(_Field):
    """Pick one: radio buttons up to ten options, else a list."""

    kind: Literal["choice_field"] = "choice_field"
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=limits.OPTIONS)]
    value: str | None = None


class ManyField(_Field):
    """Pick any number, as check boxes."""

    kind: Literal["many_field"] = "many_field"
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=limits.CHECKBOXES)]
    value: tuple[str, ...] = ()


class DateField(_Field):
    kind: Literal["date_field"] = "date_field"
    value: date | None = None


FormField = TextField | ChoiceField | ManyField | DateField


class Form(Value):
    """A few inputs and one button; comes back as `Submitted` with the packed action and the values by field id."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=limits.FORM_TITLE)]
    submit: Annotated[str, StringConstraints(min_length=1, max_length=limits.FORM_SUBMIT)]
    cancel: Annotated[str, StringConstraints(min_length=1, max_length=limits.FORM_SUBMIT)]
    action: Packed
    intro: Annotated[str, StringConstraints(max_length=limits.TEXT)] = ""
    fields: Annotated[
        tuple[Annotated[FormField, Field(discriminator="kind")], ...],
        Field(min_length=1, max_length=limits.FORM_FIELDS),
    ]

    @field_validator("fields")
    @classmethod
    def _ids_differ(cls, fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
        ids = [field.id for field in fields]
        if len(ids) != len(set(ids)):
            raise ValueError(f"two fields of one form share an id: {ids}")
        return fields

    def with_values(self, values: FormValues) -> Form:
        """The same form holding what was typed, to show again beside an error."""
        fields = tuple(
            field.model_copy(update={"value": values[field.id]}) if field.id in values else field
            for field in self.fields
        )
        return self.model_copy(update={"fields": fields})


FormValue = str | tuple[str, ...] | date | None
FormValues = dict[str, FormValue]


class Example(Value):
    """One card or form with example data; the gallery and the tests draw it on every platform."""

    name: str
    card: Card | Form
