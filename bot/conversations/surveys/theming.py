"""After a round has closed: what was written is put together by meaning, doubts are looked up, all are told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.conversation import Conversation, Turn
from bot.conversations.surveys import actions
from bot.conversations.surveys.closing import get_due
from bot.conversations.surveys.telling import Telling
from bot.desk import Desk
from bot.model.events import Event
from knowledge.answers import Outcome
from knowledge.survey_questions import read_questions
from knowledge.survey_results import Theme, write_themes
from knowledge.surveys import Question
from knowledge.themes import group_texts
from storage import surveys_answers
from storage.surveys import Round
from storage.surveys_answers import Result

_MOST = 300
"""So many texts of one question are read; of more than that some from everywhere in the alphabet."""
_MOST_LOOKED_UP = 20


class Theming:
    def __init__(self, desk: Desk, telling: Telling) -> None:
        self._desk = desk
        self._telling = telling

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Theme, self.take_step)

    async def take_step(self, event: Event, turn: Turn) -> None:
        """One question each time: nothing else waits for long."""
        action = turn.action
        assert isinstance(action, actions.Theme)
        round_ = await get_due(event, turn, action.round)
        results = await surveys_answers.find_results(turn.tx, round_.id)
        asked = [one for one in read_questions(round_.questions) if one.is_text and one.id in results]
        if action.step >= len(asked):
            await self._telling.tell(turn, round_, results)
            return
        await self._put_together(turn, round_, asked[action.step], results)
        plan_step(turn, round_, action.step + 1)

    async def _put_together(
        self, turn: Turn, round_: Round, question: Question, results: Mapping[str, Result]
    ) -> None:
        texts = sample([told["text"] for told in results[question.id].texts])
        vectors = await self._desk.encode(texts)
        if vectors is None:
            return
        grouped = await asyncio.to_thread(group_texts, texts, vectors, round_.minimum)
        themes = [Theme(theme) for theme in grouped.themes]
        if question.about == "doubts":
            themes = [*await self._look_up(themes), *await self._look_up(_alone(grouped.others), alone=True)]
        await surveys_answers.set_themes(turn.tx, round_.id, question.id, write_themes(themes))

    async def _look_up(self, themes: Sequence[Theme], *, alone: bool = False) -> list[Theme]:
        """Beside the row that answers it, as the reading of questions finds it. Small talk is no doubt."""
        found = []
        for theme in themes:
            try:
                reading = await self._desk.read(theme.texts[0])
            except TimeoutError:  # said in the log; a doubt that takes too long stays a doubt
                found.append(theme)
                continue
            if not alone or reading.outcome is not Outcome.SMALLTALK:
                answered = reading.outcome is Outcome.ANSWER
                found.append(Theme(theme.texts, (reading.use_case or "") if answered else ""))
        return found


def plan_step(turn: Turn, round_: Round, step: int) -> None:
    turn.later(turn.now, actions.Theme(round=round_.id, step=step), key=f"survey:{round_.id}:theme:{step}")


def sample(texts: Sequence[str], most: int = _MOST) -> list[str]:
    """Every so manyth, in the order of the alphabet: it tells nothing of who or when."""
    step = -(-len(texts) // most) if texts else 1
    return list(texts[::step])


def _alone(texts: Sequence[str]) -> list[Theme]:
    return [Theme((text,)) for text in dict.fromkeys(texts)][:_MOST_LOOKED_UP]
