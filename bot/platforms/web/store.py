"""What the workspace keeps and looks up, in short transactions; whoever reads along hears of every change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.cards import Card
from bot.platforms.web.feed import Feed
from knowledge.masking import mask
from storage import web
from storage.database import Database
from storage.web import WebMessage

HISTORY = 60
"""Messages a chat opens with, answers in threads not counted."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat as it is now."""

    messages: list[WebMessage]
    newest_change: int
    unread: set[str]
    older: bool
    """There is more before these messages."""


class Store:
    def __init__(self, database: Database, feed: Feed, now: Callable[[], datetime]) -> None:
        self._database = database
        self._feed = feed
        self._now = now

    async def keep_typed(self, key: str, place: str, author: str, text: str, thread: int | None) -> int:
        """The id of what somebody typed. Personal data and secrets in it are masked before it is kept."""
        masked = mask(text).text
        async with self._database.transaction() as tx:
            id = await web.add_message(
                tx, key=key, place=place, author=author, text=masked, thread=thread, said_at=self._now()
            )
        self._feed.wake()
        return id

    async def keep_card(self, key: str, place: str, card: Card, thread: int | None) -> int:
        drawn = card.model_dump(mode="json")
        async with self._database.transaction() as tx:
            id = await web.add_message(tx, key=key, place=place, card=drawn, thread=thread, said_at=self._now())
        self._feed.wake()
        return id

    async def replace_card(self, id: int, card: Card) -> bool:
        async with self._database.transaction() as tx:
            replaced = await web.replace_card(tx, id, card.model_dump(mode="json"))
        self._feed.wake()
        return replaced

    async def mark_read(self, user: str, place: str, message: int) -> None:
        async with self._database.transaction() as tx:
            await web.mark_read(tx, user, place, message)

    async def find_by_key(self, key: str) -> int | None:
        async with self._database.reading() as tx:
            return await web.find_by_key(tx, key)

    async def find_message(self, id: int) -> WebMessage | None:
        async with self._database.reading() as tx:
            return await web.find_message(tx, id)

    async def open_chat(self, user: str, place: str, places: Sequence[str], before: int | None) -> Chat:
        """The counter is read first: what comes in while we look is then told again, and never missed."""
        async with self._database.reading() as tx:
            newest = await web.newest_change(tx)
            messages = await web.find_history(tx, place, most=HISTORY + 1, before=before)
            unread = await web.find_unread(tx, user, places)
        starts = [message.id for message in messages if message.thread is None]
        older = len(starts) > HISTORY
        if older:
            messages = [message for message in messages if starts[0] not in (message.id, message.thread)]
        return Chat(messages, newest, unread, older)

    async def find_changes(self, places: Sequence[str], after: int) -> list[WebMessage]:
        async with self._database.reading() as tx:
            return await web.find_changes(tx, places, after, _AT_ONCE)
