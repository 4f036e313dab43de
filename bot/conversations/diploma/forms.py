"""Forms of the diploma: a day to do it, who is away or exempt, whom to look for, and results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversations.diploma import actions
from bot.model import limits
from bot.model.actions import Action
from bot.model.cards import ChoiceField, DateField, Form, Option, TextField, shorten
from bot.texts import Words
from knowledge.content import Knowledge
from storage.certificates import Kept


def plan_form(words: Words, level: str, cycle: str) -> Form:
    return Form(
        title=words("diploma.plan_title"),
        submit=words("diploma.plan_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.plan_intro"),
        action=actions.SendPlan(level=level, cycle=cycle).pack(),
        fields=(DateField(id="day", label=words("diploma.plan_day")),),
    )


Named = Sequence[tuple[str, str]]
"""Ids and names."""


def _who(words: Words, people: Named) -> ChoiceField:
    """A form holds the first hundred."""
    shown = people[: limits.OPTIONS]
    options = [Option(value=id, label=shorten(name, limits.OPTION_LABEL)) for id, name in shown]
    only = options[0].value if len(options) == 1 else None
    return ChoiceField(id="who", label=words("diploma.absence_who"), options=tuple(options), value=only)


def back_form(words: Words, action: Action, people: Named, on: date) -> Form:
    return Form(
        title=words("diploma.back_title"),
        submit=words("diploma.absence_do"),
        cancel=words("diploma.cancel"),
        action=action.pack(),
        fields=(_who(words, people), DateField(id="until", label=words("diploma.absence_until"), value=on)),
    )


def exemption_form(words: Words, action: Action, people: Named, on: date, *, asks: bool) -> Form:
    """`asks`: HR decides on it; else it holds at once."""
    intro = words("diploma.exemption_intro_ask" if asks else "diploma.exemption_intro")
    return Form(
        title=words("diploma.exemption_title"),
        submit=words("diploma.exemption_ask" if asks else "diploma.absence_do"),
        cancel=words("diploma.cancel"),
        intro=intro,
        action=action.pack(),
        fields=(
            _who(words, people),
            DateField(id="since", label=words("diploma.absence_since"), value=on),
            DateField(id="until", label=words("diploma.exemption_until")),
            TextField(
                id="reason",
                label=words("diploma.exemption_reason"),
                hint=words("diploma.exemption_hint"),
                multiline=True,
                max_length=1000,
            ),
        ),
    )


def team_plan_form(words: Words, people: Named) -> Form:
    return Form(
        title=words("diploma.team_plan_title"),
        submit=words("diploma.plan_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.team_plan_intro"),
        action=actions.SendTeamPlan().pack(),
        fields=(_who(words, people), DateField(id="day", label=words("diploma.plan_day"))),
    )


def person_form(words: Words) -> Form:
    return Form(
        title=words("diploma.find_title"),
        submit=words("diploma.find_do"),
        cancel=words("diploma.cancel"),
        action=actions.FindPerson().pack(),
        fields=(TextField(id="who", label=words("diploma.find_who"), max_length=320),),
    )


def absence_form(words: Words, action: Action, people: Named, on: date) -> Form:
    return Form(
        title=words("diploma.absence_title"),
        submit=words("diploma.absence_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.absence_intro"),
        action=action.pack(),
        fields=(
            _who(words, people),
            DateField(id="since", label=words("diploma.absence_since"), value=on),
            DateField(
                id="until",
                label=words("diploma.absence_until"),
                hint=words("diploma.absence_hint"),
                required=False,
            ),
        ),
    )


def result_form(words: Words, knowledge: Knowledge, about: actions.AddResult, on: date) -> Form:
    email = TextField(id="email", label=words("diploma.result_email"), value=about.email, max_length=320)
    return Form(
        title=words("diploma.result_title"),
        submit=words("diploma.result_do"),
        cancel=words("diploma.cancel"),
        action=actions.SendResult().pack(),
        fields=(email, *_result_fields(words, knowledge, about.level, passed=True, issued=on)),
    )


def correction_form(words: Words, knowledge: Knowledge, kept: Kept) -> Form:
    """The same as it stands; nothing is lost of what it said."""
    fields = _result_fields(words, knowledge, kept.level, passed=kept.passed, issued=kept.issued)
    return Form(
        title=words("diploma.correct_title"),
        submit=words("diploma.result_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.correct_intro"),
        action=actions.SendCorrection(certificate=kept.id).pack(),
        fields=(
            *fields[:-1],
            DateField(
                id="expires",
                label=words("diploma.correct_until"),
                hint=words("diploma.correct_until_hint"),
                required=False,
                value=kept.expires,
            ),
            fields[-1].model_copy(update={"value": kept.evidence}),
        ),
    )


def _result_fields(
    words: Words, knowledge: Knowledge, level: str, *, passed: bool, issued: date
) -> tuple[ChoiceField | DateField | TextField, ...]:
    levels = tuple(
        Option(value=one.id, label=shorten(one.label.in_language(words.language), limits.OPTION_LABEL))
        for one in knowledge.policy.levels
    )
    outcomes = tuple(Option(value=one, label=words(f"diploma.result_{one}")) for one in ("yes", "no"))
    known = level if any(option.value == level for option in levels) else None
    return (
        ChoiceField(id="level", label=words("diploma.result_which"), options=levels, value=known),
        ChoiceField(
            id="passed", label=words("diploma.result_outcome"), options=outcomes, value="yes" if passed else "no"
        ),
        DateField(id="issued", label=words("diploma.result_issued"), value=issued),
        TextField(
            id="evidence",
            label=words("diploma.result_evidence"),
            hint=words("diploma.result_evidence_hint"),
            required=False,
            max_length=1000,
        ),
    )
