"""What a closed round shows to all alike: how many took part, and per question bars, themes or masked words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversations.surveys.picture import draw_bars
from bot.model.cards import Bullets, Card, Element, Picture, Text, shorten
from bot.model.limits import PICTURE_ALT, SUMMARY
from bot.texts import Words
from knowledge.content import Wording
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
)
from knowledge.surveys import Question
from storage.surveys import Round
from storage.surveys_answers import Result

_QUOTES, _QUOTE = 3, 160
_THEMES = 3
_MOST_PICTURES = 4
"""A message holds some 100 KB on Teams; the other questions say the same in words."""


def result_card(
    words: Words,
    round_: Round,
    results: Mapping[str, Result],
    agreed: Agreed,
    *,
    pictures: bool = True,
    more: Sequence[Element] = (),
) -> Card:
    """The same for the lead and for everybody who was asked. `more`: what others offer to do with it."""
    heading = words("surveys.result_title", title=round_.title[words.language])
    elements: list[Element] = [
        Text(text=shorten(heading, 140), style="heading"),
        Text(text=words("surveys.result_part", n=round_.answered, invited=round_.invited)),
    ]
    room = _MOST_PICTURES if pictures else 0
    for question in read_questions(round_.questions) if results else ():
        drawn = _tell(words, question, results.get(question.id), agreed, pictures=room > 0)
        room -= sum(isinstance(element, Picture) for element in drawn)
        elements += drawn
    if not results:
        elements.append(Text(text=words("surveys.result_none", n=round_.minimum)))
    elements += more
    elements.append(Text(text=words("surveys.result_small", n=round_.minimum), style="quiet"))
    return Card(summary=shorten(heading, SUMMARY), elements=tuple(elements))


def _tell(
    words: Words, question: Question, result: Result | None, agreed: Agreed, *, pictures: bool
) -> list[Element]:
    asked = Text(text=question.ask.in_language(words.language), style="strong")
    if result is None:
        return [asked, Text(text=words("surveys.result_few"), style="quiet")]
    if question.is_text:
        return [asked, *_tell_texts(words, result, agreed)]
    if question.kind == "pick":
        return [asked, *_tell_picks(words, question, result)]
    rows = count_options(question, result.counts, words.language)
    told = words("surveys.result_bars", bars="; ".join(f"{label}: {count}" for label, count in rows))
    beside = tell_beside(words, question, result, agreed)
    stands = [Text(text=beside, style="quiet")] if beside else []
    if not pictures:
        return [asked, Bullets(items=tuple(f"{label}: {count}" for label, count in rows)), *stands]
    picture = Picture(png=draw_bars(tuple(rows), result.people), alt=shorten(told, PICTURE_ALT))
    return [asked, picture, *stands]


def _tell_texts(words: Words, result: Result, agreed: Agreed) -> list[Element]:
    """Themes with their numbers; where nothing is alike, a few of the words."""
    themes = find_themes(result.themes)
    rows = find_rows(result.themes, agreed)
    told: list[Element] = []
    for theme in themes[:_THEMES]:
        text = words("surveys.result_theme", n=theme.people, text=shorten(theme.texts[0], _QUOTE))
        told += [Text(text=text, style="quote"), *_tell_row(words, rows.get(theme.texts[0]))]
    names = {one["text"]: quote(one) for one in result.texts}
    others = find_others([one["text"] for one in result.texts], themes)
    shown = others[: 0 if themes else _QUOTES]
    for text in shown:
        told += [Text(text=shorten(names[text], _QUOTE), style="quote"), *_tell_row(words, rows.get(text))]
    more = len(others) - len(shown)
    return [*told, Text(text=words("surveys.result_more", n=more), style="quiet")] if more > 0 else told


def _tell_row(words: Words, title: Wording | None) -> list[Element]:
    """The agreement that is there already."""
    if title is None:
        return []
    return [Text(text=words("surveys.result_row", title=title.in_language(words.language)), style="quiet")]


def _tell_picks(words: Words, question: Question, result: Result) -> list[Element]:
    chosen = find_chosen(question, result.counts)
    lines = [
        words("surveys.result_votes", n=votes, text=shorten(text.in_language(words.language), _QUOTE))
        for text, votes in chosen[:PICKS]
    ]
    tied = [Text(text=words("surveys.result_tied"), style="quiet")] if is_tied(chosen) else []
    return [Bullets(items=tuple(lines)), *tied]


def tell_beside(words: Words, question: Question, result: Result, agreed: Agreed) -> str:
    """Where the team stands, beside the organisation; "" for what is on no such line."""
    mine = find_place(question, result.counts)
    ours = agreed.places.get(question.about)
    if mine is None or ours is None:
        return ""
    team, organisation = (name_place(question, place).in_language(words.language) for place in (mine, ours))
    return words("surveys.result_beside", team=team, organisation=organisation)


def quote(told: Mapping[str, str]) -> str:
    return f"{told['text']} ({told['name']})" if told.get("name") else told["text"]
