"""Draws neutral cards and forms as fragments of HTML. Every text is escaped whole; nothing typed becomes markup."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.model.cards import (
    Bullets,
    Buttons,
    Card,
    ChoiceField,
    DateField,
    Divider,
    Element,
    Facts,
    Form,
    FormField,
    Link,
    ManyField,
    Picture,
    Text,
    TextField,
)

_MOST_RADIO_BUTTONS = 10
_TONES = {"✅": "yes", "☑": "if", "❔": "grey", "⛔": "no"}
"""The sign before a heading gives the card its colour; the words beside it say the same."""


@cache
def templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _pieces(file: str) -> Any:
    return templates().get_template(file).module


def draw(card: Card | Form) -> Markup:
    return draw_form(card) if isinstance(card, Form) else draw_card(card)


def draw_card(card: Card) -> Markup:
    drawn = [_draw_element(element) for element in card.elements]
    return Markup(_pieces("card.html").card(card.summary, _find_tone(card), drawn))


def _draw_element(element: Element) -> Markup:
    pieces = _pieces("card.html")
    match element:
        case Text(style="heading"):
            return Markup(pieces.heading(*split_sign(element.text)))
        case Text():
            return Markup(pieces.text(element.text, element.style))
        case Bullets():
            return Markup(pieces.bullets(element.items))
        case Facts():
            return Markup(pieces.facts(element.facts))
        case Picture():
            return Markup(pieces.picture(base64.b64encode(element.png).decode("ascii"), element.alt))
        case Divider():
            return Markup(pieces.divider())
        case Link():
            return Markup(pieces.link(element.label, element.url))
        case Buttons():
            return Markup(pieces.buttons(element.buttons))
        case _:
            assert_never(element)


def draw_form(form: Form, errors: Mapping[str, str] | None = None) -> Markup:
    """The form as it opens, or again with what was typed and what is wrong with it by field id."""
    wrong = errors or {}
    mark = "f" + sha256(f"{form.title}\n{form.action}".encode()).hexdigest()[:8]
    drawn = [_draw_field(field, wrong.get(field.id, ""), mark) for field in form.fields]
    known = {field.id for field in form.fields}
    others = [words for id, words in wrong.items() if id not in known]
    return Markup(_pieces("form.html").form(form, drawn, others))


def _draw_field(field: FormField, error: str, mark: str) -> Markup:
    pieces = _pieces("form.html")
    match field:
        case TextField():
            return Markup(pieces.text_field(field, error, mark))
        case ChoiceField() if len(field.options) <= _MOST_RADIO_BUTTONS:
            return Markup(pieces.radio_field(field, error, mark))
        case ChoiceField():
            return Markup(pieces.list_field(field, error, mark))
        case ManyField():
            return Markup(pieces.many_field(field, error, mark))
        case DateField():
            return Markup(pieces.date_field(field, error, mark))
        case _:
            assert_never(field)


def split_sign(heading: str) -> tuple[str, str]:
    """The verdict's sign, if the heading begins with one, and the rest; the sign is for the eyes only."""
    for sign in _TONES:
        if heading.startswith(sign):
            end = len(sign) + heading[len(sign) :].startswith("\ufe0f")
            return heading[:end], heading[end:].lstrip()
    return "", heading


def _find_tone(card: Card) -> str:
    headings = [
        element.text for element in card.elements if isinstance(element, Text) and element.style == "heading"
    ]
    sign = split_sign(headings[0])[0] if headings else ""
    return _TONES.get(sign.rstrip("\ufe0f"), "plain")
