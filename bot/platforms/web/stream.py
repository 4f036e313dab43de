"""Keeps open pages up to date: every new or changed message as a server-sent event, none of them missed.

An event's id is the number of the change, so a page that lost its connection asks for everything after it.
"""

from __future__ import annotations

import contextlib
import json

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.platforms.web.colleagues import Workspace
from bot.platforms.web.feed import Feed
from bot.platforms.web.store import Store
from bot.platforms.web.views import Visitor, draw_message, show_message
from bot.platforms.web.visits import get_visitor
from bot.shield import HEADERS
from storage.web import WebMessage

_COME_BACK_AFTER_MILLISECONDS = 1_000


class Stream:
    def __init__(self, workspace: Workspace, store: Store, feed: Feed) -> None:
        self._workspace = workspace
        self._store = store
        self._feed = feed

    async def follow(self, request: web.Request) -> web.StreamResponse:
        visitor = get_visitor(request, self._workspace)
        place = request.query.get("place", "")
        after = _find_after(request)
        response = EventSourceResponse(headers=HEADERS)
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            async with response, contextlib.aclosing(self._feed.follow()) as changes:
                await response.send("", event="hello", retry=_COME_BACK_AFTER_MILLISECONDS)
                async for newest in changes:
                    if not response.is_connected():
                        break
                    after = await self._catch_up(response, visitor, place, after, newest)
        return response

    async def tell_here(self, request: web.Request) -> web.StreamResponse:
        """Whether this page may still listen: a stream that is refused cannot say why."""
        get_visitor(request, self._workspace)
        return web.Response(status=204)

    async def _catch_up(
        self, response: EventSourceResponse, visitor: Visitor, place: str, after: int, newest: int
    ) -> int:
        """Send all there is after `after`; the number to go on from."""
        places = self._workspace.places_of(visitor.colleague)
        while newest > after:
            messages = await self._store.find_changes(places, after)
            if not messages:
                return newest  # what changed was in other people's chats
            for message in messages:
                told = json.dumps(self._tell(message, visitor, place), ensure_ascii=False)
                await response.send(told, id=str(message.change), event="message")
            after = messages[-1].change
        return after

    def _tell(self, message: WebMessage, visitor: Visitor, place: str) -> dict[str, object]:
        """Of other chats only that there is something, for the dot in the side bar."""
        told: dict[str, object] = {
            "id": message.id,
            "place": message.place,
            "thread": message.thread,
            "mine": message.author == visitor.colleague.id,
            "bot": message.author is None,
        }
        if message.place == place:
            shown = show_message(message, visitor, self._workspace)
            in_channel = place != visitor.colleague.direct
            told["html"] = draw_message(shown, visitor, in_channel=in_channel)
            told["summary"] = shown.summary
        return told


def _find_after(request: web.Request) -> int:
    """The last change this page knows of: what its connection got before it broke, else what it was made with."""
    told = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    if not told.isdecimal() or len(told) > 15:
        raise web.HTTPBadRequest(text="after which change?")
    return int(told)
