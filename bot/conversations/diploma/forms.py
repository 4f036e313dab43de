"""Forms of the diploma: a day to do it, who is away, and a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversations.diploma import actions
from bot.model import limits
from bot.model.cards import ChoiceField, DateField, Form, Option, TextField, shorten
from bot.texts import Words
from knowledge.content import Knowledge


def plan_form(words: Words, level: str, cycle: str) -> Form:
    return Form(
        title=words("diploma.plan_title"),
        submit=words("diploma.plan_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.plan_intro"),
        action=actions.SendPlan(level=level, cycle=cycle).pack(),
        fields=(DateField(id="day", label=words("diploma.plan_day")),),
    )


def absence_form(words: Words, team: Sequence[tuple[str, str]], on: date) -> Form:
    """`team`: ids and names; a form holds the first hundred."""
    options = [Option(value=id, label=shorten(name, limits.OPTION_LABEL)) for id, name in team[: limits.OPTIONS]]
    return Form(
        title=words("diploma.absence_title"),
        submit=words("diploma.absence_do"),
        cancel=words("diploma.cancel"),
        intro=words("diploma.absence_intro"),
        action=actions.SendAbsence().pack(),
        fields=(
            ChoiceField(id="who", label=words("diploma.absence_who"), options=tuple(options)),
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
    levels = tuple(
        Option(value=level.id, label=shorten(level.label.in_language(words.language), limits.OPTION_LABEL))
        for level in knowledge.policy.levels
    )
    outcomes = ("yes", "no")
    return Form(
        title=words("diploma.result_title"),
        submit=words("diploma.result_do"),
        cancel=words("diploma.cancel"),
        action=actions.SendResult().pack(),
        fields=(
            TextField(id="email", label=words("diploma.result_email"), value=about.email, max_length=320),
            ChoiceField(
                id="level",
                label=words("diploma.result_which"),
                options=levels,
                value=about.level if any(option.value == about.level for option in levels) else None,
            ),
            ChoiceField(
                id="passed",
                label=words("diploma.result_outcome"),
                options=tuple(Option(value=one, label=words(f"diploma.result_{one}")) for one in outcomes),
                value="yes",
            ),
            DateField(id="issued", label=words("diploma.result_issued"), value=on),
            TextField(
                id="evidence",
                label=words("diploma.result_evidence"),
                hint=words("diploma.result_evidence_hint"),
                required=False,
                max_length=1000,
            ),
        ),
    )
