"""Files about one's own diploma: the day for a calendar, and a page for the talk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.pages.calendar_file import write_day
from bot.pages.diploma_sheet import write_sheet
from bot.standing import Standing, find_standing, level_name
from knowledge.diploma import Permission
from knowledge.diploma_rules import find_rules
from knowledge.diploma_status import State
from storage import people

if TYPE_CHECKING:
    from bot.pages.access import Access, House, Visitor

_COMMAND = "/promptclub diploma"


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def day(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        """The day that somebody chose, or the day their diploma is about."""
        standing, _ = await _find(house, visitor)
        status = standing.status
        if status is None:
            raise web.HTTPNotFound
        chosen = _read_day(request.match_info["day"])
        words, valid = visitor.words, status.state is State.VALID
        level = level_name(words, house.desk.knowledge(), status.level)
        about = words("diploma.calendar_valid" if valid and chosen == status.by else "diploma.calendar_about")
        uid = f"diploma-{visitor.person_id}-{status.level}@prompt-club"
        summary = words("diploma.calendar_summary", level=level)
        return _file(write_day(uid, chosen, summary, about, house.now()), "text/calendar", "ai-diploma.ics")

    async def sheet(_: web.Request, visitor: Visitor) -> web.StreamResponse:
        standing, on = await _find(house, visitor)
        async with house.database.reading() as tx:
            known = await people.find_by_id(tx, visitor.person_id)
        name = known.name if known else ""
        page = write_sheet(visitor.words, house.desk.knowledge(), standing, name, on)
        return _file(page, "application/pdf", "ai-diploma.pdf")

    site.router.add_get("/diploma/calendar/{day}.ics", access.behind(Permission.OWN_DATA, day, _COMMAND))
    site.router.add_get("/diploma/page.pdf", access.behind(Permission.OWN_DATA, sheet, _COMMAND))


async def _find(house: House, visitor: Visitor) -> tuple[Standing, date]:
    rules = find_rules(house.desk.knowledge())
    if rules is None:
        raise web.HTTPNotFound
    on = house.now().astimezone(ZoneInfo(visitor.time_zone)).date()
    async with house.database.reading() as tx:
        return await find_standing(tx, rules, visitor.person_id, on), on


def _read_day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise web.HTTPNotFound from None


def _file(content: bytes, kind: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(
        body=content, content_type=kind, charset="utf-8" if kind.startswith("text/") else None, headers=headers
    )
