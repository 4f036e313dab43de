"""Every card and form of "mag dit?" with example data, for the gallery and the tests of every platform."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from bot.conversation import Command, Route
from bot.conversations.ask import cards, forms, hello_cards
from bot.conversations.ask.answer_card import About, answer_card
from bot.model.cards import Card, Example
from bot.texts import WORDS, Words
from knowledge.answers import Judgement
from knowledge.content import UNKNOWN_TOOL, Knowledge, Language, Verdict
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.verdict import judge
from storage.questions import Asked

_QUESTION_ID = "0" * 32
_TEXTS = {
    "nl": "Mag ik Copilot mijn antwoord aan een klant laten herschrijven?",
    "en": "May I let Copilot rewrite my reply to a customer?",
}


@cache
def _knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def all_examples(language: Language) -> Iterator[Example]:
    words, knowledge = WORDS[language], _knowledge()
    for name, card in (*_answers(words, knowledge), *_other_cards(words, knowledge)):
        yield Example(name=name, card=card)
    yield Example(name="question form", card=forms.question_form(words))
    yield Example(name="rating form", card=forms.rating_form(words, _QUESTION_ID))
    yield Example(name="form for the AI Lab", card=forms.lab_form(words))


def _answers(words: Words, knowledge: Knowledge) -> Iterator[tuple[str, Card]]:
    """One answer of every verdict, then the ways in which a tool matters."""
    for verdict in Verdict:
        row, data = _find_cell(knowledge, verdict)
        judgement = judge(knowledge, row, [data], [])
        yield f"answer: {verdict}", answer_card(words, knowledge, judgement, About(_QUESTION_ID))
    row = knowledge.use_cases[0].id
    forbidden = next(tool.id for tool in knowledge.tools if tool.data_limit is None)
    blocked = judge(knowledge, row, [], [forbidden])
    yield "answer: another tool", answer_card(words, knowledge, blocked, About(_QUESTION_ID))
    unknown = judge(knowledge, row, [], [UNKNOWN_TOOL])
    about = About(_QUESTION_ID, tool_words="NotebookLM", masked=("email", "phone"))
    yield "answer: unknown tool, masked", answer_card(words, knowledge, unknown, about)
    two = (judge(knowledge, knowledge.use_cases[1].id, [], []),)
    yield "answer: two uses", answer_card(words, knowledge, _judge_typical(knowledge), About(_QUESTION_ID, two))


def _judge_typical(knowledge: Knowledge) -> Judgement:
    return judge(knowledge, knowledge.use_cases[0].id, [], [])


def _find_cell(knowledge: Knowledge, verdict: Verdict) -> tuple[str, str]:
    """A row and data class with this verdict."""
    return next(
        (row.id, data)
        for row in knowledge.use_cases
        for data, found in row.verdicts.items()
        if found is verdict and judge(knowledge, row.id, [data], []).verdict is verdict
    )


def _other_cards(words: Words, knowledge: Knowledge) -> Iterator[tuple[str, Card]]:
    rows, text = knowledge.use_cases[:3], _TEXTS[words.language]
    yield "choose", cards.choose_card(words, _QUESTION_ID, rows, ())
    yield "handover", cards.handover_card(words, _QUESTION_ID, rows[:2], ("bsn",))
    yield "handed over", cards.handed_card(words, text, before=False)
    yield (
        "for the AI Lab",
        cards.lab_card(words, text, rows, "persoonsgegevens", tool="Copilot", asker="Noor Bakker"),
    )
    yield "greeting", cards.talk_card(words, "greeting", ())
    yield "about a colleague's work", cards.talk_card(words, "work_other", ())
    yield "help", hello_cards.help_card(words, knowledge, [_example_command()])
    yield "welcome", hello_cards.welcome_card(words, knowledge)
    yield "home", hello_cards.home_card(words, knowledge, [_asked(text, "mag_mits"), _asked(text, None)])
    yield "home, nothing asked", hello_cards.home_card(words, knowledge, [])


def _example_command() -> Command:
    async def nothing(_: object, __: object) -> None: ...

    return Command("magdit", "ask.help_magdit", Route("ask", nothing))


def _asked(text: str, verdict: str | None) -> Asked:
    return Asked(
        id=_QUESTION_ID,
        text=text,
        language="nl",
        outcome="answer" if verdict else "handover",
        use_case=None,
        row_version=None,
        verdict=verdict,
        reading={"at_lab": True},
        asked_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
