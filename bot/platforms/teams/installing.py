"""Installs the app for people who do not have it, where the organisation gave the bot that right."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.delivery import NeverWill, TryLater
from bot.platforms.teams.errors import judged
from bot.platforms.teams.graph import Graph

log = structlog.get_logger()

_NOT_UPLOADED = (
    "the app is not installed for this person and not in the organisation's own apps, where the bot could install "
    "it from: upload promptclub.zip in the Teams admin center (docs/teams.md, step 4)"
)


class Installer:
    """One installation at a time for one person; whoever asks in between gets the same ending."""

    def __init__(self, graph: Graph, app: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`app`: the app's id in its manifest."""
        self._graph = graph
        self._app = app
        self._clock = clock
        self._in_catalog: str | None = None
        self._paused_until = float("-inf")
        self._under_way: dict[str, asyncio.Task[str | None]] = {}

    async def install(self, user: str) -> str | None:
        """Their chat with the bot where they had the app already; None: installed just now, Teams will tell soon.

        `user`: Microsoft's own id of a person, or the name they sign in with. TryLater or NeverWill where it fails.
        """
        task = self._under_way.get(user)
        if task is None:
            task = self._under_way[user] = asyncio.create_task(self._install(user), name="install")
            task.add_done_callback(lambda _: self._under_way.pop(user, None))
        return await asyncio.shield(task)  # a sender that gives up does not end it for the others

    async def finish(self) -> None:
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _install(self, user: str) -> str | None:
        left = self._paused_until - self._clock()
        if left > 0:
            raise TryLater("Microsoft Graph asks us to slow down", timedelta(seconds=left))
        try:
            if await judged(self._graph.install(user, await self._find_app())):
                log.info("teams.installed")
                return None
            return await judged(self._graph.find_chat(user, self._app))
        except TryLater as later:
            if later.after is not None:  # for everybody: Graph counts the bot's calls, not a person's
                self._paused_until = self._clock() + later.after.total_seconds()
            raise

    async def _find_app(self) -> str:
        if self._in_catalog is None:
            self._in_catalog = await judged(self._graph.find_app(self._app))
        if self._in_catalog is None:
            raise NeverWill(_NOT_UPLOADED)
        return self._in_catalog
