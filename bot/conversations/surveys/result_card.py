"""What a closed round shows to all alike: how many took part, and per question bars or some masked words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversations.surveys.picture import draw_bars
from bot.model.cards import Bullets, Card, Element, Picture, Text, shorten
from bot.model.limits import PICTURE_ALT, SUMMARY
from bot.texts import Words
from knowledge.survey_questions import count_options, read_questions
from knowledge.surveys import Question
from storage.surveys import Round
from storage.surveys_answers import Result

_QUOTES, _QUOTE = 3, 160
_MOST_PICTURES = 4
"""A message holds some 100 KB on Teams; the other questions say the same in words."""


def result_card(words: Words, round_: Round, results: Mapping[str, Result], *, pictures: bool = True) -> Card:
    """The same for the lead and for everybody who was asked."""
    heading = words("surveys.result_title", title=round_.title[words.language])
    elements: list[Element] = [
        Text(text=shorten(heading, 140), style="heading"),
        Text(text=words("surveys.result_part", n=round_.answered, invited=round_.invited)),
    ]
    room = _MOST_PICTURES if pictures else 0
    for question in read_questions(round_.questions) if results else ():
        drawn = _tell(words, question, results.get(question.id), pictures=room > 0)
        room -= sum(isinstance(element, Picture) for element in drawn)
        elements += drawn
    if not results:
        elements.append(Text(text=words("surveys.result_none", n=round_.minimum)))
    elements.append(Text(text=words("surveys.result_small", n=round_.minimum), style="quiet"))
    return Card(summary=shorten(heading, SUMMARY), elements=tuple(elements))


def _tell(words: Words, question: Question, result: Result | None, *, pictures: bool) -> list[Element]:
    asked = Text(text=question.ask.in_language(words.language), style="strong")
    if result is None:
        return [asked, Text(text=words("surveys.result_few"), style="quiet")]
    if question.is_text:
        return [asked, *_quotes(words, result)]
    rows = count_options(question, result.counts, words.language)
    told = words("surveys.result_bars", bars="; ".join(f"{label}: {count}" for label, count in rows))
    if not pictures:
        return [asked, Bullets(items=tuple(f"{label}: {count}" for label, count in rows))]
    return [asked, Picture(png=draw_bars(tuple(rows), result.people), alt=shorten(told, PICTURE_ALT))]


def _quotes(words: Words, result: Result) -> list[Element]:
    told = [quote(one) for one in result.texts[:_QUOTES]]
    more = len(result.texts) - len(told)
    quotes: list[Element] = [Text(text=shorten(text, _QUOTE), style="quote") for text in told]
    return [*quotes, Text(text=words("surveys.result_more", n=more), style="quiet")] if more > 0 else quotes


def quote(told: Mapping[str, str]) -> str:
    return f"{told['text']} ({told['name']})" if told.get("name") else told["text"]
