"""What people do on a page: say something, press a button, send a form, look at the bot's home."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.model.cards import Value
from bot.model.effects import Effect
from bot.model.events import Event
from bot.platforms.web import parse
from bot.platforms.web.colleagues import Workspace
from bot.platforms.web.door import Door
from bot.platforms.web.effects import describe
from bot.platforms.web.store import Store
from bot.platforms.web.views import Visitor
from bot.platforms.web.visits import get_visitor
from storage.web import WebMessage

Request = TypeVar("Request", bound=Value)
Act = Callable[[Visitor, Request], Awaitable[web.Response]]


class Talking:
    def __init__(
        self,
        workspace: Workspace,
        store: Store,
        door: Door,
        receive: Callable[[Event], Awaitable[Effect]],
        now: Callable[[], datetime],
    ) -> None:
        self._workspace = workspace
        self._store = store
        self._door = door
        self._receive = receive
        self._now = now

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return (
            self._post("/web/say", parse.Say, self.say),
            self._post("/web/press", parse.Press, self.press),
            self._post("/web/submit", parse.Submit, self.submit),
            self._post("/web/open", parse.Open, self.open_home),
            self._post("/web/read", parse.Read, self.read),
        )

    def _post(self, path: str, kind: type[Request], act: Act[Request]) -> web.RouteDef:
        """One thing a page may send. Where the database is away it hears "later" and sends it again."""

        async def handle(request: web.Request) -> web.StreamResponse:
            visitor = get_visitor(request, self._workspace)
            try:
                return await act(visitor, parse.read(await request.read(), kind))
            except parse.BadRequest as bad:
                raise web.HTTPBadRequest(text=str(bad)) from bad
            except (SQLAlchemyError, OSError) as problem:
                raise web.HTTPServiceUnavailable(text=visitor.words("web.later")) from problem

        return web.post(path, self._door.guarded(handle))

    async def say(self, visitor: Visitor, request: parse.Say) -> web.Response:
        colleague = visitor.colleague
        self._check_sees(visitor, request.place)
        if request.thread is not None:
            start = await self._store.find_message(request.thread)
            if start is None or start.place != request.place or start.thread is not None:
                raise web.HTTPNotFound
        key = f"{colleague.id}:{request.key}"
        message = await self._store.keep_typed(key, request.place, colleague.id, request.text, request.thread)
        asked = parse.is_for_the_bot(request, colleague)
        effect = None
        if asked:
            effect = describe(await self._receive(parse.said(request, colleague, message, self._now())))
        return web.json_response({"message": message, "asked": asked, "effect": effect})

    async def press(self, visitor: Visitor, request: parse.Press) -> web.Response:
        thread = await self._find_thread(visitor, request)
        return _answer(await self._receive(parse.pressed(request, visitor.colleague, thread, self._now())))

    async def submit(self, visitor: Visitor, request: parse.Submit) -> web.Response:
        thread = await self._find_thread(visitor, request)
        return _answer(await self._receive(parse.submitted(request, visitor.colleague, thread, self._now())))

    async def open_home(self, visitor: Visitor, request: parse.Open) -> web.Response:
        await self._receive(parse.joined(visitor.colleague, self._now()))
        return _answer(await self._receive(parse.opened(request, visitor.colleague, self._now())))

    async def read(self, visitor: Visitor, request: parse.Read) -> web.Response:
        self._check_sees(visitor, request.place)
        await self._store.mark_read(visitor.colleague.id, request.place, request.message)
        return web.Response(status=204)

    async def _find_thread(self, visitor: Visitor, request: parse.Press) -> int | None:
        """In a channel an answer goes under the message whose button was pressed."""
        self._check_sees(visitor, request.place)
        if request.message is None:
            return None
        message: WebMessage | None = await self._store.find_message(request.message)
        if message is None or message.place != request.place or message.author is not None:
            raise web.HTTPNotFound
        return message.thread or message.id

    def _check_sees(self, visitor: Visitor, place: str) -> None:
        if place not in self._workspace.places_of(visitor.colleague):
            raise web.HTTPNotFound


def _answer(effect: Effect) -> web.Response:
    described = describe(effect)
    return web.Response(status=204) if described is None else web.json_response(described)
