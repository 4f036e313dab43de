"""Forms as Adaptive Cards: in a dialog, or in the chat for a client that has no dialogs. Pure.

Teams has no errors per field: a form with errors is the same form again, holding what was typed, with a message
above each field that needs another look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from bot.model.cards import ChoiceField, DateField, Form, FormField, ManyField, Option, TextField
from bot.platforms.teams.data import CANCEL, OF, SUBMIT, input_id, many_value
from bot.platforms.teams.plain import Block, heading, inert, line, name, paragraphs
from bot.platforms.teams.wrapping import attach, with_band, wrap_card, wrap_message
from bot.texts import Words

_SHOWN_AS_BUTTONS = 10
"""More options than this become a list that folds out."""
Errors = Mapping[str, str]


def draw_dialog(form: Form, words: Words, errors: Errors | None = None, *, of: str | None = None) -> Block:
    """What Teams needs to open the form as a dialog. `of`: the message whose button opens it."""
    tall = len(form.fields) > 3 or any(_is_tall(field) for field in form.fields)
    return {
        "title": name(form.title),
        "height": "large" if tall else "medium",
        "width": "medium",
        "card": attach(draw_form(form, words, errors, of=of)),
    }


def draw_form_message(form: Form, words: Words, errors: Errors | None = None, *, of: str | None = None) -> Block:
    """The form as a card in the chat, with a title and a way out."""
    card = draw_form(form, words, errors, of=of)
    card["body"] = with_band([heading(form.title), *card["body"]])
    leave = {
        "type": "Action.Submit",
        "title": name(form.cancel),
        "associatedInputs": "none",
        "data": {CANCEL: "1"},
    }
    card["actions"].append(leave)
    return wrap_message(card, form.title)


def draw_form(form: Form, words: Words, errors: Errors | None = None, *, of: str | None = None) -> Block:
    body = paragraphs(form.intro) if form.intro else []
    for field in form.fields:
        body += _draw_field(field, words, (errors or {}).get(field.id))
    send = {
        "type": "Action.Submit",
        "title": name(form.submit),
        "style": "positive",
        "data": {SUBMIT: form.action} | ({OF: of} if of else {}),
    }
    return wrap_card(body, form.title, [send])


def _is_tall(field: FormField) -> bool:
    match field:
        case ChoiceField(options=options) | ManyField(options=options):
            return len(options) > 4
        case _:
            return False


def _draw_field(field: FormField, words: Words, error: str | None) -> list[Block]:
    drawn = _draw_input(field, words) | {"id": input_id(field), "label": name(field.label)}
    if field.required:
        drawn |= {"isRequired": True, "errorMessage": words("teams.required")}
    blocks = [line(f"⚠ {error}", color="Attention", weight="Bolder") | {"spacing": "Medium"}] if error else []
    blocks.append(drawn | {"spacing": "Small" if error else "Medium"})
    if field.hint:
        blocks.append(line(field.hint, size="Small", isSubtle=True) | {"spacing": "Small"})
    return blocks


def _draw_input(field: FormField, words: Words) -> Block:
    match field:
        case TextField():
            drawn: Block = {"type": "Input.Text", "maxLength": field.max_length, "isMultiline": field.multiline}
            if field.placeholder:
                drawn["placeholder"] = inert(field.placeholder)
            return drawn | ({"value": inert(field.value)} if field.value else {})
        case ChoiceField(options=options, value=value):
            expanded = len(options) <= _SHOWN_AS_BUTTONS
            drawn = _choices((option.value, option) for option in options)
            drawn["style"] = "expanded" if expanded else "compact"
            if not expanded:
                drawn["placeholder"] = words("teams.choose")
            return drawn | ({"value": value} if value else {})
        case ManyField(options=options, value=chosen):
            drawn = _choices((many_value(option.value), option) for option in options)
            drawn |= {"isMultiSelect": True, "style": "expanded"}
            return drawn | ({"value": ",".join(map(many_value, chosen))} if chosen else {})
        case DateField(value=day):
            return {"type": "Input.Date"} | ({"value": day.isoformat()} if isinstance(day, date) else {})
        case _:
            assert_never(field)


def _choices(options: Iterable[tuple[str, Option]]) -> Block:
    choices = [{"title": name(option.label), "value": value} for value, option in options]
    return {"type": "Input.ChoiceSet", "choices": choices, "wrap": True}
