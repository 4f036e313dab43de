"""Takes changed knowledge into use within seconds, and tells the log and the admins when it is broken or mended."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.conversation import Message
from bot.model import limits
from bot.model.cards import Bullets, Card, Text, shorten
from bot.texts import words_in
from bot.writing import write_message
from knowledge.content import Knowledge
from knowledge.watching import Reloaded, Shelf
from storage import people
from storage.database import Database
from storage.outbox import new_key

log = structlog.get_logger()

_LOOK_EVERY_SECONDS = 2.0
_SHOWN_ERRORS = 10


class KnowledgeWatch:
    """`replace` readies the reading for the new knowledge; the shelf has it in force already."""

    def __init__(
        self,
        shelf: Shelf,
        replace: Callable[[Knowledge], Awaitable[None]],
        database: Database,
        admins: Sequence[str],
        now: Callable[[], datetime],
    ) -> None:
        """`admins`: e-mail addresses of those who hear it when a file is broken."""
        self._shelf = shelf
        self._replace = replace
        self._database = database
        self._admins = admins
        self._now = now
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="knowledge")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            try:
                await self.look()
            except Exception as problem:  # whatever it is, the knowledge in force stays and we look again
                log.error("knowledge.not_looked_at", problem=type(problem).__name__)

    async def look(self) -> None:
        reloaded = await asyncio.to_thread(self._shelf.reload_if_changed)
        if reloaded is None:
            return
        if reloaded.errors:
            log.error("knowledge.broken", kept="the old one", errors=[str(error) for error in reloaded.errors])
        else:
            await self._replace(reloaded.in_force)
            log.info("knowledge.replaced", knowledge=reloaded.in_force.fingerprint[:12])
        if reloaded.errors or reloaded.repaired:
            await self._tell_admins(reloaded)

    async def _tell_admins(self, reloaded: Reloaded) -> None:
        async with self._database.transaction() as tx:
            for email in self._admins:
                person = await people.find_by_email(tx, email)
                if person is None:
                    log.warning("knowledge.admin_not_known", todo="let the admin say hello to the bot once")
                    continue
                card = knowledge_card(reloaded, person.language)
                await write_message(tx, Message(new_key(), card, None, person.id, "notice"), self._now())


def knowledge_card(reloaded: Reloaded, language: str | None) -> Card:
    """What is wrong, file by file, or that it is mended."""
    words = words_in(language)
    if not reloaded.errors:
        return Card.of_words(words("house.knowledge_mended"))
    errors = tuple(shorten(str(error), 600) for error in reloaded.errors[:_SHOWN_ERRORS])
    said = words("house.knowledge_broken", n=len(reloaded.errors))
    return Card(summary=shorten(said, limits.SUMMARY), elements=(Text(text=said), Bullets(items=errors)))
