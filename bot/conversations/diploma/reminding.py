"""Reminders before a diploma runs out or is asked for: planned once a step, checked again when they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.diploma import actions, cards
from bot.conversations.diploma.lists import note_behind
from bot.conversations.diploma.planning import GOOD, PLANNED, plan_step
from bot.desk import Desk
from bot.model.events import Due, Event
from bot.rhythm import Rhythm
from bot.standing import find_standing, find_standings, may_refresh, rules_of, today
from knowledge.diploma_status import LATE_DAYS, State, Status, find_step
from storage import register

_MORNING = "30 6 * * *"
_PAGE = 500


class Reminding:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.LookDaily, self.plan_steps)
        conversation.on_nudge(actions.Remind, self.draw)

    def find_rhythms(self) -> Iterator[Rhythm]:
        if rules_of(self._desk) is not None:
            yield Rhythm("diploma:day", _MORNING, self._desk.time_zone, actions.LookDaily(), timedelta(hours=12))

    async def plan_steps(self, event: Event, turn: Turn) -> None:
        """A page of people at a time, so that a turn stays short whatever the size of the organisation."""
        action, rules = turn.action, rules_of(self._desk)
        assert isinstance(action, actions.LookDaily)
        if not isinstance(event, Due) or rules is None:
            raise Refused(turn.words("house.unknown_action"))
        on = today(turn, self._desk)
        ids = await register.list_ids(turn.tx, on, action.after, _PAGE)
        standings = await find_standings(turn.tx, rules, ids, on)
        for standing in standings:
            for status in standing.statuses:
                step = find_step(rules, status, on)
                if step is not None:
                    await plan_step(turn, standing.person_id, status, step)
        last = ids[-1] if len(ids) == _PAGE else None
        await note_behind(turn.tx, rules, action.after, last, standings, on)
        if last is not None:
            turn.later(turn.now, actions.LookDaily(after=last), key=f"diploma:day:{on}:{last}")

    async def draw(self, action: actions.Remind, turn: Turn) -> NudgeItem | None:
        """None for who passed, left, is away or exempt, or whose day has moved since."""
        rules, on = rules_of(self._desk), today(turn, self._desk)
        if rules is None:
            return None
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        status = next((one for one in standing.statuses if one.level == action.level), None)
        if status is None or not _still_holds(status, action, on):
            return None
        fresh = may_refresh(rules, standing, status.level, on)
        card = cards.reminder_card(turn.words, self._desk.knowledge(), status, on, action.step, fresh=fresh)
        return NudgeItem(card.summary, card.elements)


def _still_holds(status: Status, action: actions.Remind, on: date) -> bool:
    if status.cycle != action.cycle or status.state not in (State.VALID, State.DUE, State.OVERDUE, State.UNPLANNED):
        return False
    if action.step == PLANNED:
        return True
    if status.by is None or (status.state is State.VALID and action.step < 0):
        return False
    return 0 <= (on - (status.by - timedelta(days=action.step))).days <= GOOD.days + LATE_DAYS
