"""Every working morning: the Lab's cards catch up, and the Lab hears what waits.

What somebody shared, changed or withdrew without their name reaches the Lab here only, with everything else of the
day before: the moment of a card then says nothing about who was talking to the bot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions
from bot.conversations.cases.owning import catch_up
from bot.conversations.cases.triage import find_waiting_card
from bot.desk import Desk
from bot.model.events import HOUSE, Due, Event
from bot.rhythm import Rhythm
from bot.rights import right_to
from bot.texts import language_of
from bot.working_time import find_working_time, find_zone
from knowledge.diploma import Permission
from storage import cases, roles
from storage.cases import day_of

_LATE = timedelta(hours=8)
_AT_ONCE = 50


class Mornings:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.Morning, self.begin)

    def find_rhythms(self) -> Iterator[Rhythm]:
        opens = find_working_time(self._desk.knowledge()).opens
        line = f"{opens.minute} {opens.hour} * * *"
        yield Rhythm("cases:morning", line, self._desk.time_zone, actions.Morning(), _LATE)

    async def begin(self, event: Event, turn: Turn) -> None:
        need_the_clock(event, turn)
        await cases.blur(turn.tx, turn.now)
        if not is_working_day(self._desk, turn.now):
            return
        new = {case.id for case in await self._catch_up(turn)}
        waiting = await cases.find_waiting(turn.tx, 1 + len(new), before=day_of(turn.now))
        if any(case.id not in new for case in waiting):
            await self._remind(turn)

    async def _catch_up(self, turn: Turn) -> list[cases.Case]:
        """Those whose cards were behind; more than this of them follow the next morning."""
        behind = await cases.find_stale(turn.tx, _AT_ONCE)
        for case in behind:
            await catch_up(turn, self._desk, case)
        return behind

    async def _remind(self, turn: Turn) -> None:
        """In the Lab's channel; where it has none, to each of its people."""
        if self._desk.lab is not None:
            turn.post(self._desk.lab, await find_waiting_card(turn), kind="nudge", good_until=self._tonight(turn))
            return
        for holder in await roles.find_people_with(turn.tx, right_to(self._desk, Permission.TRIAGE), turn.now):
            turn.language = language_of(holder.language)
            turn.tell(holder.person_id, await find_waiting_card(turn), kind="nudge", good_until=self._tonight(turn))

    def _tonight(self, turn: Turn) -> datetime:
        zone = find_zone(None, self._desk.time_zone)
        return find_working_time(self._desk.knowledge()).closing(turn.now, zone)


def need_the_clock(event: Event, turn: Turn) -> None:
    """Anybody else made this button up."""
    if not isinstance(event, Due) or event.account != HOUSE:
        raise Refused(turn.words("house.unknown_action"))


def is_working_day(desk: Desk, now: datetime) -> bool:
    zone = find_zone(None, desk.time_zone)
    return find_working_time(desk.knowledge()).is_working_day(now.astimezone(zone).date())
