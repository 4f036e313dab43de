"""The Lab's tickets for who may triage: to filter, search and read whole, with how soon people hear something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.model.cards import shorten
from bot.pages import lab_times
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from knowledge.diploma import Permission
from storage import people, tickets, tickets_finding
from storage.tickets import Note, Ticket
from storage.tickets_finding import WHICH, Listed, Numbers, Wanted
from storage.transaction import Transaction

PATH = "/lab"
_COMMAND = "/promptclub lab"
_ON_A_PAGE = 50
_LAST_PAGE = 400
_COUNTED = ("open", "mine", "waiting", "late")
_TEXT = 220
_SEARCHED = 200
_LOOKS_BACK = timedelta(weeks=lab_times.WEEKS)
_FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; what it does not know counts as not said."""

    which: str
    search: str
    page: int

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Chosen:
        which, page = query.get("which", ""), query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return cls(
            which=which if which in WHICH else "open",
            search=query.get("search", "").strip()[:_SEARCHED],
            page=min(max(1, number), _LAST_PAGE),
        )

    def address(self, page: int, language: str) -> str:
        asked = {"which": self.which, "search": self.search, "page": str(page), "language": language}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    id: str
    text: str
    state: str
    asks: int
    since: str
    late: bool


class Times:
    """How soon people hear something, worked out at most every few minutes: it tells of weeks."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._kept: tuple[datetime, list[lab_times.Week]] | None = None

    async def find(self, tx: Transaction, now: datetime) -> list[lab_times.Week]:
        if self._kept is None or not timedelta() <= now - self._kept[0] < _FRESH:
            times = await tickets_finding.find_times(tx, now - _LOOKS_BACK)
            self._kept = (now, lab_times.find_weeks(times, self._zone))
        return self._kept[1]


def add_to(site: web.Application, house: House, access: Access) -> None:
    times = Times(ZoneInfo(house.desk.time_zone))

    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        chosen, now = Chosen.read(request.query), house.now()
        wanted = Wanted(chosen.which, visitor.person_id, now, chosen.search)
        async with house.database.reading() as tx:
            after = (chosen.page - 1) * _ON_A_PAGE
            found = await tickets_finding.find_page(tx, wanted, most=_ON_A_PAGE + 1, after=after)
            numbers = await tickets_finding.count_queue(tx, visitor.person_id, now)
            names = await _find_names(tx, [one.claimed_by for one in found])
            weeks = await times.find(tx, now)
        page = draw(visitor, chosen, numbers, [_show(visitor, one, names, now) for one in found], weeks)
        return web.Response(text=page, content_type="text/html")

    async def show_one(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            ticket = await tickets.find(tx, request.match_info["ticket"])
            notes = await tickets.find_notes(tx, ticket.id) if ticket else []
            askers = await tickets.find_askers(tx, ticket.id) if ticket else []
            names = await _find_names(tx, [ticket.claimed_by, ticket.answered_by] if ticket else [])
        page = draw_one(visitor, ticket, notes, [asker.name for asker in askers], names)
        return web.Response(text=page, content_type="text/html", status=200 if ticket else 404)

    site.router.add_get(PATH, access.behind(Permission.TRIAGE, show, _COMMAND))
    site.router.add_get(PATH + "/{ticket}", access.behind(Permission.TRIAGE, show_one, _COMMAND))


async def _find_names(tx: Transaction, ids: Sequence[str | None]) -> dict[str, str]:
    found = {id: await people.find_by_id(tx, id) for id in {one for one in ids if one}}
    return {id: person.name for id, person in found.items() if person}


def draw(
    visitor: Visitor,
    chosen: Chosen,
    numbers: Numbers,
    found: Sequence[Shown],
    weeks: Sequence[lab_times.Week],
) -> str:
    words = visitor.words
    more = len(found) > _ON_A_PAGE and chosen.page < _LAST_PAGE
    return fill(
        "lab.html",
        view=visitor,
        words=words,
        title=words("lab.page_title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        chosen=chosen,
        path=PATH,
        counted=[(one, words(f"lab.which_{one}"), getattr(numbers, one)) for one in _COUNTED],
        options=[(one, _name(visitor, one)) for one in WHICH],
        shown=found[:_ON_A_PAGE],
        before=chosen.address(chosen.page - 1, words.language) if chosen.page > 1 else "",
        after=chosen.address(chosen.page + 1, words.language) if more else "",
        weeks=weeks,
        size=lab_times.measure(weeks),
        hours=lambda told: _tell_hours(visitor, told),
    )


def _name(visitor: Visitor, which: str) -> str:
    words = visitor.words
    if which == "all":
        return words("lab.page_all")
    return words("lab.page_closed") if which == "closed" else words(f"lab.which_{which}")


def _tell_hours(visitor: Visitor, hours: float | None) -> str:
    if hours is None:
        return "–"
    told = f"{hours:.1f}"
    return visitor.words("lab.page_hours", hours=told.replace(".", ",") if visitor.language == "nl" else told)


def _show(visitor: Visitor, one: Listed, names: Mapping[str, str], now: datetime) -> Shown:
    words = visitor.words
    name = names.get(one.claimed_by or "") or words("lab.somebody")
    return Shown(
        id=one.id,
        text=shorten(one.text, _TEXT),
        state=words(f"lab.short_{one.state}", name=name),
        asks=one.asks,
        since=words.moment(one.opened_at, visitor.time_zone),
        late=one.due_by is not None and one.due_by < now,
    )


def draw_one(
    visitor: Visitor, ticket: Ticket | None, notes: Sequence[Note], askers: Sequence[str], names: Mapping[str, str]
) -> str:
    words = visitor.words
    name = names.get((ticket.claimed_by or ticket.answered_by or "") if ticket else "") or words("lab.somebody")
    return fill(
        "lab_ticket.html",
        view=visitor,
        words=words,
        title=words("lab.title", ref=ticket.id[:6]) if ticket else words("lab.page_title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        ticket=ticket,
        state=words(f"lab.short_{ticket.state}", name=name) if ticket else "",
        asked=_tell_askers(visitor, ticket, askers) if ticket else "",
        notes=[(_tell_note(visitor, one), one.text, words.moment(one.at, visitor.time_zone)) for one in notes],
        path=PATH,
    )


def _tell_askers(visitor: Visitor, ticket: Ticket, names: Sequence[str]) -> str:
    words = visitor.words
    known = [name or words("lab.colleague") for name in names]
    told = [words("lab.asked_by", names=words.listed(known))] if known else []
    if ticket.unnamed:
        told.append(words("lab.asked_unnamed", n=ticket.unnamed))
    if ticket.unit:
        told.append(words("lab.unit", unit=ticket.unit))
    return ". ".join(told)


def _tell_note(visitor: Visitor, one: Note) -> str:
    """As the thread told it, without what only the thread knew."""
    words = visitor.words
    name = one.name or words("lab.somebody")
    match one.kind:
        case "claimed":
            return words("lab.note_claimed", name=name)
        case "returned":
            return words("lab.note_returned", name=name)
        case "answered":
            return words("lab.note_answered", name=name)
        case "asked":
            return words("lab.note_asked", name=name)
        case "closed":
            return words("lab.note_closed", name=name)
        case "reopened":
            return words("lab.note_reopened", name=name)
        case "replied":
            return words("lab.note_replied_unnamed")
        case "handed":
            return words("lab.page_handed", name=name)
        case "merged":
            return words("lab.page_merged", name=name)
        case _:
            return words("lab.page_joined")
