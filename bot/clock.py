"""Wakes the process: what is due becomes Due events, and what was kept long enough is deleted.

Rows say what is due; APScheduler, in memory, only wakes us to look. A key per occasion makes it happen once, over
restarts and replicas.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.model.events import Account, Due, Event, Place
from storage import due, retention
from storage.database import Database

log = structlog.get_logger()

_LOOK_EVERY = timedelta(seconds=5)
_TIDY_EVERY = timedelta(hours=6)
_AT_ONCE = 100


class Clock:
    """`receive` is the dispatcher's."""

    def __init__(
        self,
        database: Database,
        receive: Callable[[Event], Awaitable[object]],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._receive = receive
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        once_at_a_time = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.ring, "interval", seconds=_LOOK_EVERY.total_seconds(), **once_at_a_time)
        self._scheduler.add_job(
            self.tidy,
            "interval",
            seconds=_TIDY_EVERY.total_seconds(),
            next_run_time=datetime.now().astimezone() + timedelta(minutes=1),
            **once_at_a_time,
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def ring(self) -> None:
        """Hand out what is due now; each thing once, however many replicas ring."""
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
            await self._receive(event)
            async with self._database.transaction() as tx:
                await due.settle(tx, thing.key)

    async def tidy(self) -> None:
        """Delete what each table says it keeps no longer."""
        async with self._database.transaction() as tx:
            deleted = await retention.tidy(tx, self._now())
        log.info("retention.tidied", **deleted)
