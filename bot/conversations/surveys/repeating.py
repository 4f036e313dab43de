"""The same again each quarter: its lead is asked, sees how it goes out, and sends it with one press."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.conversations.surveys import actions, cards
from bot.conversations.surveys.audience import find_audience
from bot.conversations.surveys.closing import get_due
from bot.conversations.surveys.following import get_led
from bot.conversations.surveys.starting import QUARTER, find_closing, show_draft
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event
from bot.texts import words_in
from knowledge.survey_questions import write_questions
from storage import surveys
from storage.people import find_language
from storage.surveys import Round


class Repeating:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Repeat, self.switch)
        conversation.on_action(actions.Again, self.ask_lead)
        conversation.on_action(actions.Renew, self.renew)

    async def switch(self, _: Event, turn: Turn) -> None:
        """Each quarter from now on, or no longer."""
        assert isinstance(turn.action, actions.Repeat)
        round_, _results = await get_led(turn, self._desk, turn.action.round)
        await surveys.set_repeats(turn.tx, round_.id, repeats=not round_.repeats)
        if round_.repeats:
            turn.say(Card.of_words(turn.words("surveys.repeat_ended")))
            return
        assert round_.opened_at is not None
        again = max(round_.opened_at + QUARTER, turn.now)
        turn.later(again, actions.Again(round=round_.id), key=f"survey:{round_.id}:again")
        turn.say(cards.repeats_card(turn.words, round_, again.date()))

    async def ask_lead(self, event: Event, turn: Turn) -> None:
        """Nothing where the lead is gone or thought better of it."""
        assert isinstance(turn.action, actions.Again)
        round_ = await get_due(event, turn, turn.action.round)
        if round_.repeats and round_.lead_id is not None:
            words = words_in(await find_language(turn.tx, round_.lead_id))
            turn.tell(round_.lead_id, cards.again_card(words, round_))

    async def renew(self, _: Event, turn: Turn) -> None:
        """As the survey stands now, to whoever is in the team or the unit now; people who were picked, the same."""
        assert isinstance(turn.action, actions.Renew)
        round_, _results = await get_led(turn, self._desk, turn.action.round)
        survey = self._desk.knowledge().surveys.find(round_.survey)
        questions = write_questions(survey.questions, self._desk.knowledge().tools) if survey else round_.questions
        assert round_.opened_at is not None
        id = await surveys.add_draft(
            turn.tx,
            survey=round_.survey,
            survey_version=survey.version if survey else round_.survey_version,
            title=round_.title,
            purpose=round_.purpose,
            questions=[*questions, *(one for one in round_.questions if one["id"].startswith("own-"))],
            lead_id=turn.person.id,
            audience=round_.audience,
            unit=round_.unit,
            anonymous=round_.anonymous,
            minimum=self._desk.knowledge().surveys.minimum,
            closes_at=find_closing(self._desk, turn.now + (round_.closes_at - round_.opened_at)),
            people=await self._find_people(turn, round_),
            now=turn.now,
            language=round_.language,
            follows=round_.id,
        )
        await show_draft(turn, self._desk, id)

    async def _find_people(self, turn: Turn, round_: Round) -> tuple[str, ...]:
        if round_.audience in ("team", "unit", "drawn"):
            chosen = f"unit:{round_.unit}" if round_.audience == "unit" else round_.audience
            return (await find_audience(turn, self._desk, chosen, "", round_.questions)).people
        return tuple(await surveys.list_people(turn.tx, round_.id))
