"""What rides in the `data` of a button, and how a field's kind and options travel in an input's id and value.

Teams sends back one flat object: the button's data and every input of the card, all values as text. A field's id
carries its kind (`many.tools`), so that parsing needs no memory of the form; our own keys have no dot, so that no
field can be taken for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from bot.model.cards import (
    ChoiceField,
    DateField,
    FormField,
    FormValue,
    FormValues,
    ManyField,
    TextField,
)

PRESS = "press"
"""A plain button: its packed action."""
SUBMIT = "submit"
"""The button below a form: the form's packed action."""
OF = "of"
"""Below a form: the message whose button opened it, to be drawn anew with what comes of it."""
CANCEL = "cancel"
"""Closes a form that stands in the chat."""
MOST_TEXT = 40_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""No database keeps a zero byte or half a surrogate pair."""


def clean(text: str) -> str:
    return _UNSTORABLE.sub("", text[:MOST_TEXT])


def input_id(field: FormField) -> str:
    match field:
        case TextField():
            kind = "text"
        case ChoiceField():
            kind = "choice"
        case ManyField():
            kind = "many"
        case DateField():
            kind = "date"
    return f"{kind}.{field.id}"


def many_value(option: str) -> str:
    """An option of a multiple choice; the answers come back joined by commas."""
    return quote(option, safe=" ")


def read_values(data: Mapping[str, Any]) -> FormValues:
    """The values by field id; what is no field of ours, or no text, is left out."""
    values: FormValues = {}
    for key, value in data.items():
        kind, dot, id = key.partition(".")
        if dot and id and isinstance(value, str):
            values[clean(id)] = _read(kind, clean(value))
    return values


def _read(kind: str, value: str) -> FormValue:
    match kind:
        case "many":
            return tuple(unquote(option) for option in value.split(",") if option)
        case "date":
            return _read_date(value)
        case "choice":
            return value or None
        case _:
            return value


def _read_date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
