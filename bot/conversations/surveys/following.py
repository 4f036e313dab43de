"""What its lead does with a round that has closed: doubts to the Lab, a vote, a proposal, the same next quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from bot.conversation import Agreement, Conversation, Handover, Refused, Turn
from bot.conversations.surveys import actions, agreement_form, next_card
from bot.conversations.surveys.starting import find_closing, show_draft
from bot.crossing import hand_over, propose
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import name_roles, need
from bot.texts import WORDS
from knowledge.content import Wording
from knowledge.diploma import Permission
from knowledge.masking import mask
from knowledge.survey_questions import find_about, pick_question, read_questions, write_questions
from knowledge.survey_results import Theme, find_agreed, find_themes, list_offered
from storage import audit, questions, surveys, surveys_answers
from storage.surveys import Round
from storage.surveys_answers import Result

_VOTE_OPEN = timedelta(days=7)
_LONGEST_SENTENCE = 300


class Following:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ToLab, self.bring_doubts)
        conversation.on_action(actions.Vote, self.draft_vote)
        conversation.on_action(actions.OpenAgreement, self.open_agreement)
        conversation.on_form(actions.SendAgreement, self.propose)

    # ------------------------------------------------------------ doubts

    async def bring_doubts(self, _: Event, turn: Turn) -> None:
        """As questions of the lead's own, so that the Lab has somebody to answer; whoever wrote them is nobody."""
        assert isinstance(turn.action, actions.ToLab)
        round_, results = await get_led(turn, self._desk, turn.action.round)
        doubts = next_card.list_open_doubts(round_, results, find_agreed(self._desk.knowledge()))
        await self._once(turn, round_, "doubts")
        for doubt in doubts:
            await self._bring(turn, round_, doubt)
        turn.say(Card.of_words(turn.words("surveys.lab_has_them", n=len(doubts))))

    async def _bring(self, turn: Turn, round_: Round, doubt: Theme) -> None:
        text = doubt.texts[0]
        reading = await self._desk.read(text)
        id = await questions.add_question(
            turn.tx,
            person_id=turn.person.id,
            text=text,
            language=reading.language,
            outcome="handover",
            use_case=None,
            row_version=None,
            verdict=None,
            reading={
                "also": [],
                "at_lab": True,
                "candidates": [candidate.use_case for candidate in reading.candidates],
                "data": list(reading.data),
                "tools": list(reading.tools),
                "tool_words": reading.tool_words,
                "masked": list(reading.masked),
                "because": reading.because,
            },
            now=turn.now,
        )
        key = "surveys.lab_note" if doubt.people > 1 else "surveys.lab_note_one"
        note = turn.words(key, title=round_.title[turn.language], n=doubt.people)
        await hand_over(self._desk, turn, Handover(id, text, note))

    async def _once(self, turn: Turn, round_: Round, what: str) -> None:
        if not await surveys.begin_follow_up(turn.tx, round_.id, what, turn.now):
            raise Refused(turn.words("surveys.done_before"))
        about = f"survey:{round_.id}"
        await audit.add(turn.tx, actor=turn.person.id, act=f"survey.{what}", about=about, now=turn.now)

    # ------------------------------------------------------------ three agreements

    async def draft_vote(self, _: Event, turn: Turn) -> None:
        """Of the same people, over what they wrote and what the organisation agreed on before."""
        assert isinstance(turn.action, actions.Vote)
        round_, results = await get_led(turn, self._desk, turn.action.round)
        asked = find_about(read_questions(round_.questions), "proposals")
        shown = [results[one.id] for one in asked if one.id in results]
        if not shown:
            raise Refused(turn.words("surveys.gone"))
        written = [told["text"][:_LONGEST_SENTENCE] for result in shown for told in result.texts]
        themes = [theme for result in shown for theme in find_themes(result.themes)]
        starters = [one.text for one in self._desk.knowledge().policy.principles]
        ask = Wording(WORDS["nl"]("surveys.vote_ask"), WORDS["en"]("surveys.vote_ask"))
        question = pick_question(f"vote-{round_.id[:8]}", ask, list_offered(starters, written, themes))
        await self._once(turn, round_, "vote")
        id = await surveys.add_draft(
            turn.tx,
            survey=f"{round_.survey}-vote",
            survey_version=round_.survey_version,
            title={language: words("surveys.vote_title") for language, words in WORDS.items()},
            purpose={language: words("surveys.vote_purpose") for language, words in WORDS.items()},
            questions=write_questions([question], ()),
            lead_id=turn.person.id,
            audience="again",
            unit=round_.unit,
            anonymous=True,
            minimum=round_.minimum,
            closes_at=find_closing(self._desk, turn.now + _VOTE_OPEN),
            people=await surveys.list_people(turn.tx, round_.id),
            now=turn.now,
            language=round_.language,
            follows=round_.id,
        )
        await show_draft(turn, self._desk, id)

    # ------------------------------------------------------------ proposing

    async def open_agreement(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenAgreement)
        round_, results = await get_led(turn, self._desk, turn.action.round)
        if not next_card.came_to_agreement(round_, results):
            raise Refused(turn.words("surveys.gone"))
        turn.open(agreement_form.draw(turn.words, round_, results, self._desk.knowledge().policy.languages))

    async def propose(self, event: Submitted, turn: Turn) -> None:
        """Each sentence is decided on for itself, by whoever adopts what everybody agrees on."""
        assert isinstance(turn.action, actions.SendAgreement)
        round_, results = await get_led(turn, self._desk, turn.action.round)
        languages = self._desk.knowledge().policy.languages
        typed = {id: mask(str(value or "").strip()).text for id, value in event.values.items()}
        sentences = agreement_form.read(typed, languages)
        if missing := agreement_form.find_missing(typed, languages):
            form = agreement_form.draw(turn.words, round_, results, languages).with_values(event.values)
            turn.form_errors(form, dict.fromkeys(missing, turn.words("surveys.both_languages")))
            return
        await self._once(turn, round_, "agreement")
        kind: Literal["principle", "philosophy"] = "principle" if next_card.is_vote(round_) else "philosophy"
        why = turn.words("surveys.agree_why", title=round_.title[turn.language], n=round_.answered)
        brought = [await propose(self._desk, turn, Agreement(kind, one, why)) for one in sentences]
        roles = name_roles(turn.words, self._desk, Permission.ADOPT_POLICY) or "-"
        key = "surveys.agree_brought" if any(brought) else "surveys.agree_known"
        turn.say(Card.of_words(turn.words(key, n=sum(brought), roles=roles)))


async def get_led(turn: Turn, desk: Desk, id: str) -> tuple[Round, Mapping[str, Result]]:
    """A closed round of one's own, and what came out of it."""
    await need(turn, desk, Permission.START_SURVEY)
    round_ = await surveys.find_round(turn.tx, id)
    if round_ is None or round_.lead_id != turn.person.id or round_.state != "closed":
        raise Refused(turn.words("surveys.gone"))
    return round_, await surveys_answers.find_results(turn.tx, round_.id)
