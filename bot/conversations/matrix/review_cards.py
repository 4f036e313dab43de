"""Cards and forms of looking again: does this row still hold, a new version of a policy, a file that differs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import NudgeItem
from bot.conversations.matrix import actions
from bot.conversations.matrix.forms import WHY, make_form
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Element,
    Fact,
    Facts,
    Form,
    FormField,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.texts import Words
from knowledge.content import Knowledge, PolicyDocument, UseCase
from storage.matrix import Difference
from storage.matrix_reviews import PolicyVersion

_SHOWN_CHANGES = 5


def nudge_item(words: Words, number: int) -> NudgeItem:
    said = words("matrix.review_waits", n=number)
    button = Button.to(actions.ShowDue(), words("matrix.button_review"), primary=True)
    return NudgeItem(said, (Text(text=said), Buttons(buttons=(button,))))


def review_card(
    words: Words, knowledge: Knowledge, row: UseCase, *, why: str, waiting: int, last_seen: str
) -> Card:
    """`why`: why it is looked at now; `last_seen`: when somebody last said that it holds."""
    title = row.title.in_language(words.language)
    heading = words("matrix.review_title")
    facts = tuple(
        Fact(
            label=shorten(one.label.in_language(words.language), 150),
            value=words(f"ask.verdict_{row.verdicts[one.id]}"),
        )
        for one in knowledge.policy.data_classes[: limits.FACTS]
        if one.id in row.verdicts
    )
    buttons = (
        Button.to(actions.StillHolds(row=row.id), words("matrix.button_holds"), primary=True),
        Button.to(actions.OpenCells(row=row.id), words("matrix.button_change"), opens_form=True),
        Button.to(actions.OpenWording(row=row.id), words("matrix.button_wording"), opens_form=True),
        Button.to(actions.OpenHandOver(row=row.id), words("matrix.button_hand_over"), opens_form=True),
    )
    elements: list[Element] = [
        Text(text=heading, style="heading"),
        Text(text=shorten(title, limits.TEXT), style="strong"),
        Facts(facts=facts),
        Text(text=shorten(row.why.in_language(words.language), limits.TEXT)),
        Text(text=shorten(why, limits.TEXT)),
        Text(text=last_seen, style="quiet"),
        Buttons(buttons=buttons),
    ]
    if waiting > 1:
        elements.append(Text(text=words("matrix.review_more", n=waiting - 1), style="quiet"))
    return Card(summary=shorten(f"{heading} {title}", limits.SUMMARY), elements=tuple(elements))


def hand_over_form(words: Words, row: str) -> Form:
    who = TextField(
        id="who",
        label=words("matrix.hand_over_who"),
        hint=words("matrix.hand_over_hint"),
        required=False,
        max_length=320,
    )
    return make_form(words, "matrix.hand_over_title", actions.HandOver(row=row), [who])


def policies_card(
    words: Words, documents: Sequence[tuple[PolicyDocument, int]], newest: dict[str, PolicyVersion]
) -> Card:
    """Each document with how many rows lean on it, and its newest version."""
    heading = words("matrix.policies_title")
    lines = []
    for document, number in documents[: limits.BULLETS]:
        title = document.title.in_language(words.language)
        line = words("matrix.policy_line", title=title, owner=document.owner, n=number)
        if version := newest.get(document.id):
            day = words.day(version.at.date())
            line = f"{line} {words('matrix.policy_version', version=version.version, day=day, what=version.what)}"
        lines.append(shorten(line, 400))
    if not lines:
        return Card.of_words(words("matrix.policies_none"))
    button = Button.to(actions.OpenPolicy(), words("matrix.button_policy"), opens_form=True)
    return Card(
        summary=heading,
        elements=(
            Text(text=heading, style="heading"),
            Bullets(items=tuple(lines)),
            Buttons(buttons=(button,)),
        ),
    )


def policy_form(words: Words, documents: Sequence[PolicyDocument]) -> Form:
    options = tuple(
        Option(value=one.id, label=shorten(one.title.in_language(words.language), limits.OPTION_LABEL))
        for one in documents[: limits.OPTIONS]
    )
    fields: list[FormField] = [
        ChoiceField(id="policy", label=words("matrix.policy_which"), options=options),
        TextField(id="what", label=words("matrix.policy_what"), multiline=True, max_length=WHY),
    ]
    intro = words("matrix.policy_intro")
    return make_form(words, "matrix.policy_title", actions.AddPolicyVersion(), fields, intro=intro)


def differences_card(words: Words, told: Sequence[tuple[Difference, str, Sequence[str]]], number: int) -> Card:
    """Each with what the file would change, and two ways to settle it."""
    heading = words("matrix.differences_title")
    elements: list[Element] = [Text(text=heading, style="heading"), Text(text=words("matrix.differences_intro"))]
    for one, title, changes in told:
        elements.append(Text(text=shorten(title, 200), style="strong"))
        lines = [shorten(line, 250) for line in changes[:_SHOWN_CHANGES]] or [words("matrix.cell_order")]
        elements.append(Bullets(items=tuple(lines)))
        key = {"kind": one.kind, "ref": one.ref, "hash": one.hash}
        elements.append(
            Buttons(
                buttons=(
                    Button.to(actions.Settle(**key, take=False), words("matrix.button_keep")),
                    Button.to(actions.Settle(**key, take=True), words("matrix.button_take")),
                )
            )
        )
    if number > len(told):
        elements.append(Text(text=words("matrix.differences_more", n=number - len(told)), style="quiet"))
    return Card(summary=heading, elements=tuple(elements))
