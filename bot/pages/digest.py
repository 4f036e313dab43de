"""The weekly posts read back: the newest, or those of one week, as they stood in their channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from markupsafe import Markup

from bot.coming import tell_none_yet
from bot.model.cards import Card, Form
from bot.pages import access
from bot.pages.access import Access, Visitor
from bot.pages.drawing import fill
from knowledge.diploma import Permission
from storage import digests
from storage.digests import Digest

PATH = "/digest"
_COMMAND = "/promptclub weekbericht"
_DRAWS = "web"
"""The browser's own drawing of a card, also where the workspace is off."""


class House(access.House, Protocol):
    drawings: Mapping[str, Callable[[Card | Form], object]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as it stood in a channel."""

    where: str
    card: Markup


@dataclass(frozen=True, slots=True)
class Week:
    week: str
    told: str
    current: bool


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        asked = request.match_info.get("week")
        async with house.database.reading() as tx:
            weeks = await digests.find_weeks(tx)
            week = asked or next(iter(weeks), None)
            found = await digests.find_sent(tx, week=week) if week in weeks else []
        page = draw(house, visitor, weeks, week, found)
        return web.Response(text=page, content_type="text/html", status=404 if asked and not found else 200)

    behind = access.behind(Permission.ASK, show, _COMMAND)
    site.router.add_get(PATH, behind)
    site.router.add_get(PATH + "/{week}", behind)


def draw(house: House, visitor: Visitor, weeks: Sequence[str], week: str | None, found: Sequence[Digest]) -> str:
    words = visitor.words
    if weeks and week:
        said = words("digest.none_in_week", week=week)
    else:
        said = tell_none_yet(words, house.desk, house.now(), visitor.time_zone)
    return fill(
        "digest.html",
        view=visitor,
        words=words,
        title=words("digest.page_title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        shown=[_show(house, visitor, digest) for digest in found],
        said=said,
        weeks=[Week(one, _tell_week(visitor, one), one == week) for one in weeks],
        path=PATH,
    )


def _show(house: House, visitor: Visitor, digest: Digest) -> Shown:
    """Without its link to this very page."""
    assert digest.card is not None and digest.settled_at is not None
    card = Card.model_validate(digest.card)
    kept = card.model_copy(update={"elements": tuple(one for one in card.elements if one.kind != "link")})
    plans = house.desk.knowledge().digests
    channel = next((plan.id for plan in plans if plan.channel == digest.channel), digest.channel)
    moment = visitor.words.moment(digest.settled_at, visitor.time_zone)
    return Shown(
        visitor.words("digest.read_title", channel=channel, moment=moment), Markup(house.drawings[_DRAWS](kept))
    )


def _tell_week(visitor: Visitor, week: str) -> str:
    year, _, number = week.partition("-W")
    return visitor.words("digest.page_week", week=int(number), year=year)
