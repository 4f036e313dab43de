"""Where other systems bring people and certificates every night, with a token from the settings."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog
from aiohttp import web

from bot.desk import Desk
from bot.settings import Settings
from bot.taking_in import add_certificates, level_names, list_certificates, list_people
from knowledge.diploma_rules import find_rules
from knowledge.incoming.certificates import ResultLine, read_results
from knowledge.incoming.lines import MOST_BYTES, LineErrors, Lines, read_lines
from knowledge.incoming.people import PeopleList, read_people
from knowledge.incoming.records import is_xapi, read_records, read_statements
from storage import register_import
from storage.database import Database
from storage.register_import import Plan

log = structlog.get_logger()
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FEW = 10
_SHARE = 5
"""More than one in so many gone at once is a list that broke off, sooner than a reorganisation."""

Take = Callable[[web.Request, bytes], Awaitable[dict[str, Any]]]


class House(Protocol):
    """What these addresses need of the App."""

    database: Database
    settings: Settings
    desk: Desk
    now: Callable[[], datetime]


class _Refused(Exception):
    """The list is sound, and not taken over as it is."""


def add_to(site: web.Application, house: House) -> None:
    feed = _Feed(house)
    site.router.add_post("/api/people", feed.behind_token(feed.take_people))
    site.router.add_post("/api/certificates", feed.behind_token(feed.take_certificates))


class _Feed:
    def __init__(self, house: House) -> None:
        self._house = house

    def behind_token(self, take: Take) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            token = self._house.settings.feed_token
            if token is None:
                return _say(404, "No feed is set up: see PROMPT_CLUB_FEED_TOKEN.")
            given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
            if not hmac.compare_digest(given, token.get_secret_value().encode()):
                return _say(401, "Send the token as `Authorization: Bearer ...`.")
            try:
                return web.json_response(await take(request, await _read_body(request)))
            except LineErrors as wrong:
                told = [{"line": one.line, "error": str(one)} for one in wrong.errors]
                return web.json_response({"error": "Nothing was taken over.", "lines": told}, status=422)
            except _Refused as refused:
                return _say(409, str(refused))

        return answer

    def _today(self) -> Any:
        return self._house.now().astimezone(ZoneInfo(self._house.desk.time_zone)).date()

    async def take_people(self, request: web.Request, body: bytes) -> dict[str, Any]:
        knowledge, today, now = self._house.desk.knowledge(), self._today(), self._house.now()

        def read() -> PeopleList:
            return read_people(_read_list(request, body, "people"))

        sent = await asyncio.to_thread(read)
        listed, unknown = list_people(sent.people, knowledge)
        async with self._house.database.transaction() as tx:
            plan = await register_import.plan(tx, listed, today, now, says_who_is_away=sent.says_who_is_away)
            _check(plan, whole=request.query.get("many_left") == "yes")
            if not plan.nothing:
                await register_import.carry_out(tx, plan, now)
        counts = {"new": len(plan.new), "changed": len(plan.changed), "left": len(plan.left), "same": plan.same}
        log.info("feed.people", **counts)
        return {**counts, "managers_unknown": plan.no_manager, "functions_unknown": unknown}

    async def take_certificates(self, request: web.Request, body: bytes) -> dict[str, Any]:
        knowledge, today = self._house.desk.knowledge(), self._today()
        rules, levels = find_rules(knowledge), level_names(knowledge)
        if rules is None:
            raise _Refused("There is no diploma.yaml: nothing was agreed about diplomas.")

        def read() -> tuple[tuple[ResultLine, ...], int, str]:
            if is_xapi(body):
                lines, ignored = read_statements(body, levels)
                return read_results(lines, levels, today), ignored, "xapi"
            return read_results(_read_list(request, body, "certificates"), levels, today), 0, "api"

        results, ignored, source = await asyncio.to_thread(read)
        async with self._house.database.transaction() as tx:
            found = await list_certificates(tx, rules, results, source=source)
            added = await add_certificates(tx, rules, found, self._house.now())
        log.info("feed.certificates", added=added, known=len(found) - added, ignored=ignored)
        return {"added": added, "known": len(found) - added, "ignored": ignored}


def _check(plan: Plan, *, whole: bool) -> None:
    if plan.too_early:
        told = ", ".join(f"{email} ({day})" for email, day in list(plan.too_early.items())[:_FEW])
        raise _Refused(f"Nothing was taken over: something newer is known already of {told}.")
    here = len(plan.left) + plan.same + len(plan.changed)
    if not whole and len(plan.left) > _FEW and len(plan.left) * _SHARE > here:
        raise _Refused(
            f"Nothing was taken over: {len(plan.left)} of {here} people are not on the list. "
            "Is it whole? Then send it to /api/people?many_left=yes."
        )


def _read_list(request: web.Request, body: bytes, name: str) -> Lines:
    if request.content_type == "application/json":
        return read_records(body, name)
    return read_lines(body, f"{name}.xlsx" if request.content_type == _SPREADSHEET else f"{name}.csv")


async def _read_body(request: web.Request) -> bytes:
    """Longer than other requests may be: a list holds the whole organisation."""
    body = bytearray()
    async for part in request.content.iter_chunked(1 << 16):
        body += part
        if len(body) > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(max_size=MOST_BYTES, actual_size=len(body))
    return bytes(body)


def _say(status: int, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)
