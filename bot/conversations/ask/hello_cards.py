"""Cards that tell what the bot is, does and keeps: the welcome, help and home."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Command
from bot.conversations.ask.actions import AskAgain, ShowHelp
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Divider, Element, Text, shorten
from bot.texts import Words
from knowledge.content import Knowledge, Verdict
from storage.questions import Asked

_HOME_QUESTIONS = 5


def introduced(words: Words, knowledge: Knowledge, card: Card) -> Card:
    """The same card, saying once what the bot is and what it keeps."""
    return card.with_more(Text(text=_about(words, knowledge), style="quiet"))


def help_card(words: Words, knowledge: Knowledge, commands: Sequence[Command]) -> Card:
    """What I can do, with real examples from the matrix."""
    lines = [
        words("ask.help_command_line", word=command.word, what=words(command.help_key)) for command in commands
    ]
    most = limits.BULLETS
    listed = [Bullets(items=tuple(lines[start : start + most])) for start in range(0, len(lines), most)]
    typed = (Text(text=words("ask.help_commands")), *listed) if lines else ()
    return Card(
        summary=words("ask.help_title"),
        elements=(
            Text(text=words("ask.help_title"), style="heading"),
            Text(text=words("ask.help_intro")),
            Bullets(items=example_questions(words, knowledge)),
            *typed,
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
    if asked.reading.get("lab_answered"):
        return words("ask.home_line_answered", question=asked.text)
    at_lab = asked.outcome == "handover" and asked.reading.get("at_lab")
    return words("ask.home_line_lab" if at_lab else "ask.home_line_open", question=asked.text)


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
