"""Answering: the form in one press, kept as far as it is filled in, changed until the round closes; or not for me.

An anonymous answer travels in forms only, so that no row of the outbox comes with it, and a code that is shown once
leads back to it (docs/decisions/0011-surveys.md).
"""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.surveys import actions, cards, forms, sheet
from bot.conversations.surveys.sheet import Answers
from bot.model.events import Event, Submitted
from knowledge.survey_questions import read_questions
from storage import nudges, surveys, surveys_answers
from storage.codes import new_code
from storage.surveys import Round

_MOST_SHOWN = 9


class Answering:
    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Open, self.open)
        conversation.on_form(actions.Answer, self.take)
        conversation.on_form(actions.SendCode, self.come_back)
        conversation.on_form(actions.Done, self.done)
        conversation.on_action(actions.Decline, self.decline)

    async def open(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Open)
        round_ = await _get_open(turn, turn.action.round)
        answers: Answers = {}
        if await _get_part(turn, round_.id) == "answered":
            if round_.anonymous:
                turn.open(forms.code_form(turn.words, round_))
                return
            answers = await _find_answers(turn, round_, turn.person.id)
        turn.open(forms.answer_form(turn.words, round_, actions.Answer(round=round_.id), answers))

    async def come_back(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.SendCode)
        round_ = await _get_open(turn, turn.action.round)
        code = str(event.values.get("code") or "")
        answers = await _find_answers(turn, round_, code)
        if not answers:
            turn.form_errors(
                forms.code_form(turn.words, round_).with_values(event.values),
                {"code": turn.words("surveys.code_unknown")},
            )
            return
        action = actions.Answer(round=round_.id, code=code[:40])
        turn.form_errors(
            forms.answer_form(turn.words, round_, action, answers, turn.words("surveys.change_intro")), {}
        )

    async def take(self, event: Submitted, turn: Turn) -> None:
        """Nothing that was typed is lost: where it cannot be kept, it is shown back."""
        action = turn.action
        assert isinstance(action, actions.Answer)
        known = await surveys.find_round(turn.tx, action.round)
        if known is None:
            raise Refused(turn.words("surveys.gone"))
        cards.speak_its_language(turn, known)
        typed = sheet.read_answers(event.values, read_questions(known.questions), action.shown)
        masked = sheet.mask_answers(typed)
        round_ = await surveys.lock_open(turn.tx, action.round)
        if round_ is None:
            self._show_back(turn, known, action, typed, turn.words("surveys.closed_meanwhile"))
            return
        part = await _get_part(turn, round_.id)
        if part == "answered" and round_.anonymous and not action.code:
            self._show_back(turn, known, action, typed, turn.words("surveys.answered_before"))
        elif not any(masked.values()):
            form = forms.answer_form(turn.words, round_, action, typed)
            turn.form_errors(form, {form.fields[0].id: turn.words("surveys.nothing")})
        elif warning := await self._find_warning(turn, round_, action, typed, masked):
            self._show_back(turn, round_, action, masked, warning)
        else:
            await self._keep(turn, round_, action, masked, answered=part == "answered")

    def _show_back(self, turn: Turn, round_: Round, action: actions.Answer, answers: Answers, intro: str) -> None:
        again = action.model_copy(update={"shown": min(action.shown + 1, _MOST_SHOWN)})
        turn.form_errors(forms.answer_form(turn.words, round_, again, answers, intro), {})

    async def _find_warning(
        self, turn: Turn, round_: Round, action: actions.Answer, typed: Answers, masked: Answers
    ) -> str:
        """Somebody may be recognised: said once, with what is masked already. "" where there is nothing to say."""
        words = turn.words
        if action.shown >= _MOST_SHOWN:
            return ""
        named = [] if action.shown else sheet.find_named(masked, await surveys.find_names(turn.tx, round_.id))
        if named:
            return words("surveys.warn_named", names=words.listed(named[:3]))
        return words("surveys.warn_masked") if masked != typed else ""

    async def _keep(
        self, turn: Turn, round_: Round, action: actions.Answer, answers: Answers, *, answered: bool
    ) -> None:
        if not round_.anonymous:
            await surveys.take_part(turn.tx, round_.id, turn.person.id)
            await nudges.cancel(turn.tx, subject_of(round_.id, turn.person.id))
            await surveys_answers.keep(turn.tx, round_, turn.person.id, answers, turn.person.id)
            turn.say(cards.thanks_card(turn.words, round_))
            return
        if action.code and not await _find_answers(turn, round_, action.code):
            raise Refused(turn.words("surveys.code_unknown"))
        code = action.code or new_code()
        if not answered:
            if action.code or not await surveys.take_part(turn.tx, round_.id, turn.person.id):
                raise Refused(turn.words("surveys.gone"))
            await nudges.cancel(turn.tx, subject_of(round_.id, turn.person.id))
        await surveys_answers.keep(turn.tx, round_, code, answers)
        turn.open(forms.kept_form(turn.words, code))

    async def done(self, _: Event, turn: Turn) -> None:
        """It was only there to be read."""

    async def decline(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Decline)
        round_ = await _get_open(turn, turn.action.round)
        if await _get_part(turn, round_.id) == "answered":
            raise Refused(turn.words("surveys.answered_already"))
        await surveys.decline(turn.tx, round_.id, turn.person.id)
        await nudges.cancel(turn.tx, subject_of(round_.id, turn.person.id))
        turn.show(cards.declined_card(turn.words, round_))


def subject_of(round_id: str, person_id: str) -> str:
    """What reminders of one person about one round are about."""
    return f"survey:{round_id}:{person_id}"


async def _find_answers(turn: Turn, round_: Round, secret: str) -> Answers:
    return await surveys_answers.find(turn.tx, round_, secret, [one["id"] for one in round_.questions])


async def _get_open(turn: Turn, id: str) -> Round:
    round_ = await surveys.find_round(turn.tx, id)
    if round_ is None or round_.state != "open":
        raise Refused(turn.words("surveys.gone" if round_ is None else "surveys.closed"))
    cards.speak_its_language(turn, round_)
    return round_


async def _get_part(turn: Turn, id: str) -> str:
    part = await surveys.find_part(turn.tx, id, turn.person.id)
    if part is None:
        raise Refused(turn.words("surveys.not_asked"))
    return part
