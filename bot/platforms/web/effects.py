"""What a turn hands straight back, as the page that asked receives it."""

from __future__ import annotations

from typing import assert_never

from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.platforms.web.render import draw_card, draw_form


def describe(effect: Effect) -> dict[str, str] | None:
    """None: there is nothing to say."""
    match effect:
        case Nothing():
            return None
        case OpenForm(form):
            return {"kind": "form", "html": str(draw_form(form))}
        case FormErrors(form, errors):
            return {"kind": "form_errors", "html": str(draw_form(form, errors))}
        case Refusal(words):
            return {"kind": "refusal", "words": words}
        case ShowHome(card):
            return {"kind": "home", "html": str(draw_card(card))}
        case _:
            assert_never(effect)
