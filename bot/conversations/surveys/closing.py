"""What the clock does with a round: remind who has not answered, twice at most, and close it at its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.surveys import actions, cards
from bot.conversations.surveys.answering import subject_of
from bot.desk import Desk
from bot.model.cards import shorten
from bot.model.events import HOUSE, Due, Event
from bot.model.limits import SUMMARY
from bot.rhythm import Rhythm
from storage import audit, nudges, surveys, surveys_answers
from storage.surveys import Round

_NIGHT = "17 3 * * *"
_LATE = timedelta(hours=8)


class Closing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Remind, self.remind)
        conversation.on_nudge(actions.Nudge, self.draw_nudge)
        conversation.on_action(actions.Close, self.close)
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.Mix, self.mix)

    def find_rhythms(self) -> Iterator[Rhythm]:
        yield Rhythm("surveys:mix", _NIGHT, self._desk.time_zone, actions.Mix(), _LATE)

    async def mix(self, event: Event, turn: Turn) -> None:
        """Small rounds are mixed with every answer; of the large ones nothing tells the order after a night."""
        if not isinstance(event, Due) or event.account != HOUSE:
            raise Refused(turn.words("house.unknown_action"))
        await surveys_answers.mix_open(turn.tx)

    async def remind(self, event: Event, turn: Turn) -> None:
        """Each of them in their own working hours; who answers meanwhile hears nothing."""
        assert isinstance(turn.action, actions.Remind)
        round_ = await get_due(event, turn, turn.action.round)
        if round_.state != "open":
            return
        for person in await surveys.list_people(turn.tx, round_.id, "invited"):
            await nudges.plan(
                turn.tx,
                key=f"survey:{round_.id}:{person}:{turn.action.step}",
                person_id=person,
                subject=subject_of(round_.id, person),
                action=actions.Nudge(round=round_.id).pack(),
                due_at=turn.now,
                good_until=round_.closes_at,
            )

    async def draw_nudge(self, action: actions.Nudge, turn: Turn) -> NudgeItem | None:
        round_ = await surveys.find_round(turn.tx, action.round)
        if round_ is None or round_.state != "open":
            return None
        if await surveys.find_part(turn.tx, round_.id, turn.person.id) != "invited":
            return None
        cards.speak_its_language(turn, round_)
        title = round_.title[turn.words.language]
        summary = shorten(turn.words("surveys.remind_summary", title=title), SUMMARY)
        return NudgeItem(summary, cards.remind_elements(turn.words, round_, self._desk.time_zone))

    async def close(self, event: Event, turn: Turn) -> None:
        """Once; what may be shown is put together and told next."""
        assert isinstance(turn.action, actions.Close)
        round_ = await get_due(event, turn, turn.action.round)
        if not await surveys.end_round(turn.tx, round_.id):
            return
        shown = await surveys_answers.publish(turn.tx, round_)
        closed = await surveys.find_round(turn.tx, round_.id)
        assert closed is not None
        await audit.add(
            turn.tx, actor=None, act="survey.closed", about=f"survey:{closed.id}", now=turn.now,
            details={"asked": closed.invited, "took_part": closed.answered, "shown": len(shown)},
        )  # fmt: skip
        turn.later(turn.now, actions.Theme(round=closed.id, step=0), key=f"survey:{closed.id}:theme:0")


async def get_due(event: Event, turn: Turn, id: str) -> Round:
    """Only the clock says that it is time."""
    round_ = await surveys.find_round(turn.tx, id)
    if not isinstance(event, Due) or round_ is None:
        raise Refused(turn.words("house.unknown_action"))
    return round_
