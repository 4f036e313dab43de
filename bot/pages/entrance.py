"""In by a personal link and out again.

Opening a link only shows a button, since chats and mail filters open every link they see; the press uses it up.
"""

from __future__ import annotations

from aiohttp import web

from bot.links import ENTER
from bot.pages import notices
from bot.pages.access import Access, House, find_view
from storage import page_sessions


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request) -> web.StreamResponse:
        visitor = await access.find_visitor(request)
        async with house.database.reading() as tx:
            link = await page_sessions.find_link(tx, request.match_info["secret"], house.now())
        if link is not None and visitor is not None and visitor.person_id == link.person_id:
            return _go(link.path)  # in already: a link that is pressed twice still leads there
        if link is None or not link.usable:
            raise web.HTTPGone(**notices.whole(notices.draw_used(find_view(request))))
        return web.Response(**notices.whole(notices.draw_come_in(find_view(request))))

    async def enter(request: web.Request) -> web.StreamResponse:
        access.check_origin(request)
        async with house.database.transaction() as tx:
            entered = await page_sessions.enter(tx, request.match_info["secret"], house.now())
        if entered is None:
            raise web.HTTPGone(**notices.whole(notices.draw_used(find_view(request))))
        response = _go(entered.path)
        access.set_session(response, entered.secret)
        return response

    async def leave(request: web.Request) -> web.StreamResponse:
        """Everywhere at once: who thinks of it here may have forgotten another screen."""
        access.check_origin(request)
        visitor = await access.find_visitor(request)
        if visitor is not None and visitor.by_link:
            async with house.database.transaction() as tx:
                await page_sessions.end_all(tx, visitor.person_id)
        response = web.Response(**notices.whole(notices.draw_goodbye(find_view(request))))
        access.end_session(response)
        return response

    site.router.add_get(ENTER + "{secret}", show)
    site.router.add_post(ENTER + "{secret}", enter)
    site.router.add_post("/out", leave)


def _go(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path, "Cache-Control": "no-store"})
