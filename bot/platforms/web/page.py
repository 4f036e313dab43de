"""The workspace's own pages: a chat, becoming another colleague, and signing in where a secret is set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bot.platforms.web.colleagues import Workspace
from bot.platforms.web.door import SIGN_IN, Door, check_same_origin, find_token, furnish, read_form, set_cookie
from bot.platforms.web.store import Store
from bot.platforms.web.views import draw_sign_in, draw_workspace
from bot.platforms.web.visits import PERSON, find_language, find_visitor
from bot.texts import WORDS

_STATIC = Path(__file__).parent / "static"
_FILES = {
    path.name: {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}[path.suffix]
    for path in sorted(_STATIC.iterdir())
}


class Pages:
    def __init__(self, workspace: Workspace, store: Store, door: Door) -> None:
        self._workspace = workspace
        self._store = store
        self._door = door

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        guarded = self._door.guarded
        return (
            web.get("/", guarded(self.show_direct)),
            web.get("/c/{channel}", guarded(self.show_channel)),
            web.post("/web/become", guarded(self.become)),
            web.get("/web/static/{file}", self.give_file),
            web.get(SIGN_IN, self.show_sign_in),
            web.post(SIGN_IN, self.sign_in),
        )

    async def show_direct(self, request: web.Request) -> web.StreamResponse:
        visitor = find_visitor(request, self._workspace)
        return await self._show(request, visitor.colleague.direct)

    async def show_channel(self, request: web.Request) -> web.StreamResponse:
        channel = self._workspace.find_channel(request.match_info["channel"])
        if channel is None:
            raise web.HTTPSeeOther("/")
        return await self._show(request, channel.id)

    async def _show(self, request: web.Request, place: str) -> web.StreamResponse:
        visitor = find_visitor(request, self._workspace)
        before = request.query.get("before", "")
        chat = await self._store.open_chat(
            visitor.colleague.id,
            place,
            self._workspace.places_of(visitor.colleague),
            int(before) if before.isdecimal() and len(before) < 10 else None,
        )
        page = draw_workspace(visitor, self._workspace, place, chat)
        return web.Response(text=page, content_type="text/html")

    async def become(self, request: web.Request) -> web.StreamResponse:
        colleague = self._workspace.find_colleague(str((await read_form(request)).get("person", "")))
        if colleague is None:
            raise web.HTTPBadRequest(text="There is no such colleague.")
        response = web.Response(status=303, headers={"Location": "/"})
        set_cookie(request, response, PERSON, colleague.id)
        return response

    async def give_file(self, request: web.Request) -> web.StreamResponse:
        """Style and script: the same for everybody, so the sign-in page can have them too."""
        name = request.match_info["file"]
        if name not in _FILES:
            raise web.HTTPNotFound
        headers = {"Content-Type": _FILES[name], "Cache-Control": "no-cache"}
        return furnish(request, web.FileResponse(_STATIC / name, headers=headers))

    async def show_sign_in(self, request: web.Request) -> web.StreamResponse:
        if not self._door.is_locked:
            raise web.HTTPSeeOther("/")
        return furnish(request, self._sign_in_page(request, wrong=False))

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        await check_same_origin(request)
        given = str((await read_form(request)).get("secret", ""))
        response = web.Response(status=303, headers={"Location": "/"})
        if not await self._door.admit(request, given, response):
            response = self._sign_in_page(request, wrong=True)
        return furnish(request, response)

    def _sign_in_page(self, request: web.Request, *, wrong: bool) -> web.Response:
        page = draw_sign_in(WORDS[find_language(request)], find_token(request), wrong=wrong)
        return web.Response(text=page, content_type="text/html", status=401 if wrong else 200)
