"""Brings messages to Teams: for the outbox, which wants to know how it went, and at once beside an open request.

Who does not have the app gets it first, where the organisation gave the bot that right. Who had it and removed or
blocked it is left alone: only their own step brings it back.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from bot.delivery import NeverWill, TryLater, Unclear
from bot.model.events import Account, Place
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.errors import FAULTS, AppNotInstalled, ChatGone, judged
from bot.platforms.teams.graph import is_microsofts
from bot.platforms.teams.installing import Installer
from bot.platforms.teams.plain import Block
from bot.platforms.teams.references import References
from storage.teams import TeamsConversation

log = structlog.get_logger()

_TRIES_AT_ONCE = 3
_LONGEST_PAUSE = timedelta(seconds=3)
_FINISH_SECONDS = 10.0
_NOT_HERE = "the app was never installed here, or was removed"
_REMOVED = "this person removed the app; they can add it again, the bot does not do that for them"
_JUST_INSTALLED = timedelta(seconds=2)
"""Teams needs a moment before an app that was just installed can write."""


class Courier:
    def __init__(self, connector: Connector, references: References, installer: Installer | None = None) -> None:
        """Without an installer (a local client) messages reach only who has the app."""
        self._connector = connector
        self._references = references
        self._installer = installer
        self._under_way: set[asyncio.Task[None]] = set()

    async def finish(self) -> None:
        """Wait for what is being said right now."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_FINISH_SECONDS)
        if self._installer is not None:
            await self._installer.finish()

    async def deliver(self, place: Place, message: Block, replaces: str | None) -> str | None:
        """The message's id; TryLater, NeverWill or Unclear, or the fault itself where it is ours."""
        known = await self._references.find(place)
        conversation = known or await self._open_direct(place)
        try:
            return await self._bring(conversation, place.thread, message, replaces)
        except AppNotInstalled:
            if known is None or known.kind != "direct" or replaces is not None:
                raise
            conversation = await self._install(place, known)
        except ChatGone:  # somebody who clears the chat's history deletes it for Teams
            if known is None or known.kind != "direct" or replaces is not None:
                raise
            conversation = await self._open_direct(place)
        return await self._bring(conversation, place.thread, message, replaces)

    def say_now(
        self, conversation: TeamsConversation, thread: str | None, message: Block, replaces: str | None = None
    ) -> None:
        """Beside the request, so that it is acknowledged in time. Lost when Teams is away; one can press again."""
        task = asyncio.create_task(self._say(conversation, thread, message, replaces), name="say now")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _say(
        self, conversation: TeamsConversation, thread: str | None, message: Block, replaces: str | None
    ) -> None:
        why = ""
        for _ in range(_TRIES_AT_ONCE):
            try:
                await self._bring(conversation, thread, message, replaces)
            except TryLater as later:
                why = later.reason
                await asyncio.sleep(min(later.after or _LONGEST_PAUSE, _LONGEST_PAUSE).total_seconds())
            except (NeverWill, Unclear, *FAULTS) as problem:
                why = str(problem)
                break
            else:
                return
        log.warning("teams.not_said", why=why[:200])

    async def _bring(
        self, conversation: TeamsConversation, thread: str | None, message: Block, replaces: str | None
    ) -> str | None:
        if replaces is not None:
            return await judged(self._connector.replace(conversation, thread, replaces, message))
        return await judged(self._connector.post(conversation, thread, message))

    async def _open_direct(self, place: Place) -> TeamsConversation:
        """The chat with somebody who has not written to the bot yet; first the app, where they do not have it."""
        if place.kind != "direct" or place.user is None:
            raise NeverWill(_NOT_HERE)
        near = await self._references.find_near(place.tenant) or self._connector.find_start(place.tenant)
        if near is None:
            raise NeverWill(_NOT_HERE)
        try:
            id = await judged(self._connector.open_direct(near, place.user))
        except Unclear as unclear:  # opening twice gives the same chat
            raise TryLater(unclear.reason) from unclear
        except AppNotInstalled:
            if await self._references.was_removed(place):
                raise NeverWill(_REMOVED) from None
            return await self._install(place, near)
        return await self._references.keep_direct(near, place.user, id, datetime.now(UTC))

    async def _install(self, place: Place, near: TeamsConversation) -> TeamsConversation:
        """Their chat where they had the app after all; else the message waits until Teams is ready for it."""
        person = await self._find_in_directory(place)
        if self._installer is None or person is None or place.user is None:
            raise NeverWill(_NOT_HERE)
        chat = await self._installer.install(person)
        if chat is None:
            raise TryLater("the app was just installed for this person", _JUST_INSTALLED)
        return await self._references.keep_direct(near, place.user, chat, datetime.now(UTC))

    async def _find_in_directory(self, place: Place) -> str | None:
        """Microsoft's own id of the person; Teams' ids of people mean nothing to its other services."""
        user = place.user or ""
        if is_microsofts(user):
            return user
        met = await self._references.find_met(Account(platform=place.platform, tenant=place.tenant, user=user))
        if met is None:
            return None
        try:
            return await judged(self._connector.find_directory_id(met[1], user))
        except NeverWill:  # they are no longer where we met them
            return None
