"""Counts at night, a page of people at a time, so that a turn stays short whatever the size of the organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.figures import actions
from bot.desk import Desk
from bot.figures import counting
from bot.model.events import Due, Event
from bot.rhythm import Rhythm
from bot.working_time import find_zone
from knowledge.figures import quarter_ends

_NIGHT = "15 3 * * *"
_LATE = timedelta(hours=20)
_QUARTERS = 4


class Nightly:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.CountDaily, self.count_daily)
        conversation.on_action(actions.CountOn, self.count_on)

    def find_rhythms(self) -> Iterator[Rhythm]:
        if self._desk.knowledge().diploma:
            yield Rhythm("figures:day", _NIGHT, self._desk.time_zone, actions.CountDaily(), _LATE)

    async def count_daily(self, event: Event, turn: Turn) -> None:
        """Today's figures, and again those of a quarter about which something came in later."""
        _by_the_clock(event, turn)
        on = today(self._desk, turn)
        await self.begin(turn, on)
        for end in quarter_ends(on, _QUARTERS):
            if await counting.begin_correction(turn.tx, end, on, turn.now):
                _plan(turn, end, on, "")

    async def begin(self, turn: Turn, on: date) -> None:
        if await counting.begin(turn.tx, self._desk.knowledge(), on, turn.now):
            _plan(turn, on, on, "")

    async def count_on(self, event: Event, turn: Turn) -> None:
        _by_the_clock(event, turn)
        action = turn.action
        assert isinstance(action, actions.CountOn)
        after = await counting.count_page(turn.tx, action.day, action.known_on)
        if after is not None:
            _plan(turn, action.day, action.known_on, after)


def today(desk: Desk, turn: Turn) -> date:
    """The organisation's, whoever asks."""
    return turn.now.astimezone(find_zone(None, desk.time_zone)).date()


def _plan(turn: Turn, day: date, known_on: date, after: str) -> None:
    key = f"figures:{day}:{known_on}:{after}"
    turn.later(turn.now, actions.CountOn(day=day, known_on=known_on), key=key)


def _by_the_clock(event: Event, turn: Turn) -> None:
    if not isinstance(event, Due):
        raise Refused(turn.words("house.unknown_action"))
