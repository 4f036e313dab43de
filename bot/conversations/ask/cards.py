"""The other cards and forms of "mag dit?": choosing, handing over, small talk, help and home."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Command
from bot.conversations.ask.actions import (
    AskAgain,
    AskLab,
    ChooseRow,
    SendQuestion,
    SendRating,
    SendToLab,
    ShowHelp,
    WriteToLab,
)
from bot.conversations.ask.answer_card import masked_line
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Divider,
    Element,
    Form,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.texts import Words
from knowledge.content import Knowledge, UseCase, Verdict
from storage.questions import Asked

QUESTION_LENGTH = limits.FIELD_TEXT
_HOME_QUESTIONS = 5


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


def introduced(words: Words, knowledge: Knowledge, card: Card) -> Card:
    """The same card, saying once what the bot is and what it keeps."""
    return Card(summary=card.summary, elements=(*card.elements, Text(text=_about(words, knowledge), style="quiet")))


def handed_card(words: Words, question: str, *, before: bool) -> Card:
    said = words("ask.handed_before" if before else "ask.handed")
    return Card(
        summary=said,
        elements=(
            Text(text=said),
            Text(text=shorten(words("ask.question_was", question=question), limits.TEXT), style="quote"),
        ),
    )


def lab_card(words: Words, question: str, near: Sequence[UseCase], data: str, *, tool: str, asker: str) -> Card:
    """What the AI Lab sees of a question that waits."""
    titles = words.listed([f"‘{row.title.in_language(words.language)}’" for row in near])
    details = [words("ask.lab_nearest", titles=titles) if near else words("ask.lab_none")]
    if data:
        details.append(words("ask.lab_data", data=data))
    if tool:
        details.append(words("ask.lab_tool", tool=shorten(tool, 60)))
    details.append(words("ask.lab_asker", name=asker or words("ask.someone")))
    return Card(
        summary=words("ask.lab_title"),
        elements=(
            Text(text=words("ask.lab_title"), style="heading"),
            Text(text=shorten(question, limits.TEXT), style="quote"),
            Text(text=shorten("\n".join(details), limits.TEXT), style="quiet"),
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
        "nonsense": (ask, Button.to(ShowHelp(), words("ask.button_help"))),
    }.get(group, ())
    elements: list[Element] = [Text(text=said), *_masked(words, masked)]
    if buttons:
        elements.append(Buttons(buttons=buttons))
    return Card(summary=shorten(said, limits.SUMMARY), elements=tuple(elements))


def help_card(words: Words, knowledge: Knowledge, commands: Sequence[Command]) -> Card:
    """What I can do, with real examples from the matrix."""
    lines = [
        words("ask.help_command_line", word=command.word, what=words(command.help_key)) for command in commands
    ]
    return Card(
        summary=words("ask.help_title"),
        elements=(
            Text(text=words("ask.help_title"), style="heading"),
            Text(text=words("ask.help_intro")),
            Bullets(items=example_questions(words, knowledge)),
            Text(text=words("ask.help_commands")),
            Bullets(items=tuple(lines[: limits.BULLETS])),
            Text(text=_about(words, knowledge), style="quiet"),
            Buttons(buttons=(Button.to(AskAgain(), words("ask.button_ask"), opens_form=True, primary=True),)),
        ),
    )


def about_card(words: Words, knowledge: Knowledge) -> Card:
    said = _about(words, knowledge)
    return Card(summary=shorten(said, limits.SUMMARY), elements=(Text(text=said),))


def welcome_card(words: Words, knowledge: Knowledge) -> Card:
    """The first hello: what I am, what I do, what I keep."""
    title = words("ask.welcome_title", bot=knowledge.policy.contact_point)
    return Card(
        summary=title,
        elements=(
            Text(text=shorten(title, limits.HEADING), style="heading"),
            Text(text=words("ask.welcome")),
            Bullets(items=example_questions(words, knowledge)),
            Text(text=_about(words, knowledge), style="quiet"),
            Buttons(
                buttons=(
                    Button.to(AskAgain(), words("ask.button_ask"), opens_form=True, primary=True),
                    Button.to(ShowHelp(), words("ask.button_help")),
                )
            ),
        ),
    )


def home_card(words: Words, knowledge: Knowledge, last: Sequence[Asked]) -> Card:
    """The bot's home: ask, my last answers, what can you do."""
    lines = tuple(shorten(_home_line(words, asked), 200) for asked in last[:_HOME_QUESTIONS])
    history: list[Element] = [Bullets(items=lines)] if lines else [Text(text=words("ask.home_none"))]
    return Card(
        summary=words("ask.home_title"),
        elements=(
            Text(text=words("ask.home_title"), style="heading"),
            Text(text=words("ask.welcome")),
            Buttons(
                buttons=(
                    Button.to(AskAgain(), words("ask.button_ask"), opens_form=True, primary=True),
                    Button.to(ShowHelp(), words("ask.button_help")),
                )
            ),
            Divider(),
            Text(text=words("ask.home_last"), style="strong"),
            *history,
            Text(text=_about(words, knowledge), style="quiet"),
        ),
    )


def _home_line(words: Words, asked: Asked) -> str:
    if asked.verdict:
        sign = words(f"ask.verdict_{asked.verdict}")
        return words("ask.home_line", verdict=sign, question=asked.text)
    key = (
        "ask.home_line_lab" if asked.outcome == "handover" and asked.reading.get("at_lab") else "ask.home_line_open"
    )
    return words(key, question=asked.text)


def example_questions(words: Words, knowledge: Knowledge) -> tuple[str, ...]:
    """Three examples of three different verdicts, out of the organisation's own matrix."""
    chosen: dict[Verdict, str] = {}
    for row in knowledge.use_cases:
        examples = row.examples.get(words.language) or ()
        verdict = row.verdicts[row.typical_data]
        if examples and verdict not in chosen:
            chosen[verdict] = shorten(examples[0], 200)
    return tuple(chosen.values())[:3] or (words("ask.ask_placeholder"),)


def _about(words: Words, knowledge: Knowledge) -> str:
    policy = knowledge.policy
    about = words("ask.about", bot=policy.contact_point, organisation=policy.organisation)
    return f"{about} {words('ask.about_keeps')}"


def _masked(words: Words, masked: Sequence[str]) -> list[Element]:
    return [Text(text=masked_line(words, masked), style="quiet")] if masked else []


# ---------------------------------------------------------------- forms


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
                value=shorten(text, QUESTION_LENGTH) if text else "",
            ),
        ),
    )


def lab_form(words: Words) -> Form:
    return Form(
        title=words("ask.lab_form_title"),
        submit=words("ask.send"),
        cancel=words("ask.cancel"),
        action=SendToLab().pack(),
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
