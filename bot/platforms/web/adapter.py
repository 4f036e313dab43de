"""The local web workspace as a chat platform: messages are rows, and open pages are told of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery import NeverWill, Outgoing
from bot.model.cards import Card, Form
from bot.model.events import Account
from bot.platforms import Wiring
from bot.platforms.web import errors, render
from bot.platforms.web.colleagues import NAME, load_workspace
from bot.platforms.web.door import Door, Handler
from bot.platforms.web.errors import MessageGone, NoSuchPlace
from bot.platforms.web.feed import Feed
from bot.platforms.web.page import Pages
from bot.platforms.web.store import Store
from bot.platforms.web.stream import Stream
from bot.platforms.web.talking import Talking
from bot.platforms.web.visits import find_visitor
from storage.people import Profile


def build(wiring: Wiring) -> WebWorkspace:
    return WebWorkspace(wiring)


def utc_now() -> datetime:
    return datetime.now(UTC)


class WebWorkspace:
    name = NAME

    def __init__(self, wiring: Wiring) -> None:
        self._workspace = load_workspace()
        self._feed = Feed(wiring.database)
        self._store = Store(wiring.database, self._feed, utc_now)
        self._door = Door(wiring.settings.web_secret)
        self._pages = Pages(self._workspace, self._store, self._door)
        self._talking = Talking(self._workspace, self._store, self._door, wiring.receive, utc_now)
        self._stream = Stream(self._workspace, self._store, self._feed)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        guarded = self._door.guarded
        return (
            *self._pages.routes(),
            *self._talking.routes(),
            web.get("/web/stream", guarded(self._stream.follow)),
            web.get("/web/here", guarded(self._stream.tell_here)),
        )

    def guarded(self, handler: Handler) -> Handler:
        """Another page behind the workspace's own door."""
        return self._door.guarded(handler)

    def find_account(self, request: web.Request) -> Account | None:
        """Who somebody with the workspace open chose to be; None for who may not come in."""
        if not self._door.lets_in(request):
            return None
        return find_visitor(request, self._workspace).colleague.account

    async def start(self) -> None:
        self._feed.start()

    async def stop(self) -> None:
        await self._feed.stop()

    async def let_go(self, site: web.Application) -> None:
        """Open pages come back by themselves once somebody serves them again."""
        await self._feed.stop()

    async def send(self, message: Outgoing) -> str | None:
        try:
            return str(await self._keep(message))
        except (NoSuchPlace, MessageGone, SQLAlchemyError, OSError) as problem:
            told = errors.describe(problem)
            if told is None:
                raise
            raise told from problem

    async def _keep(self, message: Outgoing) -> int:
        place = self._workspace.find_place(message.place)
        if place is None:
            raise NoSuchPlace
        if message.replaces is None:
            thread = int(message.place.thread) if message.place.thread else None
            return await self._store.keep_card(message.key, place, message.card, thread)
        replaced = int(message.replaces)
        if not await self._store.replace_card(replaced, message.card):
            raise MessageGone
        return replaced

    async def find_sent(self, message: Outgoing) -> str | None:
        id = await self._store.find_by_key(message.key)
        return None if id is None else str(id)

    async def find_profile(self, account: Account) -> Profile | None:
        colleague = self._workspace.find_colleague(account.user)
        if colleague is None:
            return None
        return Profile(name=colleague.name, email=colleague.email, time_zone=colleague.time_zone)

    async def find_members(self, group: str) -> list[Account]:
        """Everybody of the workspace is in each of its channels."""
        if self._workspace.find_channel(group) is None:
            raise NeverWill(f"the workspace has no channel {group}")
        return [colleague.account for colleague in self._workspace.colleagues]

    async def find_account_by_email(self, email: str) -> Account | None:
        return self._workspace.find_account(email)

    def draw(self, card: Card | Form) -> Markup:
        return render.draw(card)
