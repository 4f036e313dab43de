"""What follows an answer: other data, another row, a rating, the AI Lab; each for one's own question only."""

from __future__ import annotations

from typing import Any

from bot.conversation import Answered, Conversation, Handover, Refused, Turn
from bot.conversations.ask import actions, cards, forms
from bot.conversations.ask.answer_card import About, answer_card
from bot.conversations.ask.rules import NOTHING_READ
from bot.crossing import add_to, hand_over
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event, Pressed, Submitted
from bot.texts import language_of
from bot.working_time import find_zone
from knowledge.answers import Judgement
from knowledge.kept import judge_kept
from knowledge.masking import mask
from storage import questions
from storage.questions import Asked


class Presses:
    """Everything that begins with a button under an answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ChangeData, self.change_data)
        conversation.on_action(actions.ChooseRow, self.choose_row)
        conversation.on_action(actions.AskLab, self.ask_lab)
        conversation.on_action(actions.Rate, self.open_rating)
        conversation.on_form(actions.SendRating, self.keep_rating)
        conversation.on_action(actions.WriteToLab, self.open_lab_form)
        conversation.on_form(actions.SendToLab, self.keep_for_lab)

    async def change_data(self, event: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.ChangeData)
        asked = await self._get_own(turn, action.question)
        if asked.use_case is None:
            raise Refused(turn.words("ask.row_gone"))
        kept = {**asked.reading, "chosen_data": action.data_class}
        await self._judge_again(event, turn, asked, asked.use_case, kept)

    async def choose_row(self, event: Pressed, turn: Turn) -> None:
        """Only a row that was offered for this question can be picked."""
        action = turn.action
        assert isinstance(action, actions.ChooseRow)
        asked = await self._get_own(turn, action.question)
        if action.use_case not in asked.reading["candidates"]:
            raise Refused(turn.words("ask.row_gone"))
        await self._judge_again(event, turn, asked, action.use_case, {**asked.reading, "also": []})

    async def _judge_again(self, event: Pressed, turn: Turn, asked: Asked, row: str, kept: dict[str, Any]) -> None:
        judgements = judge_kept(self._desk.knowledge(), [row, *kept["also"]], kept)
        if not judgements:
            raise Refused(turn.words("ask.row_gone"))
        decides = judgements[0]
        # The strictest decides, and may be another of the rows than before: keep both sides of it.
        kept = {**kept, "also": [other.use_case.id for other in judgements[1:]]}
        await questions.save_outcome(
            turn.tx,
            asked.id,
            outcome="answer",
            use_case=decides.use_case.id,
            row_version=decides.use_case.version,
            verdict=decides.verdict,
            reading=kept,
        )
        card = self._draw(turn, asked.id, kept, judgements)
        answered = Answered("answer", asked.id, decides, kept["tool_words"])
        turn.show(await add_to(self._desk, turn, card, answered))

    def _draw(self, turn: Turn, id: str, kept: dict[str, Any], judgements: tuple[Judgement, ...]) -> Card:
        decides, *also = judgements
        about = About(
            id,
            tuple(also),
            kept["tool_words"],
            tuple(kept["masked"]),
            at_lab=bool(kept.get("at_lab")),
            lowered="chosen_data" in kept,
        )
        return answer_card(turn.words, self._desk.knowledge(), decides, about)

    async def ask_lab(self, event: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.AskLab)
        asked = await self._get_own(turn, action.question)
        card = await self._hand_over(turn, asked)
        if asked.verdict is None:
            turn.show(card)
        else:
            turn.say(card)  # the answer stays where it is

    async def _hand_over(self, turn: Turn, asked: Asked) -> Card:
        """Bring it to the AI Lab; what to tell the asker of it."""
        handed = await hand_over(self._desk, turn, Handover(asked.id, asked.text))
        await questions.save_outcome(
            turn.tx,
            asked.id,
            outcome=asked.outcome if asked.verdict else "handover",
            use_case=asked.use_case,
            row_version=asked.row_version,
            verdict=asked.verdict,
            reading={**asked.reading, "at_lab": True},
        )
        reached = self._desk.lab is not None
        by = handed.answer_by
        zone = find_zone(turn.person.time_zone, self._desk.time_zone)
        until = turn.words.moment(by, zone.key) if by else ""
        return cards.handed_card(turn.words, asked.text, before=not handed.first, reached=reached, until=until)

    async def open_rating(self, _: Event, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.Rate)
        await self._get_own(turn, action.question)
        turn.open(forms.rating_form(turn.words, action.question))

    async def keep_rating(self, event: Submitted, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.SendRating)
        await self._get_own(turn, action.question)
        helpful = event.values.get("right") == "yes"
        reason = str(event.values.get("reason") or "").strip()
        if not helpful and not reason:
            form = forms.rating_form(turn.words, action.question)
            turn.form_errors(form.with_values(event.values), {"reason": turn.words("ask.rate_reason_needed")})
            return
        await questions.rate(
            turn.tx, action.question, helpful=helpful, reason=mask(reason).text[:3000], now=turn.now
        )
        card = Card.of_words(turn.words("ask.rated_yes" if helpful else "ask.rated_no"))
        turn.say(await add_to(self._desk, turn, card, Answered("rated", action.question)))

    async def open_lab_form(self, _: Event, turn: Turn) -> None:
        turn.open(forms.lab_form(turn.words))

    async def keep_for_lab(self, event: Submitted, turn: Turn) -> None:
        """A question for people: kept and handed over without being read."""
        text = mask(str(event.values.get("question") or "").strip()).text
        if not text:
            form = forms.lab_form(turn.words)
            turn.form_errors(form.with_values(event.values), {"question": turn.words("ask.empty")})
            return
        id = await questions.add_question(
            turn.tx,
            person_id=turn.person.id,
            text=text,
            language=turn.language,
            outcome="handover",
            use_case=None,
            row_version=None,
            verdict=None,
            reading=dict(NOTHING_READ),
            now=turn.now,
        )
        turn.say(await self._hand_over(turn, await self._get_own(turn, id)))

    async def _get_own(self, turn: Turn, question_id: str) -> Asked:
        """The question, if the one who presses asked it; the card is then drawn in the question's language."""
        asked = await questions.find_asked_by(turn.tx, question_id, turn.person.id)
        if asked is None:
            known = await questions.is_kept(turn.tx, question_id)
            raise Refused(turn.words("ask.not_yours" if known else "ask.question_gone"))
        turn.language = language_of(asked.language)
        return asked
