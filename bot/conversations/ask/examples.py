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
from knowledge.content import UNKNOWN_TOOL, Knowledge, Language, ToolStatus, Verdict
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.verdict import judge
from storage.questions import Asked

_QUESTION_ID = "0" * 32
_ANSWER_BY = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
_TEXTS = {
    "nl": "Mag ik Copilot mijn antwoord aan een klant laten herschrijven?",
    "en": "May I let Copilot rewrite my reply to a customer?",
}


@cache
def _knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def all_examples(language: Language) -> Iterator[Example]:
    words, knowledge = WORDS[language], _knowledge()
    for what, judgement, about in _answers(words, knowledge):
        card = answer_card(words, knowledge, judgement, about)
        yield Example(name=words("ask.card_answer", what=what), card=card)
    for name, other in _other_cards(words, knowledge):
        yield Example(name=name, card=other)
    yield Example(name=words("ask.card_question"), card=forms.question_form(words))
    yield Example(name=words("ask.card_rating"), card=forms.rating_form(words, _QUESTION_ID))
    yield Example(name=words("ask.card_lab_form"), card=forms.lab_form(words))


def _answers(words: Words, knowledge: Knowledge) -> Iterator[tuple[str, Judgement, About]]:
    """One answer of every verdict, then the ways in which a tool matters."""
    about, row = About(_QUESTION_ID), knowledge.use_cases[0].id
    for verdict in Verdict:
        cell, data = _find_cell(knowledge, verdict)
        yield words(f"ask.verdict_{verdict}"), judge(knowledge, cell, [data], []), about
    forbidden = next(tool.id for tool in knowledge.tools if tool.data_limit is None)
    yield words("ask.card_other_tool"), judge(knowledge, row, [], [forbidden]), about
    on_trial = next(tool for tool in knowledge.tools if tool.status is ToolStatus.TRIAL and tool.data_limit)
    trial = judge(knowledge, row, [str(on_trial.data_limit)], [on_trial.id])
    yield words("ask.card_trial_tool"), trial, about
    masked = About(_QUESTION_ID, tool_words="NotebookLM", masked=("email", "phone"))
    yield words("ask.card_unknown_tool"), judge(knowledge, row, [], [UNKNOWN_TOOL]), masked
    two = (judge(knowledge, knowledge.use_cases[1].id, [], []),)
    yield words("ask.card_two_uses"), judge(knowledge, row, [], []), About(_QUESTION_ID, two)


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
    yield words("ask.card_choose"), cards.choose_card(words, _QUESTION_ID, rows, ())
    yield words("ask.card_handover"), cards.handover_card(words, _QUESTION_ID, rows[:2], ("bsn",))
    yield (
        words("ask.card_handed"),
        cards.handed_card(words, text, before=False, until=words.moment(_ANSWER_BY, "Europe/Amsterdam")),
    )
    yield words("ask.card_greeting"), cards.talk_card(words, "greeting", ())
    yield words("ask.card_work_other"), cards.talk_card(words, "work_other", ())
    yield words("ask.card_help"), hello_cards.help_card(words, knowledge, [_example_command()])
    yield words("ask.card_welcome"), hello_cards.welcome_card(words, knowledge)
    yield (
        words("ask.card_home"),
        hello_cards.home_card(words, knowledge, [_asked(text, "mag_mits"), _asked(text, None)]),
    )
    yield words("ask.card_home_empty"), hello_cards.home_card(words, knowledge, [])


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
