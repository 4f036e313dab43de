"""The forms of "mag dit?": a question, a question for the AI Lab, a rating."""

from __future__ import annotations

from bot.conversations.ask.actions import SendQuestion, SendRating, SendToLab
from bot.model import limits
from bot.model.cards import ChoiceField, Form, Option, TextField, shorten
from bot.texts import Words


def question_form(words: Words, text: str = "") -> Form:
    return Form(
        title=words("ask.ask_title"),
        submit=words("ask.send"),
        cancel=words("ask.cancel"),
        action=SendQuestion().pack(),
        fields=(
            TextField(
                id="question",
                label=words("ask.ask_label"),
                hint=words("ask.ask_hint"),
                placeholder=words("ask.ask_placeholder"),
                multiline=True,
                value=shorten(text, limits.FIELD_TEXT) if text else "",
            ),
        ),
    )


def lab_form(words: Words) -> Form:
    return Form(
        title=words("ask.lab_form_title"),
        submit=words("ask.send"),
        cancel=words("ask.cancel"),
        action=SendToLab().pack(),
        intro=words("ask.lab_form_intro"),
        fields=(
            TextField(
                id="question",
                label=words("ask.lab_form_label"),
                hint=words("ask.rate_reason_hint"),
                multiline=True,
            ),
        ),
    )


def rating_form(words: Words, question_id: str) -> Form:
    return Form(
        title=words("ask.rate_title"),
        submit=words("ask.send"),
        cancel=words("ask.cancel"),
        intro=words("ask.rate_intro"),
        action=SendRating(question=question_id).pack(),
        fields=(
            ChoiceField(
                id="right",
                label=words("ask.rate_right"),
                options=(
                    Option(value="yes", label=words("ask.rate_yes")),
                    Option(value="no", label=words("ask.rate_no")),
                ),
                value="no",
            ),
            TextField(
                id="reason",
                label=words("ask.rate_reason"),
                hint=words("ask.rate_reason_hint"),
                multiline=True,
                required=False,
                max_length=2000,
            ),
        ),
    )
