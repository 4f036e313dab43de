"""The forms of proposals: a few words to find a row, an example, other verdicts, a new row, the reason of a no."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.matrix import actions
from bot.model import limits
from bot.model.actions import Action
from bot.model.cards import ChoiceField, Form, FormField, ManyField, Option, TextField, shorten
from bot.row_words import in_language
from bot.texts import Words
from knowledge.content import Knowledge, Verdict
from knowledge.contents import Content

WHY = 2_000
LONGEST_EXAMPLE = 500
MOST_CLASSES = 8
"""Of which a form asks the verdict; further ones stay as they are."""


def make_form(words: Words, title: str, action: Action, fields: Sequence[FormField], *, intro: str = "") -> Form:
    return Form(
        title=words(title),
        submit=words("matrix.send"),
        cancel=words("matrix.cancel"),
        intro=shorten(intro, limits.TEXT),
        action=action.pack(),
        fields=tuple(fields),
    )


def find_form(words: Words) -> Form:
    field = TextField(id="words", label=words("matrix.find_label"), hint=words("matrix.find_hint"), max_length=200)
    return make_form(words, "matrix.propose_title", actions.Find(), [field])


def example_form(words: Words, row: Content, base: int, example: str, ticket: str | None) -> Form:
    action = actions.AddExample(row=str(row["id"]), base=base, ticket=ticket)
    example_field = TextField(
        id="example",
        label=words("matrix.example_label"),
        hint=words("matrix.example_hint"),
        value=shorten(example, LONGEST_EXAMPLE),
        multiline=True,
        max_length=LONGEST_EXAMPLE,
    )
    language = ChoiceField(
        id="language",
        label=words("matrix.example_language"),
        options=(
            Option(value="nl", label=words("matrix.in_nl")),
            Option(value="en", label=words("matrix.in_en")),
        ),
        value=words.language,
    )
    title = in_language(words, row.get("title"))
    intro = words("matrix.example_intro", title=title)
    fields: list[FormField] = [example_field, language, why_field(words, required=False)]
    return make_form(words, "matrix.example_title", action, fields, intro=intro)


def cells_form(words: Words, knowledge: Knowledge, row: Content, base: int, ticket: str | None) -> Form:
    action = actions.ChangeCells(row=str(row["id"]), base=base, ticket=ticket)
    fields: list[FormField] = [
        *verdict_fields(words, knowledge, row.get("verdicts", {})),
        *condition_fields(words, knowledge, row.get("conditions", ())),
        why_field(words, required=True),
    ]
    intro = in_language(words, row.get("title"))
    return make_form(words, "matrix.cells_title", action, fields, intro=intro)


def verdict_fields(words: Words, knowledge: Knowledge, verdicts: Content) -> list[FormField]:
    """One question for every data class; what is not known yet begins as a no."""
    options = tuple(Option(value=verdict, label=words(f"ask.verdict_{verdict}")) for verdict in Verdict)
    return [
        ChoiceField(
            id=f"verdict_{place}",
            label=shorten(one.label.in_language(words.language), limits.FIELD_LABEL),
            options=options,
            value=verdicts.get(one.id, Verdict.MAG_NIET),
        )
        for place, one in enumerate(knowledge.policy.data_classes[:MOST_CLASSES])
    ]


def condition_fields(words: Words, knowledge: Knowledge, chosen: Sequence[str]) -> list[FormField]:
    """In lists of as many as a platform can show."""
    known = knowledge.policy.conditions[: 2 * limits.CHECKBOXES]
    fields: list[FormField] = []
    for start in range(0, len(known), limits.CHECKBOXES):
        part = known[start : start + limits.CHECKBOXES]
        options = tuple(make_option(one.id, one.text.in_language(words.language)) for one in part)
        held = tuple(one.id for one in part if one.id in chosen)
        label = words("matrix.conditions" if start == 0 else "matrix.conditions_more")
        field = ManyField(id=f"conditions_{start}", label=label, options=options, value=held, required=False)
        fields.append(field)
    return fields


def why_field(words: Words, *, required: bool) -> TextField:
    return TextField(
        id="why",
        label=words("matrix.why_label"),
        hint=words("matrix.no_names"),
        multiline=True,
        required=required,
        max_length=WHY,
    )


def decline_form(words: Words, proposal_id: str) -> Form:
    field = TextField(id="reason", label=words("matrix.decline_why"), multiline=True, max_length=WHY)
    return make_form(words, "matrix.decline_title", actions.Decline(proposal=proposal_id), [field])


def make_option(value: str, label: str) -> Option:
    return Option(value=shorten(value, limits.OPTION_VALUE), label=shorten(label, limits.OPTION_LABEL))
