"""Telling what came out: the same card for everybody who was asked, and to the lead what could follow."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import Conversation, Surveyed, Turn
from bot.conversations.surveys import actions, cards, next_card
from bot.conversations.surveys.closing import get_due
from bot.conversations.surveys.result_card import result_card
from bot.crossing import add_to_survey
from bot.desk import Desk
from bot.model.cards import Card, Element
from bot.model.events import Event
from bot.texts import WORDS, Words, language_of, words_in
from knowledge.survey_questions import find_about, read_questions
from knowledge.survey_results import find_agreed, find_unknown_tools
from storage import surveys, surveys_answers
from storage.people import find_language
from storage.surveys import Round
from storage.surveys_answers import Result

_MOST_PICTURED = 100
"""People who get the results with pictures; in a larger round they would fill the outbox, and words do."""

_AT_ONCE = 250


class Telling:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Tell, self.go_on)

    async def go_on(self, event: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Tell)
        round_ = await get_due(event, turn, turn.action.round)
        results = await surveys_answers.find_results(turn.tx, round_.id)
        await self._tell_some(turn, round_, results, turn.action.after)

    async def tell(self, turn: Turn, round_: Round, results: Mapping[str, Result]) -> None:
        """Whoever was asked gets what the lead gets, but for those who had rather not be asked."""
        await self._tell_some(turn, round_, results, "")
        if round_.lead_id is None:
            return
        words = words_in(await find_language(turn.tx, round_.lead_id))
        if await surveys.find_part(turn.tx, round_.id, round_.lead_id) is None:
            turn.tell(round_.lead_id, self._draw(words, round_, results))
        offers = self._offers(words, round_, results)
        following = next_card.draw_next(words, round_, results, find_agreed(self._desk.knowledge()), offers)
        if following is not None:
            turn.tell(round_.lead_id, following)

    async def _tell_some(self, turn: Turn, round_: Round, results: Mapping[str, Result], after: str) -> None:
        """A few hundred each time: nothing else waits for long."""
        drawn = {language: self._draw(words, round_, results) for language, words in WORDS.items()}
        told = await surveys.find_languages(turn.tx, round_.id, without="declined", after=after, most=_AT_ONCE)
        for person, language in told:
            turn.tell(person, drawn[language_of(language)])
        if len(told) == _AT_ONCE:
            last = told[-1][0]
            turn.later(turn.now, actions.Tell(round=round_.id, after=last), key=f"survey:{round_.id}:tell:{last}")

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
