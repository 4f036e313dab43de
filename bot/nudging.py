"""Gathers what is meant for one person on one day to one message, in their own working hours.

Each nudge is checked again when it falls due: its conversation says whether it is still wanted. One that no longer
is, is cancelled; one that came too late is let go. Nobody gets two of these messages on one day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from pydantic import ValidationError

from bot.beginning import begin_turn
from bot.conversation import NudgeItem, Turn
from bot.model.actions import UnknownAction, unpack
from bot.model.cards import Card, Divider, Element, Text, shorten
from bot.model.events import HOUSE, NOWHERE, Due
from bot.model.limits import SUMMARY
from bot.routing import Router
from bot.texts import Words
from bot.working_time import WorkingTime, find_zone
from bot.writing import write_turn
from storage import nudges, outbox, people
from storage.database import Database
from storage.nudges import PlannedNudge
from storage.people import Reminded
from storage.transaction import Transaction

log = structlog.get_logger()

_AT_ONCE = 100
KIND = "nudge"


class Nudging:
    """`gather_due` is called at every ring of the clock."""

    def __init__(
        self,
        database: Database,
        router: Router,
        now: Callable[[], datetime],
        *,
        working_time: Callable[[], WorkingTime],
        time_zone: str,
        on_commit: Callable[[], None],
    ) -> None:
        """time_zone: the organisation's, for people whose own is not known."""
        self._database = database
        self._router = router
        self._now = now
        self._working_time = working_time
        self._time_zone = time_zone
        self._on_commit = on_commit

    async def gather_due(self) -> int:
        """How many people got a message."""
        async with self._database.reading() as tx:
            waiting = await nudges.find_people(tx, self._now(), _AT_ONCE)
        told = 0
        for person_id in waiting:
            try:
                told += await self._gather(person_id)
            except Exception:  # a bug about one person must not keep the others from being reminded
                log.exception("nudge.failed", person=person_id)
                await self._put_all_off(person_id, self._now() + timedelta(hours=1))
        if told:
            self._on_commit()
        return told

    async def _gather(self, person_id: str) -> bool:
        async with self._database.transaction() as tx:
            person = await people.lock_reminded(tx, person_id)
            due = await nudges.lock_due(tx, person_id, self._now())
            if not due:
                return False
            moment = await self._find_moment(tx, person)
            if moment > self._now():
                await nudges.put_off(tx, [nudge.key for nudge in due], moment)
                return False
            event = Due(key=f"nudges:{person.id}", account=HOUSE, place=NOWHERE, at=self._now(), action="")
            turn = begin_turn(event, person, tx, self._now())
            items = await self._draw_wanted(turn, due)
            if not items:
                return False
            await self._write(turn, items, self._zone(person))
            return True

    async def _find_moment(self, tx: Transaction, person: Reminded) -> datetime:
        """Now, or when this person may be reminded next: at work, not away, and not twice on one day."""
        now, zone, working = self._now(), self._zone(person), self._working_time()
        start = max(now, person.paused_until or now)
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        if start == now and await outbox.was_told(tx, person.id, KIND, midnight):
            return working.next_day(now, zone)
        return working.next_open(start, zone)

    def _zone(self, person: Reminded) -> ZoneInfo:
        return find_zone(person.time_zone, self._time_zone)

    async def _draw_wanted(self, turn: Turn, due: list[PlannedNudge]) -> list[tuple[str, NudgeItem]]:
        """Keys with what to say; the others are settled here."""
        items: list[tuple[str, NudgeItem]] = []
        for nudge in due:
            if nudge.good_until < turn.now:
                await nudges.settle(turn.tx, [nudge.key], "expired")
                continue
            item = await self._draw(turn, nudge)
            if item is None:
                await nudges.settle(turn.tx, [nudge.key], "cancelled")
            else:
                items.append((nudge.key, item))
        return items

    async def _draw(self, turn: Turn, nudge: PlannedNudge) -> NudgeItem | None:
        try:
            action = unpack(nudge.action)
        except UnknownAction:
            log.warning("nudge.unknown", key=nudge.key)
            return None
        draw = self._router.find_nudge(action)
        return await draw(action, turn) if draw is not None else None

    async def _write(self, turn: Turn, items: list[tuple[str, NudgeItem]], zone: ZoneInfo) -> None:
        card, fitting = _fit(turn.words, [item for _, item in items])
        working = self._working_time()
        until = working.closing(turn.now, zone)
        key = turn.tell(turn.person.id, card, kind=KIND, good_until=until)
        await nudges.settle(turn.tx, [key for key, _ in items[:fitting]], "gathered", key)
        if fitting < len(items):
            await nudges.put_off(turn.tx, [key for key, _ in items[fitting:]], working.next_day(turn.now, zone))
        await write_turn(turn)

    async def _put_all_off(self, person_id: str, until: datetime) -> None:
        async with self._database.transaction() as tx:
            due = await nudges.lock_due(tx, person_id, self._now())
            await nudges.put_off(tx, [nudge.key for nudge in due], until)


def _fit(words: Words, items: list[NudgeItem]) -> tuple[Card, int]:
    """One message with as many items as fit; how many those are. What does not fit comes the next day."""
    for number in range(len(items), 1, -1):
        try:
            return _join(words, items[:number]), number
        except ValidationError:
            continue
    return Card(summary=shorten(items[0].summary, SUMMARY), elements=items[0].elements), 1


def _join(words: Words, items: list[NudgeItem]) -> Card:
    if len(items) == 1:
        return Card(summary=shorten(items[0].summary, SUMMARY), elements=items[0].elements)
    heading = words("house.several_nudges", n=len(items))
    elements: list[Element] = [Text(text=heading, style="heading")]
    for item in items:
        elements += [Divider(), *item.elements]
    summary = f"{heading}: {'; '.join(item.summary for item in items)}"
    return Card(summary=shorten(summary, SUMMARY), elements=tuple(elements))
