"""The worker behind the inbox: takes the turns of accepted events, also those a dead process left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError

from bot.dispatcher import Dispatcher
from bot.model.events import Event, event_adapter
from storage import inbox
from storage.database import Database, is_passing_fault

log = structlog.get_logger()

MOST_ATTEMPTS = 5
_AT_ONCE = 32
_LOOK_EVERY_SECONDS = 5.0
_GRACE_SECONDS = 20.0
_LEFT_BEHIND_AFTER = timedelta(seconds=20)


class AcceptedEvents:
    """Start it after the dispatcher's parts are ready; stop it before the database goes."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._dispatcher: Dispatcher | None = None
        self._limit = asyncio.Semaphore(_AT_ONCE)
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None

    def notice(self, key: str) -> None:
        """An event with this key waits; handle it soon, in the background."""
        if key not in self._under_way:
            task = asyncio.create_task(self._handle_soon(key), name="turn")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))

    async def start(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        await self._pick_up(self._now())
        self._looking = asyncio.create_task(self._look(), name="inbox")

    async def stop(self) -> None:
        """Finish what is under way; what could not be finished in time waits for the next start."""
        if self._looking is not None:
            self._looking.cancel()
        await self.finish(within=_GRACE_SECONDS)

    async def finish(self, within: float | None = None) -> None:
        """Until nothing is under way, or `within` seconds have passed."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=within)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            try:
                await self._pick_up(self._now() - _LEFT_BEHIND_AFTER)
            except Exception as problem:  # the database is away, and said so: look again in a moment
                if not self._database.presence.away:
                    log.warning("inbox.paused", problem=type(problem).__name__)

    async def _pick_up(self, received_before: datetime) -> None:
        async with self._database.reading() as tx:
            keys = await inbox.find_left_behind(tx, received_before, most=200)
        for key in keys:
            self.notice(key)

    async def _handle_soon(self, key: str) -> None:
        async with self._limit:
            try:
                await self._handle(key)
            except Exception as problem:  # the database is away: the event waits in it, and is picked up again
                if not self._database.presence.away:
                    log.warning("inbox.put_off", key=key, problem=type(problem).__name__)

    async def _handle(self, key: str) -> None:
        async with self._database.reading() as tx:
            kept = await inbox.find_waiting(tx, key)
        if kept is None or self._dispatcher is None:
            return
        try:
            event = event_adapter.validate_python(kept)
        except ValidationError:  # of another version of ours: nobody to answer, and looking again changes nothing
            await self._end_unreadable(key)
            return
        try:
            await self._dispatcher.handle_accepted(key, event)
        except Exception as problem:
            await self._try_again_or_apologise(key, event, problem)

    async def _end_unreadable(self, key: str) -> None:
        log.error("inbox.unreadable", key=key)
        async with self._database.transaction() as tx:
            await inbox.settle(tx, key, "failed")

    async def _try_again_or_apologise(self, key: str, event: Event, problem: Exception) -> None:
        assert self._dispatcher is not None
        if is_passing_fault(problem):
            async with self._database.transaction() as tx:
                if await inbox.count_attempt(tx, key) < MOST_ATTEMPTS:
                    return  # picked up again by the next look
        words = self._dispatcher.apologise(event)
        await self._dispatcher.give_up(key, event, words)
