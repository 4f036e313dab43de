"""The forms of surveys: start a round, one's own questions, the answers, and the code to come back with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversations.surveys import actions
from bot.conversations.surveys.sheet import Answers, draw_fields, list_offers
from bot.model.cards import ChoiceField, DateField, Form, FormField, Option, TextField, shorten
from bot.model.limits import FORM_TITLE, OPTION_LABEL, TEXT
from bot.texts import Words
from knowledge.survey_questions import read_questions
from knowledge.surveys import LONGEST_QUESTION, Survey
from storage.surveys import Round

OWN = 2
"""So many questions of one's own."""
_CODE = 40
OWN_LANGUAGE = "own"
IN_LANGUAGE = {OWN_LANGUAGE: "surveys.start_in_own", "nl": "surveys.start_in_nl", "en": "surveys.start_in_en"}


def start_form(
    words: Words,
    surveys: Sequence[Survey],
    audiences: Sequence[Option],
    until: date,
    *,
    by_email: bool = False,
    channel: str = "",
) -> Form:
    """Everything has a good default; only addresses need to be typed."""
    named = [
        Option(value=one.id, label=shorten(one.title.in_language(words.language), OPTION_LABEL)) for one in surveys
    ]
    secret = (
        Option(value="yes", label=words("surveys.start_anonymous")),
        Option(value="no", label=words("surveys.start_named")),
    )
    languages = tuple(Option(value=one, label=words(key)) for one, key in IN_LANGUAGE.items())
    fields: list[FormField] = [
        ChoiceField(id="survey", label=words("surveys.start_survey"), options=tuple(named), value=named[0].value),
        ChoiceField(
            id="who",
            label=words("surveys.start_who"),
            options=tuple(audiences),
            value="people" if by_email else audiences[0].value,
        ),
        DateField(id="until", label=words("surveys.start_until"), value=until),
        ChoiceField(id="anonymous", label=words("surveys.start_secret"), options=secret, value="yes"),
        ChoiceField(id="language", label=words("surveys.start_language"), options=languages, value=OWN_LANGUAGE),
    ]
    if by_email:
        emails = TextField(
            id="emails",
            label=words("surveys.start_emails"),
            hint=words("surveys.start_emails_hint"),
            multiline=True,
            required=False,
        )
        fields.insert(2, emails)
    return Form(
        title=words("surveys.start_title"),
        submit=words("surveys.start_do"),
        cancel=words("surveys.cancel"),
        intro=words("surveys.start_intro"),
        action=actions.Start(by_email=by_email, channel=channel).pack(),
        fields=tuple(fields),
    )


def own_form(words: Words, round_: Round) -> Form:
    """Questions of one's own, as they stand."""
    mine = {one["id"]: one["ask"]["nl"] for one in round_.questions if one["id"].startswith("own-")}
    return Form(
        title=words("surveys.own_title"),
        submit=words("surveys.own_do"),
        cancel=words("surveys.cancel"),
        intro=words("surveys.own_intro"),
        action=actions.SendOwn(round=round_.id).pack(),
        fields=tuple(
            TextField(
                id=f"own_{number}",
                label=words("surveys.own_label", number=number),
                value=mine.get(f"own-{number}", ""),
                max_length=LONGEST_QUESTION,
                required=False,
            )
            for number in range(1, OWN + 1)
        ),
    )


def answer_form(words: Words, round_: Round, action: actions.Answer, answers: Answers, intro: str = "") -> Form:
    offers = list_offers(words, read_questions(round_.questions))
    return Form(
        title=shorten(words("surveys.answer_title"), FORM_TITLE),
        submit=words("surveys.answer_do"),
        cancel=words("surveys.cancel"),
        intro=shorten("\n\n".join(filter(None, (intro or words("surveys.answer_intro"), offers))), TEXT),
        action=action.pack(),
        fields=draw_fields(words, read_questions(round_.questions), answers, action.shown),
    )


def kept_form(words: Words, code: str) -> Form:
    """Thanks, and the code that is shown once."""
    kept = TextField(
        id="kept_code",
        label=words("surveys.kept_code"),
        hint=words("surveys.kept_code_hint"),
        value=code,
        required=False,
    )
    return Form(
        title=words("surveys.kept_title"),
        submit=words("surveys.kept_do"),
        cancel=words("surveys.close"),
        intro=words("surveys.kept_intro"),
        action=actions.Done().pack(),
        fields=(kept,),
    )


def code_form(words: Words, round_: Round) -> Form:
    code = TextField(id="code", label=words("surveys.code"), hint=words("surveys.code_hint"), max_length=_CODE)
    return Form(
        title=words("surveys.code_title"),
        submit=words("surveys.code_do"),
        cancel=words("surveys.close"),
        intro=words("surveys.code_intro"),
        action=actions.SendCode(round=round_.id).pack(),
        fields=(code,),
    )
