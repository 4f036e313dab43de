"""Telling what came out: the same card for everybody who was asked, and to the lead what could follow."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import Surveyed, Turn
from bot.conversations.surveys import cards, next_card
from bot.conversations.surveys.result_card import result_card
from bot.crossing import add_to_survey
from bot.desk import Desk
from bot.model.cards import Card, Element
from bot.texts import WORDS, Words, language_of, words_in
from knowledge.survey_questions import find_about, read_questions
from knowledge.survey_results import find_agreed, find_unknown_tools
from storage import surveys
from storage.people import find_language
from storage.surveys import Round
from storage.surveys_answers import Result

_MOST_PICTURED = 100
"""People who get the results with pictures; in a larger round they would fill the outbox, and words do."""


class Telling:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tell(self, turn: Turn, round_: Round, results: Mapping[str, Result]) -> None:
        """Whoever was asked gets what the lead gets, but for those who had rather not be asked."""
        drawn = {language: self._draw(words, round_, results) for language, words in WORDS.items()}
        told = await surveys.find_languages(turn.tx, round_.id, without="declined")
        lead = [(round_.lead_id, await find_language(turn.tx, round_.lead_id))] if round_.lead_id else []
        for person, language in dict([*told, *lead]).items():
            turn.tell(person, drawn[language_of(language)])
        if round_.lead_id is not None:
            words = words_in(await find_language(turn.tx, round_.lead_id))
            offers = self._offers(words, round_, results)
            following = next_card.draw_next(words, round_, results, find_agreed(self._desk.knowledge()), offers)
            if following is not None:
                turn.tell(round_.lead_id, following)

    def _draw(self, words: Words, round_: Round, results: Mapping[str, Result]) -> Card:
        words = cards.words_for(round_, words)
        mistakes = any(one.id in results for one in find_about(read_questions(round_.questions), "mistakes"))
        more = add_to_survey(self._desk, words, Surveyed(for_lead=False, mistakes=mistakes))
        pictures = round_.invited <= _MOST_PICTURED
        return result_card(
            words, round_, results, find_agreed(self._desk.knowledge()), pictures=pictures, more=more
        )

    def _offers(self, words: Words, round_: Round, results: Mapping[str, Result]) -> tuple[Element, ...]:
        asked = find_about(read_questions(round_.questions), "tools")
        texts = [told["text"] for one in asked if one.id in results for told in results[one.id].texts]
        tools = find_unknown_tools(texts, self._desk.knowledge().tools)
        return add_to_survey(self._desk, words, Surveyed(for_lead=True, tools=tuple(tools)))
