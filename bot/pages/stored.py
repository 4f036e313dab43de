"""What is kept: per topic what and why, who sees it and for how long; and everything of one's own as a file.

How long comes from the retention job itself, and a table that no text tells of stands there in its own words, so
that the page cannot go stale.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.texts import Words
from knowledge.diploma import Permission
from storage import own_data, page_sessions, retention, tables

PATH = "/stored"
_FILE = PATH + "/mine.json"
_COMMAND = "/promptclub gegevens"
TOPICS: dict[str, tuple[str, ...]] = {
    "people": ("people", "teams"),
    "questions": ("questions", "handovers"),
    "tickets": ("tickets",),
    "cases": ("cases",),
    "surveys": ("surveys",),
    "diploma": ("register", "certificates", "behind", "badges"),
    "figures": ("figures",),
    "nudges": ("nudges",),
    "messages": ("outbox", "web"),
    "work": ("inbox", "due", "occasions", "confirmations"),
    "roles": ("roles",),
    "pages": ("page_sessions",),
    "digests": ("digests",),
    "matrix": ("matrix",),
    "audit": ("audit",),
}
"""Which table modules a text tells of."""
_HAS_NO_ROWS = {"columns"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One topic as people read it."""

    title: str
    what: str
    who: str
    how_long: str


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(_: web.Request, visitor: Visitor) -> web.StreamResponse:
        page = fill(
            "stored.html",
            view=visitor,
            words=visitor.words,
            title=visitor.words("stored.title"),
            can_leave=visitor.by_link,
            workspace=not visitor.by_link,
            kept=list_kept(visitor.words),
            file=_FILE,
        )
        return web.Response(text=page, content_type="text/html")

    async def give_mine(_: web.Request, visitor: Visitor) -> web.StreamResponse:
        """Of whoever asks, and of nobody else: there is no address for another person's."""
        async with house.database.reading() as tx:
            found = await own_data.find_own(tx, visitor.person_id)
        content = json.dumps(found, ensure_ascii=False, indent=1, default=str).encode()
        headers = {"Content-Disposition": 'attachment; filename="prompt-club.json"'}
        return web.Response(body=content, content_type="application/json", headers=headers)

    others = (Permission.SEE_WHAT_IS_STORED,)
    site.router.add_get(PATH, access.behind(Permission.OWN_DATA, show, _COMMAND, *others))
    site.router.add_get(_FILE, access.behind(Permission.OWN_DATA, give_mine, _COMMAND))


def list_kept(words: Words) -> list[Kept]:
    spans = {name: tell_span(words, span) for name, span in find_spans().items()}
    told = [
        Kept(
            words(f"stored.title_{topic}"),
            words(f"stored.what_{topic}"),
            words(f"stored.who_{topic}"),
            words(f"stored.long_{topic}", **spans),
        )
        for topic in TOPICS
    ]
    return [*told, *_list_untold(words)]


def _list_untold(words: Words) -> Iterator[Kept]:
    """Tables that are newer than the texts: what their own first words say."""
    known = {module for modules in TOPICS.values() for module in modules}
    for name in list_modules():
        if name not in known:
            said = (importlib.import_module(f"{tables.__name__}.{name}").__doc__ or "").partition("For how long:")
            yield Kept(
                name.capitalize(), " ".join(said[0].split()), words("stored.who_new"), " ".join(said[2].split())
            )


def list_modules() -> list[str]:
    return [one.name for one in pkgutil.iter_modules(tables.__path__) if one.name not in _HAS_NO_ROWS]


def find_spans() -> dict[str, timedelta]:
    """What the retention job goes by, in small letters: questions, askers, …"""
    spans = {name.lower(): value for name, value in vars(retention).items() if isinstance(value, timedelta)}
    return {**spans, "link": page_sessions.LINK_TIME, "session": page_sessions.SESSION_TIME}


def tell_span(words: Words, span: timedelta) -> str:
    """3 jaar, 90 dagen, 8 uur, 10 minuten."""
    minutes = int(span.total_seconds() // 60)
    for unit, length in (("years", 365 * 24 * 60), ("days", 24 * 60), ("hours", 60)):
        if minutes >= length and minutes % length == 0:
            return words(f"stored.{unit}", n=minutes // length)
    return words("stored.minutes", n=minutes)
