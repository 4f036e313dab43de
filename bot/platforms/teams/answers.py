"""What an open request is answered with: the body of an invoke, by what the client waits for. Pure.

An invoke is never answered with nothing: Teams would run the click again.
"""

from __future__ import annotations

from typing import assert_never

from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.platforms.teams.forms import draw_dialog
from bot.platforms.teams.parse import Waits
from bot.platforms.teams.plain import Block, name
from bot.platforms.teams.render import draw_card
from bot.platforms.teams.wrapping import CONTENT_TYPE, attach
from bot.texts import Words

_ACTION_MESSAGE = "application/vnd.microsoft.activity.message"


def answer(waits: Waits, effect: Effect, words: Words, *, of: str | None = None) -> Block | None:
    """None where the request was a message: its answer goes as a message too. `of`: the message it began with."""
    match waits:
        case Waits.NOTHING:
            return None
        case Waits.CARD_ACTION:
            return _answer_action(effect, words)
        case Waits.FETCH:
            return _answer_dialog(effect, words, words("teams.done"), of)
        case Waits.SUBMIT:
            return _answer_dialog(effect, words, words("teams.sent"), of)
        case _:
            assert_never(waits)


def _answer_action(effect: Effect, words: Words) -> Block:
    """A line below the card. A form cannot open from here: it comes as a message of its own."""
    match effect:
        case Nothing():
            return _action(_ACTION_MESSAGE, words("teams.done"))
        case Refusal(words=said):
            return _action(_ACTION_MESSAGE, name(said))
        case OpenForm() | FormErrors():
            return _action(_ACTION_MESSAGE, words("teams.form_below"))
        case ShowHome(card=card):
            return _action(CONTENT_TYPE, draw_card(card))
        case _:
            assert_never(effect)


def _answer_dialog(effect: Effect, words: Words, nothing: str, of: str | None) -> Block:
    match effect:
        case Nothing():
            return _task("message", nothing)
        case Refusal(words=said):
            return _task("message", name(said))
        case OpenForm(form=form):
            return _task("continue", draw_dialog(form, words, of=of))
        case FormErrors(form=form, errors=errors):
            return _task("continue", draw_dialog(form, words, errors, of=of))
        case ShowHome(card=card):
            shown = {"title": name(card.summary)[:60], "height": "large", "width": "medium"}
            return _task("continue", shown | {"card": attach(draw_card(card))})
        case _:
            assert_never(effect)


def _action(type: str, value: Block | str) -> Block:
    return {"statusCode": 200, "type": type, "value": value}


def _task(type: str, value: Block | str) -> Block:
    return {"task": {"type": type, "value": value}}
