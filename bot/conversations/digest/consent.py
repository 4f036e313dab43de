"""The question of the week: picked by an editor, and posted only after a yes of whoever asked it."""

from __future__ import annotations

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.digest import actions, cards, forms
from bot.conversations.digest.making import APART
from bot.conversations.digest.posting import subject_of
from bot.conversations.digest.sections import QUOTED
from bot.conversations.digest.seeing import lock_for_editor, see, show_newest
from bot.desk import Desk
from bot.model.cards import Card, Text
from bot.model.events import Pressed, Submitted
from bot.texts import words_in
from storage import digest_questions, digests, nudges, people
from storage.digest_questions import Consent
from storage.digests import Digest, Line

_RANK = 20


class QuestionOfTheWeek:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenPick, self.open_pick)
        conversation.on_form(actions.PickQuestion, self.pick)
        conversation.on_nudge(actions.AskConsent, self.draw_request)
        conversation.on_action(actions.Agree, self.answer)

    async def open_pick(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenPick)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is None:
            return
        await self._one_at_a_time(turn, digest)
        candidates = await digest_questions.find_candidates(
            turn.tx, digest.since, turn.now, digest.language, forms.MOST_CANDIDATES
        )
        if not candidates:
            raise Refused(turn.words("digest.pick_none"))
        turn.open(forms.pick_form(turn.words, digest, candidates))

    async def pick(self, event: Submitted, turn: Turn) -> None:
        """Whoever asked it hears it among their reminders, in their own working hours."""
        assert isinstance(turn.action, actions.PickQuestion)
        digest = await lock_for_editor(turn, self._desk, turn.action.digest)
        if digest is None:
            return
        await self._one_at_a_time(turn, digest)
        question_id = str(event.values.get("question") or "")
        offered = await digest_questions.find_candidates(
            turn.tx, digest.since, turn.now, digest.language, most=10_000
        )
        if question_id not in {candidate.question_id for candidate in offered}:
            raise Refused(turn.words("digest.pick_gone"))
        consent = await digest_questions.ask_consent(turn.tx, digest.id, question_id, turn.person.id, turn.now)
        if consent is None:
            raise Refused(turn.words("digest.pick_gone"))
        await nudges.plan(
            turn.tx,
            key=f"digest-consent:{consent.id}",
            person_id=consent.person_id,
            subject=subject_of(digest.id),
            action=actions.AskConsent(consent=consent.id).pack(),
            due_at=turn.now,
            good_until=digest.due_at if turn.now < digest.due_at else digest.good_until,
        )
        await show_newest(turn, self._desk, digest.id)

    async def _one_at_a_time(self, turn: Turn, digest: Digest) -> None:
        if await digest_questions.find_running_consent(turn.tx, digest.id) is not None:
            raise Refused(turn.words("digest.pick_running"))

    async def draw_request(self, action: actions.AskConsent, turn: Turn) -> NudgeItem | None:
        consent = await digest_questions.find_consent(turn.tx, action.consent)
        if consent is None or consent.state != "asked":
            return None
        digest = await digests.lock(turn.tx, consent.digest_id)
        if digest is None or not digest.is_open:
            return None
        return NudgeItem(turn.words("digest.consent_summary"), cards.request_elements(turn.words, consent))

    async def answer(self, _: Pressed, turn: Turn) -> None:
        """Only whoever asked the question; and they may change their mind until it is posted."""
        assert isinstance(turn.action, actions.Agree)
        consent = await digest_questions.find_consent(turn.tx, turn.action.consent)
        if consent is None or consent.person_id != turn.person.id:
            raise Refused(turn.words("digest.consent_not_yours"))
        digest = await digests.lock(turn.tx, consent.digest_id)
        if digest is None or not digest.is_open:
            turn.say(Card.of_words(turn.words("digest.consent_over")))
            return
        if turn.action.yes:
            await self._agree(turn, digest, consent)
        else:
            await self._decline(turn, digest, consent)

    async def _agree(self, turn: Turn, digest: Digest, consent: Consent) -> None:
        if consent.state == "no":
            turn.say(Card.of_words(turn.words("digest.consent_fine")))
            return
        await digest_questions.answer_consent(turn.tx, consent.id, yes=True)
        line = Line("", QUOTED, consent.id, _RANK * APART, consent.text, changed_by=consent.asked_by)
        if await digests.add_line(turn.tx, digest.id, line):
            await digests.note_change(turn.tx, digest.id)
            await self._tell_editor(turn, digest, consent, "digest.told_yes")
        turn.say(cards.thanks_card(turn.words, consent))

    async def _decline(self, turn: Turn, digest: Digest, consent: Consent) -> None:
        if consent.state != "no":
            await digest_questions.answer_consent(turn.tx, consent.id, yes=False)
            await digests.take_out(turn.tx, digest.id, QUOTED, consent.id)
            await digests.note_change(turn.tx, digest.id)
            await self._tell_editor(turn, digest, consent, "digest.told_no")
        turn.say(Card.of_words(turn.words("digest.consent_fine")))

    async def _tell_editor(self, turn: Turn, digest: Digest, consent: Consent, key: str) -> None:
        """With the draft as it is now. Whose question it is, they do not hear."""
        editor = await people.find_by_id(turn.tx, consent.asked_by)
        if editor is not None and editor.id != turn.person.id:
            words = words_in(editor.language)
            draft = await see(turn, self._desk, digest, words)
            turn.tell(editor.id, Card(summary=words(key), elements=(Text(text=words(key)), *draft.elements)))
