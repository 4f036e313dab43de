"""Tells open pages that something changed: at once for this process, within a second for another one's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage import web
from storage.database import Database

log = structlog.get_logger()

_LOOK_EVERY_SECONDS = 1.0
_SIGN_OF_LIFE_SECONDS = 15.0


class Feed:
    """One look at the change counter serves every open page; with none open nobody looks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest = 0
        self._pages = 0
        self._changed = asyncio.Event()
        self._nudged = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._closed = False

    def start(self) -> None:
        self._watching = asyncio.create_task(self._watch(), name="web feed")

    async def stop(self) -> None:
        """Let every open page go; stopping twice is stopping once."""
        self._closed = True
        self._changed.set()
        self.wake()
        if self._watching is not None:
            await self._watching

    def wake(self) -> None:
        """This process just stored something."""
        self._nudged.set()

    async def follow(self) -> AsyncGenerator[int, None]:
        """The number of the newest change: now, after every change, and now and then as a sign of life."""
        self._pages += 1
        self.wake()
        try:
            while not self._closed:
                changed = self._changed
                yield self._newest
                await _wait_a_while(changed, _SIGN_OF_LIFE_SECONDS)
        finally:
            self._pages -= 1

    async def _watch(self) -> None:
        while not self._closed:
            await _wait_a_while(self._nudged, _LOOK_EVERY_SECONDS)
            self._nudged.clear()
            if self._pages:
                await self._look()

    async def _look(self) -> None:
        try:
            async with self._database.reading() as tx:
                newest = await web.newest_change(tx)
        except (SQLAlchemyError, OSError) as problem:
            log.warning("web.feed_paused", problem=type(problem).__name__)
            return
        if newest > self._newest:
            self._newest = newest
            self._changed.set()
            self._changed = asyncio.Event()


async def _wait_a_while(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
