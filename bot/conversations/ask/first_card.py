"""The card that a question gets at first, whatever came of it; the command line draws the same one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Command
from bot.conversations.ask import cards, hello_cards
from bot.conversations.ask.answer_card import About, answer_card
from bot.conversations.ask.rules import Settled
from bot.model.cards import Card
from bot.texts import Words
from knowledge.answers import Outcome, Reading
from knowledge.content import Knowledge


def first_card(
    words: Words,
    knowledge: Knowledge,
    reading: Reading,
    settled: Settled,
    question_id: str,
    commands: Sequence[Command] = (),
) -> Card:
    """`question_id`: "" for a question that is not kept; `commands`: what the help names."""
    match settled.outcome:
        case Outcome.ANSWER:
            decides, *also = settled.judgements
            about = About(question_id, tuple(also), reading.tool_words, reading.masked)
            return answer_card(words, knowledge, decides, about)
        case Outcome.CHOOSE:
            return cards.choose_card(words, question_id, settled.near, reading.masked)
        case Outcome.HANDOVER:
            return cards.handover_card(words, question_id, settled.near, reading.masked)
        case Outcome.SMALLTALK:
            return _small_talk(words, knowledge, reading, commands)


def _small_talk(words: Words, knowledge: Knowledge, reading: Reading, commands: Sequence[Command]) -> Card:
    group = reading.smalltalk or "nonsense"
    if group == "help":
        return hello_cards.help_card(words, knowledge, commands)
    if group == "about_bot":
        return hello_cards.about_card(words, knowledge)
    known = group if words.knows(f"ask.talk_{group}") else "nonsense"
    return cards.talk_card(words, known, reading.masked)
