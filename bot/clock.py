"""Wakes the process: what is due becomes Due events, reminders are gathered, and what is old is deleted.

Rows say what is due; APScheduler, in memory, only wakes us to look. A key per occasion makes it happen once, over
restarts and replicas; of many replicas, one rings.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.model.events import HOUSE, NOWHERE, Account, Due, Place
from bot.pacing import grow_wait
from bot.rhythm import Rhythm, WrongCron, newest_occasion
from storage import due, occasions, retention
from storage.database import Database, is_passing_fault

log = structlog.get_logger()

_LOOK_EVERY = timedelta(seconds=2)
_TIDY_EVERY = timedelta(hours=6)
_AT_ONCE = 100
MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=30)


class Clock:
    """`ring` of the dispatcher handles one due thing; `try_lead` says whether this replica may ring."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        *,
        handle: Callable[[Due], Awaitable[None]],
        gather: Callable[[], Awaitable[int]],
        find_rhythms: Callable[[], Iterable[Rhythm]],
        try_lead: Callable[[], Awaitable[bool]],
    ) -> None:
        self._database = database
        self._now = now
        self._handle = handle
        self._gather = gather
        self._find_rhythms = find_rhythms
        self._try_lead = try_lead
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._failed: dict[str, tuple[int, datetime]] = {}
        """Occasions that went wrong: how often, and when to try again."""

    def start(self) -> None:
        once_at_a_time: dict[str, Any] = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self._look, "interval", seconds=_LOOK_EVERY.total_seconds(), **once_at_a_time)
        self._scheduler.add_job(
            self._tidy,
            "interval",
            seconds=_TIDY_EVERY.total_seconds(),
            next_run_time=datetime.now().astimezone() + timedelta(minutes=1),
            **once_at_a_time,
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _look(self) -> None:
        try:
            if await self._try_lead():
                await self.ring()
        except Exception as problem:  # the database is away, which it says itself: look again in a moment
            if not self._database.presence.away:
                log.warning("clock.paused", problem=type(problem).__name__, passing=is_passing_fault(problem))

    async def ring(self) -> None:
        """All that is due now, each thing once."""
        await self._ring_due()
        await self._ring_rhythms()
        await self._gather()

    async def _ring_due(self) -> None:
        async with self._database.reading() as tx:
            things = await due.find_due(tx, self._now(), _AT_ONCE)
        for thing in things:
            event = Due(
                key=f"due:{thing.key}",
                account=Account.model_validate(thing.account),
                place=Place.model_validate(thing.place),
                at=thing.due_at,
                action=thing.action,
            )
            try:
                await self._handle(event)
            except Exception as problem:
                await self._try_again(thing, problem)
            else:
                async with self._database.transaction() as tx:
                    await due.settle(tx, thing.key)

    async def _try_again(self, thing: due.DueThing, problem: Exception) -> None:
        """A passing fault is waited for as long as it takes; a bug is tried a few times, and then stays failed."""
        passing = is_passing_fault(problem)
        if not passing:
            log.exception("due.failed", key=thing.key, attempts=thing.attempts + 1)
        async with self._database.transaction() as tx:
            if thing.attempts + 1 >= MOST_ATTEMPTS and not passing:
                await due.settle(tx, thing.key, "failed")
            else:
                wait = grow_wait(_FIRST_WAIT, _LONGEST_WAIT, thing.attempts)
                await due.put_off(tx, thing.key, self._now() + wait)

    async def _ring_rhythms(self) -> None:
        async with self._database.reading() as tx:
            last = await occasions.find_last(tx)
        for rhythm in self._find_rhythms():
            if rhythm.key in last:
                await self._ring_rhythm(rhythm, last[rhythm.key])
            else:
                async with self._database.transaction() as tx:
                    await occasions.begin(tx, rhythm.key, self._now())

    async def _ring_rhythm(self, rhythm: Rhythm, last: datetime) -> None:
        """The newest occasion, if it is still to be handled and not too late for it."""
        now = self._now()
        try:
            occasion = newest_occasion(rhythm.cron, rhythm.time_zone, now)
        except WrongCron:
            return  # said where the line is loaded; saying so every two seconds helps nobody
        attempts, not_before = self._failed.get(rhythm.key, (0, now))
        if occasion <= last or now < not_before:
            return
        if now - occasion > rhythm.late:
            log.warning("rhythm.too_late", key=rhythm.key, occasion=occasion.isoformat())
        elif not await self._try_occasion(rhythm, occasion):
            self._failed[rhythm.key] = (attempts + 1, now + grow_wait(_FIRST_WAIT, _LONGEST_WAIT, attempts))
            return
        self._failed.pop(rhythm.key, None)
        async with self._database.transaction() as tx:
            await occasions.note_done(tx, rhythm.key, occasion)

    async def _try_occasion(self, rhythm: Rhythm, occasion: datetime) -> bool:
        """Whether it was handled. Its key makes it happen once, also when we die before it is noted as done."""
        event = Due(
            key=f"rhythm:{rhythm.key}:{occasion.isoformat()}",
            account=HOUSE,
            place=NOWHERE,
            at=occasion,
            action=rhythm.action.pack(),
        )
        try:
            await self._handle(event)
        except Exception:
            log.exception("rhythm.failed", key=rhythm.key, occasion=occasion.isoformat())
            return False
        return True

    async def _tidy(self) -> None:
        if await self._try_lead():
            await self.tidy()

    async def tidy(self) -> None:
        """Delete what each table says it keeps no longer."""
        async with self._database.transaction() as tx:
            deleted = await retention.tidy(tx, self._now())
        log.info("retention.tidied", **deleted)
