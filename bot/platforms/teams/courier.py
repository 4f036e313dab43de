"""Brings messages to Teams: for the outbox, which wants to know how it went, and at once beside an open request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from bot.delivery import NeverWill, TryLater, Unclear
from bot.model.events import Place
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.errors import FAULTS, judge
from bot.platforms.teams.plain import Block
from bot.platforms.teams.references import References
from storage.teams import TeamsConversation

log = structlog.get_logger()

_TRIES_AT_ONCE = 3
_LONGEST_PAUSE = timedelta(seconds=3)
_FINISH_SECONDS = 10.0
_NOT_HERE = "the app was never installed here, or was removed"
T = TypeVar("T")


class Courier:
    def __init__(self, connector: Connector, references: References) -> None:
        self._connector = connector
        self._references = references
        self._under_way: set[asyncio.Task[None]] = set()

    async def finish(self) -> None:
        """Wait for what is being said right now."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_FINISH_SECONDS)

    async def deliver(self, place: Place, message: Block, replaces: str | None) -> str | None:
        """The message's id; TryLater, NeverWill or Unclear, or the fault itself where it is ours."""
        conversation = await self._references.find(place) or await self._open_direct(place)
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
            return await _judged(self._connector.replace(conversation, thread, replaces, message))
        return await _judged(self._connector.post(conversation, thread, message))

    async def _open_direct(self, place: Place) -> TeamsConversation:
        """The chat with somebody who has the app and has not written to it yet."""
        near = await self._references.find_near(place.tenant) if place.kind == "direct" and not place.id else None
        if near is None or place.user is None:
            raise NeverWill(_NOT_HERE)
        try:
            id = await _judged(self._connector.open_direct(near, place.user))
        except Unclear as unclear:  # opening twice gives the same chat
            raise TryLater(unclear.reason) from unclear
        return await self._references.keep_direct(near, place.user, id, datetime.now(UTC))


async def _judged(call: Awaitable[T]) -> T:
    """The call's result, or what its fault means for the message."""
    try:
        return await call
    except FAULTS as fault:
        raise judge(fault, datetime.now(UTC)) or fault from fault
