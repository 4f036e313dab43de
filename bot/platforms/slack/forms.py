"""Forms as Slack modals: draws one, and reads what comes back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from bot.model.cards import (
    ChoiceField,
    DateField,
    Form,
    FormField,
    FormValue,
    FormValues,
    ManyField,
    Option,
    TextField,
    shorten,
)
from bot.model.events import MessageRef, Place
from bot.platforms.slack.markup import clean

Block = dict[str, Any]
FORM = "form"
"""callback_id of every form of ours."""
_INPUT = "value"
"""action_id of every input; its block_id is the field's id."""
_MOST_RADIO_BUTTONS = 10


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened: the place its answer goes to, and the message it was opened from."""

    place: Place
    message: MessageRef | None = None


def plain_text(text: str) -> Block:
    """Text that Slack shows exactly as it is: no markup, no mentions, no emoji names."""
    return {"type": "plain_text", "text": text, "emoji": False}


def draw_form(form: Form, origin: Origin | None = None) -> Block:
    """A modal. The action and the origin ride in private_metadata, at most 3,000 characters."""
    blocks = [_draw_input(field) for field in form.fields]
    if form.intro.strip():
        blocks.insert(0, {"type": "section", "text": plain_text(form.intro)})
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(form.title),
        "submit": plain_text(form.submit),
        "close": plain_text(form.cancel),
        "private_metadata": f"{_pack_origin(origin)}\n{form.action}",
        "blocks": blocks,
    }


def draw_notice(title: str, words: str, close: str) -> Block:
    """A modal that only says something."""
    blocks = [{"type": "section", "text": plain_text(words)}]
    return {"type": "modal", "title": plain_text(title), "close": plain_text(close), "blocks": blocks}


def place_errors(form: Form, errors: Mapping[str, str]) -> dict[str, str]:
    """A message by block; what belongs to no field stands at the first one, since Slack has no other place."""
    ids = [field.id for field in form.fields]
    placed: dict[str, str] = {}
    for id, words in errors.items():
        block = id if id in ids else ids[0]
        placed[block] = f"{placed[block]} {words}" if block in placed else words
    return placed


def _draw_input(field: FormField) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.id,
        "label": plain_text(field.label),
        "element": {"action_id": _INPUT, **_draw_element(field)},
        "optional": not field.required,
    }
    if field.hint.strip():
        block["hint"] = plain_text(field.hint)
    return block


def _draw_element(field: FormField) -> Block:
    match field:
        case TextField():
            return _draw_text(field)
        case ChoiceField():
            chosen = [option for option in field.options if option.value == field.value]
            radio = len(field.options) <= _MOST_RADIO_BUTTONS
            element = {"type": "radio_buttons" if radio else "static_select", "options": _options(field.options)}
            return {**element, "initial_option": _options(chosen)[0]} if chosen else element
        case ManyField():
            chosen = [option for option in field.options if option.value in field.value]
            element = {"type": "checkboxes", "options": _options(field.options)}
            return {**element, "initial_options": _options(chosen)} if chosen else element
        case DateField():
            given = {"initial_date": field.value.isoformat()} if field.value else {}
            return {"type": "datepicker", **given}
        case _:
            assert_never(field)


def _draw_text(field: TextField) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": field.multiline, "max_length": field.max_length}
    if field.value:
        element["initial_value"] = shorten(field.value, field.max_length)
    if field.placeholder.strip():
        element["placeholder"] = plain_text(field.placeholder)
    return element


def _options(options: Sequence[Option]) -> list[Block]:
    return [{"text": plain_text(option.label), "value": option.value} for option in options]


# ---------------------------------------------------------------- what comes back


def read_values(state: object) -> FormValues:
    """What was filled in, by field id. An empty text is ""; nothing chosen is None; no boxes ticked is ()."""
    if not isinstance(state, dict):
        return {}
    found: FormValues = {}
    for id, inputs in state.items():
        given = inputs.get(_INPUT) if isinstance(inputs, dict) else None
        if isinstance(id, str) and isinstance(given, dict):
            found[clean(id)] = _read_value(given)
    return found


def _read_value(given: Mapping[str, Any]) -> FormValue:
    match given.get("type"):
        case "checkboxes":
            ticked = given.get("selected_options")
            values = [_option_value(option) for option in ticked] if isinstance(ticked, list) else []
            return tuple(value for value in values if value is not None)
        case "radio_buttons" | "static_select":
            return _option_value(given.get("selected_option"))
        case "datepicker":
            return _read_day(given.get("selected_date"))
        case _:
            typed = given.get("value")
            return clean(typed) if isinstance(typed, str) else ""


def _option_value(option: object) -> str | None:
    value = option.get("value") if isinstance(option, dict) else None
    return clean(value) if isinstance(value, str) else None


def _read_day(day: object) -> date | None:
    try:
        return date.fromisoformat(day) if isinstance(day, str) else None
    except ValueError:
        return None


def _pack_origin(origin: Origin | None) -> str:
    """One short line; whose chat and which workspace it is comes with the submission itself."""
    if origin is None:
        return "[]"
    message = origin.message
    refers = (message.id, message.place.thread) if message else (None, None)
    return json.dumps([origin.place.id, origin.place.thread, *refers], separators=(",", ":"))


def unpack_metadata(metadata: str) -> tuple[list[str | None], str]:
    """(channel, thread, message, thread of the message) and the packed action, as `draw_form` put them."""
    packed, _, action = metadata.partition("\n")
    try:
        where = json.loads(packed)
    except (ValueError, RecursionError):
        where = None
    known = isinstance(where, list) and all(part is None or isinstance(part, str) for part in where)
    parts = list(where) if known and isinstance(where, list) else []
    return (parts + [None] * 4)[:4], action
