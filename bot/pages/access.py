"""Who looks at a page, and whether they may: by a session from a personal link, or as who they chose to be here.

A page behind a right is one line: `site.router.add_get("/deliveries", access.behind(permission, show, command))`,
where `show(request, visitor)` gives the response. Rights are asked of storage with every request, so a role that
was taken closes the pages it opened.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import Desk
from bot.model.events import Account
from bot.pages import notices
from bot.pages.view import View, find_language, find_theme
from bot.rights import name_roles, right_to
from bot.shield import HEADERS, comes_from_us
from knowledge.diploma import Permission
from storage import page_sessions, people, roles
from storage.database import Database
from storage.page_sessions import SESSION_TIME

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class House(Protocol):
    """What pages behind rights need of the App."""

    database: Database
    desk: Desk
    now: Callable[[], datetime]

    @property
    def platforms(self) -> Mapping[str, object]: ...


@runtime_checkable
class KnowsVisitors(Protocol):
    """A platform whose people have their browser with us already."""

    def find_account(self, request: web.Request) -> Account | None: ...


@dataclass(frozen=True, slots=True)
class Visitor(View):
    """Somebody who looks: who they are, and how they like it."""

    person_id: str
    time_zone: str
    by_link: bool
    """Came in by a personal link, so there is a session to end."""


Show = Callable[[web.Request, Visitor], Awaitable[web.StreamResponse]]


class Access:
    def __init__(self, house: House) -> None:
        self._house = house
        self._doors = [door for door in house.platforms.values() if isinstance(door, KnowsVisitors)]
        self._secure = house.desk.url.startswith("https://")
        # A browser takes a name with this beginning from our own host over https only, so nobody else can set it.
        self.cookie = "__Host-prompt_club_pages" if self._secure else "prompt_club_pages"

    def behind(self, permission: Permission, show: Show, command: str, *others: Permission) -> Handler:
        """`command`: what to type in a chat to get a link to this page. Any of `others` will do as well."""

        @functools.wraps(show)
        async def behind_the_right(request: web.Request) -> web.StreamResponse:
            self.check_origin(request)
            visitor = await self.get_visitor(request, command)
            if not await self.find_allowed(visitor, others):
                await self.need(visitor, permission)
            return furnish(await show(request, visitor))

        return behind_the_right

    async def find_visitor(self, request: web.Request) -> Visitor | None:
        """A session counts before the workspace: whoever opened a link chose to be themselves."""
        return await self._find_by_session(request) or await self._find_by_door(request)

    async def get_visitor(self, request: web.Request, command: str) -> Visitor:
        """HTTPUnauthorized, with a page that says how to get a link, for somebody we do not know."""
        visitor = await self.find_visitor(request)
        if visitor is None:
            view = find_view(request)
            raise web.HTTPUnauthorized(**notices.whole(notices.draw_unknown(view, command, bool(self._doors))))
        return visitor

    async def need(self, visitor: Visitor, permission: Permission) -> None:
        """HTTPForbidden, with a page that says which role it takes, for who may not."""
        house = self._house
        async with house.database.reading() as tx:
            allowed = await roles.may(tx, visitor.person_id, right_to(house.desk, permission), house.now())
        if not allowed:
            named = name_roles(visitor.words, house.desk, permission)
            raise web.HTTPForbidden(**notices.whole(notices.draw_not_yours(visitor, named, not visitor.by_link)))

    async def find_allowed(self, visitor: Visitor, permissions: Sequence[Permission]) -> list[Permission]:
        """Those of these that they may."""
        desk, now = self._house.desk, self._house.now()
        async with self._house.database.reading() as tx:
            return [one for one in permissions if await roles.may(tx, visitor.person_id, right_to(desk, one), now)]

    def check_origin(self, request: web.Request) -> None:
        """Only our own pages change anything."""
        if request.method in ("GET", "HEAD"):
            return
        if not comes_from_us(request.headers, request.host, urlsplit(self._house.desk.url).netloc):
            raise web.HTTPForbidden(**notices.whole(notices.draw_elsewhere(find_view(request))))

    async def _find_by_session(self, request: web.Request) -> Visitor | None:
        secret = request.cookies.get(self.cookie)
        if not secret:
            return None
        async with self._house.database.reading() as tx:
            looking = await page_sessions.find_looking(tx, secret, self._house.now())
        if looking is None:
            return None
        return self._see(request, looking.person_id, looking.language, looking.time_zone, by_link=True)

    async def _find_by_door(self, request: web.Request) -> Visitor | None:
        account = next((found for door in self._doors if (found := door.find_account(request))), None)
        if account is None:
            return None
        who = (account.platform, account.tenant, account.user)
        async with self._house.database.reading() as tx:
            known = await people.find_person(tx, *who)
        if known is None:
            async with self._house.database.transaction() as tx:
                known = await people.get_or_add_person(tx, *who, self._house.now())
        return self._see(request, known.id, known.language, known.time_zone, by_link=False)

    def _see(
        self, request: web.Request, person_id: str, language: str | None, time_zone: str | None, *, by_link: bool
    ) -> Visitor:
        return Visitor(
            language=find_language(request, language),
            theme=find_theme(request),
            query=dict(request.query),
            person_id=person_id,
            time_zone=time_zone or self._house.desk.time_zone,
            by_link=by_link,
        )

    def set_session(self, response: web.StreamResponse, secret: str) -> None:
        """No script can read it. Lax: a link in a chat brings it along, a form or frame elsewhere never."""
        response.set_cookie(
            self.cookie,
            secret,
            max_age=int(SESSION_TIME.total_seconds()),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self._secure,
        )

    def end_session(self, response: web.StreamResponse) -> None:
        response.del_cookie(self.cookie, path="/", httponly=True, samesite="Lax", secure=self._secure)


def find_view(request: web.Request) -> View:
    """For somebody we do not know (yet)."""
    return View(find_language(request, None), find_theme(request), dict(request.query))


def furnish(response: web.StreamResponse) -> web.StreamResponse:
    """Nothing behind a right is framed, sniffed, given a script or kept by a browser or a proxy."""
    response.headers.update(HEADERS)
    response.headers["Cache-Control"] = "no-store"
    return response
