"""Learns who somebody is: asks the platform for name and e-mail after the first words, and ties accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from bot.delivery import Platform
from bot.model.events import Account, Event
from storage import people
from storage.database import Database
from storage.people import Profile

log = structlog.get_logger()

_SECONDS = 10.0


class Acquaintance:
    """Runs beside the turns, so that a slow platform keeps nobody waiting for an answer."""

    def __init__(self, database: Database, platforms: Mapping[str, Platform], now: Callable[[], datetime]) -> None:
        self._database = database
        self._platforms = platforms
        self._now = now
        self._asking: dict[Account, asyncio.Task[None]] = {}

    def meet(self, event: Event) -> None:
        self.ask(event.account)

    def ask(self, account: Account) -> None:
        if account not in self._asking and account.platform in self._platforms:
            task = asyncio.create_task(self._ask(account), name="profile")
            self._asking[account] = task
            task.add_done_callback(lambda _: self._asking.pop(account, None))

    async def stop(self) -> None:
        """Done with before the database goes: a cancelled look-up still gives its connection back."""
        asking = list(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _ask(self, account: Account) -> None:
        try:
            profile = await asyncio.wait_for(self._platforms[account.platform].find_profile(account), _SECONDS)
            if profile is not None:
                await self._keep(account, profile)
        except Exception as problem:  # a name is nice to have: the next event asks again
            log.info("profile.not_told", platform=account.platform, problem=type(problem).__name__)

    async def _keep(self, account: Account, profile: Profile) -> None:
        async with self._database.transaction() as tx:
            known = await people.find_person(tx, account.platform, account.tenant, account.user)
            if known is not None:
                await people.save_profile(tx, known, profile, self._now())
