"""Notices how a question is meant: AI left unsaid, no leave asked, or data that just go into a tool."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.content import Language
from knowledge.matching.clauses import TOOL, Passages
from knowledge.matching.lexicon import word_list

_WITH = {"nl": "met", "en": "with"}


def say_ai(passages: Passages, words: Collection[str], language: Language) -> Passages:
    """ "Mag ik een mail laten herschrijven?" is asked of a bot about AI: whoever lets it be done is AI."""
    if passages.whole is None or passages.parts or not leaves_ai_unsaid(words):
        return passages
    return replace(passages, whole=f"{passages.whole} {_WITH[language]} {TOOL}")


def leaves_ai_unsaid(words: Collection[str]) -> bool:
    said = {TOOL, *word_list("speaks_of_ai"), *word_list("means_ai")}
    asks = not word_list("asks_leave").isdisjoint(words)
    return asks and not word_list("delegates").isdisjoint(words) and said.isdisjoint(words)


def asks_only_how(words: Sequence[str]) -> bool:
    """ "Hoe vertaal ik een brief?" asks for no leave, so a yes is no answer to it."""
    opens = bool(words) and words[0] in word_list("question_words")
    return opens and word_list("asks_leave").isdisjoint(words)


def asks_of_ai(words: Sequence[str]) -> bool:
    """ "Mag AI de enquete uitwerken?" is asked about AI, although a survey is a road of its own.

    In `words` any tool is "ai". Whoever asks for the AI Lab asks for people.
    """
    asked_before = word_list("asking") | word_list("by_means_of") | word_list("delegates")
    places = [place for place, word in enumerate(words) if word == TOOL and place]
    return any(words[place - 1] in asked_before and words[place + 1 : place + 2] != ["lab"] for place in places)


def puts_in(words: Collection[str]) -> bool:
    """ "Mag ik klantgegevens in ChatGPT plakken?" names no deed but this one."""
    return not word_list("puts_in").isdisjoint(words)
