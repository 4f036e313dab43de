"""What may be shown of a closed round, as pages and sheets draw it: bars, themes, and what was agreed beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.texts import Words
from knowledge.survey_questions import count_options, read_questions
from knowledge.survey_results import (
    PICKS,
    Agreed,
    find_chosen,
    find_others,
    find_place,
    find_rows,
    find_themes,
    is_tied,
    name_place,
    read_themes,
)
from knowledge.surveys import Question
from storage.surveys import Round
from storage.surveys_answers import Result

_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    share: float
    """Of who answered, in percents."""
    before: str = ""
    """What it was the time before."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, or some that are alike with how many there are."""

    quotes: Sequence[str]
    people: int = 1
    row: str = ""
    """Id of the row of the matrix that answers it."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what may be shown of it."""

    ask: str
    people: int
    """0: of too few to show anything."""
    bars: Sequence[Bar] = ()
    themes: Sequence[Said] = ()
    others: Sequence[Said] = ()
    note: str = ""
    """A line below it."""


def describe(
    words: Words,
    round_: Round,
    results: Mapping[str, Result],
    agreed: Agreed,
    earlier: Mapping[str, Result] | None = None,
) -> list[Asked]:
    """Nothing while it is open. `earlier`: what came out the time before, where that may stand beside it."""
    if round_.state != "closed":
        return []
    return [
        _describe(words, question, results.get(question.id), agreed, (earlier or {}).get(question.id))
        for question in read_questions(round_.questions)
    ]


def _describe(
    words: Words, question: Question, result: Result | None, agreed: Agreed, earlier: Result | None
) -> Asked:
    ask = question.ask.in_language(words.language)
    if result is None:
        return Asked(ask, 0)
    if question.is_text:
        themes, others = _describe_texts(words, result, agreed)
        return Asked(ask, result.people, themes=themes, others=others)
    if question.kind == "pick":
        chosen = find_chosen(question, result.counts)
        bars = [Bar(text.in_language(words.language), n, 100 * n / result.people) for text, n in chosen]
        note = words("surveys.result_tied") if is_tied(chosen) else words("surveys.page_first", n=PICKS)
        return Asked(ask, result.people, bars, note=note)
    return Asked(
        ask,
        result.people,
        make_bars(words, question, result.counts, result.people, earlier),
        note=tell_beside(words, question, result.counts, agreed),
    )


def make_bars(
    words: Words, question: Question, counts: Mapping[str, int], people: int, earlier: Result | None = None
) -> list[Bar]:
    before = dict(count_options(question, earlier.counts, words.language)) if earlier is not None else {}
    return [
        Bar(label, count, 100 * count / people, _tell_before(words, before.get(label), earlier))
        for label, count in count_options(question, counts, words.language)
    ]


def _tell_before(words: Words, count: int | None, earlier: Result | None) -> str:
    if count is None or earlier is None:
        return ""
    return words("surveys.page_before", share=round(100 * count / earlier.people))


def _describe_texts(words: Words, result: Result, agreed: Agreed) -> tuple[list[Said], list[Said]]:
    themes, rows = find_themes(result.themes), find_rows(result.themes, agreed)
    ids = {text: theme.row for theme in read_themes(result.themes) for text in theme.texts}
    names = {one["text"]: one.get("name", "") for one in result.texts}

    def say(texts: Sequence[str], people: int = 1) -> Said:
        title = rows.get(texts[0])
        quotes = [f"{text} ({names[text]})" if names.get(text) else text for text in texts]
        named = title.in_language(words.language) if title is not None else ""
        return Said(quotes, people, ids[texts[0]] if title is not None else "", named)

    others = find_others([one["text"] for one in result.texts], themes)
    return (
        [say(list(dict.fromkeys(theme.texts))[:_QUOTES], theme.people) for theme in themes],
        [say([text]) for text in others],
    )


def tell_beside(words: Words, question: Question, counts: Mapping[str, int], agreed: Agreed) -> str:
    """Where the team stands, beside the organisation; "" for what is on no such line."""
    mine, ours = find_place(question, counts), agreed.places.get(question.about)
    if mine is None or ours is None:
        return ""
    team, organisation = (name_place(question, place).in_language(words.language) for place in (mine, ours))
    return words("surveys.result_beside", team=team, organisation=organisation)
