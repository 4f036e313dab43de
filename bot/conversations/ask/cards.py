"""Cards that a question leads to where it has no verdict (yet): choosing, handing over, small talk."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.ask.actions import AskAgain, AskLab, ChooseRow, ShowHelp, WriteToLab
from bot.conversations.ask.answer_card import masked_line
from bot.model import limits
from bot.model.cards import Button, Buttons, Card, Element, Text, shorten
from bot.texts import Words
from knowledge.content import UseCase


def choose_card(words: Words, question_id: str, rows: Sequence[UseCase], masked: Sequence[str]) -> Card:
    """Rows with different verdicts lie close: the person picks."""
    options = tuple(
        Button.to(ChooseRow(question=question_id, use_case=row.id), row.title.in_language(words.language))
        for row in rows
    )
    lab = Button.to(AskLab(question=question_id), words("ask.button_other_lab"))
    return Card(
        summary=words("ask.choose"),
        elements=(
            Text(text=words("ask.choose"), style="heading"),
            Text(text=words("ask.choose_intro")),
            *_masked(words, masked),
            Buttons(buttons=options),
            Buttons(buttons=(lab,)),
        ),
    )


def handover_card(words: Words, question_id: str, near: Sequence[UseCase], masked: Sequence[str]) -> Card:
    """Not sure is fine and said plainly."""
    titles = words.listed([f"‘{row.title.in_language(words.language)}’" for row in near])
    hint = [Text(text=words("ask.handover_near", titles=titles), style="quiet")] if near else []
    return Card(
        summary=words("ask.handover"),
        elements=(
            Text(text=words("ask.handover")),
            *hint,
            *_masked(words, masked),
            Buttons(
                buttons=(
                    Button.to(AskLab(question=question_id), words("ask.button_lab"), primary=True),
                    Button.to(AskAgain(), words("ask.button_again"), opens_form=True),
                )
            ),
        ),
    )


def handed_card(words: Words, question: str, *, before: bool, reached: bool = True, until: str = "") -> Card:
    """`reached`: the AI Lab has a channel in which it hears of it. `until`: when it means to have answered."""
    said = words("ask.handed_before" if before else ("ask.handed" if reached else "ask.handed_quiet"))
    if until and reached:
        said = f"{said} {words('ask.handed_until', moment=until)}"
    return Card(
        summary=said,
        elements=(
            Text(text=said),
            Text(text=shorten(words("ask.question_was", question=question), limits.TEXT), style="quote"),
        ),
    )


def talk_card(words: Words, group: str, masked: Sequence[str]) -> Card:
    """A kind word for what is no may-I question; with a road where there is one."""
    said = words(f"ask.talk_{group}")
    ask = Button.to(AskAgain(), words("ask.button_ask"), opens_form=True)
    lab = Button.to(WriteToLab(), words("ask.button_lab"), opens_form=True)
    buttons = {
        "greeting": (ask, Button.to(ShowHelp(), words("ask.button_help"))),
        "complaint": (lab,),
        "case": (lab,),
        "survey": (lab,),
        "lab": (lab,),
        "ai_general": (ask, lab),
        "work_other": (ask,),
        "permission_other": (ask,),
        "too_broad": (ask,),
        "nonsense": (ask, Button.to(ShowHelp(), words("ask.button_help"))),
    }.get(group, ())
    elements: list[Element] = [Text(text=said), *_masked(words, masked)]
    if buttons:
        elements.append(Buttons(buttons=buttons))
    return Card(summary=shorten(said, limits.SUMMARY), elements=tuple(elements))


def _masked(words: Words, masked: Sequence[str]) -> list[Element]:
    return [Text(text=masked_line(words, masked), style="quiet")] if masked else []
