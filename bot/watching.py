"""Takes changed knowledge into use within seconds, and tells the log and the admins when it is broken or mended."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.conversation import Conversation, Message
from bot.in_force import Followed, take_stock
from bot.model import limits
from bot.model.cards import Bullets, Card, Text, shorten
from bot.model.events import HOUSE, NOWHERE
from bot.texts import words_in
from bot.writing import write_message
from knowledge.content import Knowledge
from knowledge.watching import Reloaded, Shelf
from storage import due, people
from storage.database import Database
from storage.outbox import new_key

log = structlog.get_logger()

_LOOK_EVERY_SECONDS = 1.0
_SHOWN_ERRORS = 10
_FOR_THE_OTHERS = timedelta(seconds=10)


class KnowledgeWatch:
    """Follows the files and the database. What was agreed counts at once: the shelf has it in force; `replace` then
    readies the reading for it, which may take a while and holds up nothing here."""

    def __init__(
        self,
        shelf: Shelf,
        replace: Callable[[Knowledge], Awaitable[None]],
        database: Database,
        admins: Sequence[str],
        now: Callable[[], datetime],
        conversations: Sequence[Conversation] = (),
        *,
        zone: str = "UTC",
    ) -> None:
        """`admins`: e-mail addresses of those who hear it when a file is broken. `conversations`: who is told when
        other agreements are in force."""
        self._shelf = shelf
        self._replace = replace
        self._database = database
        self._admins = admins
        self._now = now
        self._zone = zone
        self._conversations = conversations
        self._followed = Followed()
        self._files_changed = True
        self._ready_for = shelf.current.fingerprint
        self._soon = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._readying: asyncio.Task[None] | None = None

    async def begin(self) -> Knowledge:
        """What is in force as the process starts; to be read by, before anybody is let in."""
        await self._follow_database()
        self._ready_for = self._shelf.current.fingerprint
        await self._tell_conversations(self._shelf.current)
        return self._shelf.current

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="knowledge")

    async def stop(self) -> None:
        for task in (self._task, self._readying):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    def look_soon(self) -> None:
        """Something was agreed in this process a moment ago: not a second later."""
        self._soon.set()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._soon.wait(), _LOOK_EVERY_SECONDS)
            self._soon.clear()
            try:
                await self.look()
            except Exception as problem:  # whatever it is, the knowledge in force stays and we look again
                log.error("knowledge.not_looked_at", problem=type(problem).__name__)

    async def look(self) -> None:
        reloaded = await asyncio.to_thread(self._shelf.reload_if_changed)
        self._files_changed = self._files_changed or (reloaded is not None and not reloaded.errors)
        try:
            followed = await self._follow_database()
        finally:  # files count without a database too
            self._ready_if_changed()
        for told in (reloaded, followed):
            if told is not None and told.errors:
                log.error("knowledge.broken", kept="the old one", errors=[str(error) for error in told.errors])
            if told is not None and (told.errors or told.repaired):
                await self._tell_admins(told)

    async def _follow_database(self) -> Reloaded | None:
        if self._files_changed:
            file, knowledge = self._shelf.list_contents(), self._shelf.current
            async with self._database.transaction() as tx:
                await take_stock(tx, file, knowledge, self._now(), zone=self._zone)
        async with self._database.reading() as tx:
            new = await self._followed.follow(tx)
        if new is None and not self._files_changed:
            return None
        new = None if self._files_changed else new
        self._files_changed = False
        in_force, revision = self._followed.copy(), self._followed.revision
        return await asyncio.to_thread(
            self._shelf.put_in_force, in_force, revision, self._followed.under_review, new
        )

    def _ready_if_changed(self) -> None:
        same = self._shelf.current.fingerprint == self._ready_for
        if not same and (self._readying is None or self._readying.done()):
            self._readying = asyncio.create_task(self._keep_ready(), name="knowledge.reading")

    async def _keep_ready(self) -> None:
        """The newest; what came and went while the reading was being readied is passed over."""
        while (knowledge := self._shelf.current).fingerprint != self._ready_for:
            self._ready_for = knowledge.fingerprint
            try:
                await self._replace(knowledge)
                log.info("knowledge.replaced", knowledge=knowledge.fingerprint[:12])
                await self._tell_conversations(knowledge)
            except Exception as problem:  # the reading keeps what it knows; the verdicts are the new ones already
                log.error("knowledge.not_readied", problem=type(problem).__name__)

    async def _tell_conversations(self, knowledge: Knowledge) -> None:
        """Once for each state of the agreements, whichever process has it first; the others have a moment more."""
        account, place = HOUSE.model_dump(mode="json"), NOWHERE.model_dump(mode="json")
        agreed = [action for conversation in self._conversations for action in conversation.agreed]
        if not agreed:
            return
        async with self._database.transaction() as tx:
            for action in agreed:
                key = f"agreed:{action.name}:{knowledge.fingerprint}:{knowledge.revision}"
                when = self._now() + _FOR_THE_OTHERS
                await due.plan(tx, key=key, action=action.pack(), account=account, place=place, due_at=when)

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
