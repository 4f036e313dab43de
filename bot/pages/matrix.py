"""The living matrix as everyone may see it: by task and data class, searchable, printable, now or on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.in_force import end_of_day
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.row_words import in_language, tell_changes, title_of
from bot.texts import Words
from knowledge.content import Knowledge, Verdict
from knowledge.diploma import Permission
from storage import matrix
from storage.matrix import Version, Wanted

PATH = "/matrix"
_COMMAND = "/promptclub matrix"
A_PAGE = 50
_LONGEST_SEARCH = 200
_OLDEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filter in the address says; what it does not know counts as not said."""

    words: str
    task: str
    on: date | None
    page: int

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Chosen:
        page = query.get("page", "")
        return cls(
            words=" ".join(query.get("words", "")[:_LONGEST_SEARCH].replace("\x00", "").split()),
            task=query.get("task", "")[:100].replace("\x00", ""),
            on=read_day(query.get("on", "")),
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def wanted(self, kind: str, zone: str) -> Wanted:
        return Wanted(kind, end_of_day(self.on, zone) if self.on else None, self.task, self.words)


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _OLDEST and day.year < 9_999 else None


@dataclass(frozen=True, slots=True)
class Cell:
    data: str
    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str
    cells: Sequence[Cell]
    conditions: Sequence[str]
    why: str
    said: str
    """Its version and since when."""
    under_review: bool
    link: str


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        chosen = Chosen.read(request.query)
        wanted = chosen.wanted("row", house.desk.time_zone)
        async with house.database.reading() as tx:
            number = await matrix.count(tx, wanted)
            tasks = await matrix.list_tasks(tx, "row")
            found = await matrix.find_page(tx, wanted, skip=(chosen.page - 1) * A_PAGE, most=A_PAGE)
        page = draw(visitor, house.desk.knowledge(), chosen, found, number, tasks)
        return web.Response(text=page, content_type="text/html")

    async def show_history(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            found = await matrix.list_history(tx, "row", request.match_info["row"][:100].replace("\x00", ""))
        page = draw_history(visitor, house.desk.knowledge(), found)
        return web.Response(text=page, content_type="text/html", status=200 if found else 404)

    site.router.add_get(PATH, access.behind(Permission.ASK, show, _COMMAND))
    site.router.add_get(PATH + "/{row}", access.behind(Permission.ASK, show_history, _COMMAND))


def draw(
    visitor: Visitor,
    knowledge: Knowledge,
    chosen: Chosen,
    found: Sequence[Version],
    number: int,
    tasks: Sequence[str],
) -> str:
    words, policy = visitor.words, knowledge.policy
    groups = [
        (task, [show_row(words, knowledge, one) for one in versions])
        for task, versions in groupby(found, key=lambda one: str((one.content or {}).get("task", "")))
    ]
    return fill(
        "matrix.html",
        **frame(visitor, words("matrix.page_title")),
        statement=policy.statement.in_language(words.language),
        principles=[principle.text.in_language(words.language) for principle in policy.principles],
        classes=[one.label.in_language(words.language) for one in policy.data_classes],
        legend=[(verdict.value, words(f"ask.verdict_{verdict}")) for verdict in Verdict],
        groups=groups,
        chosen=chosen,
        day=words.day(chosen.on) if chosen.on else "",
        tasks=tasks,
        number=number,
        pages=find_pages(visitor, chosen.page, number),
    )


def frame(visitor: Visitor, title: str) -> dict[str, Any]:
    """What every page of ours gets."""
    return {
        "view": visitor,
        "words": visitor.words,
        "title": title,
        "can_leave": visitor.by_link,
        "workspace": not visitor.by_link,
    }


def show_row(words: Words, knowledge: Knowledge, version: Version) -> Row:
    content = version.content or {}
    verdicts = content.get("verdicts", {})
    texts = {one.id: one.text.in_language(words.language) for one in knowledge.policy.conditions}
    return Row(
        id=version.ref,
        title=in_language(words, content.get("title")),
        description=in_language(words, content.get("description")),
        cells=[
            Cell(one.label.in_language(words.language), *_say_verdict(words, verdicts.get(one.id)))
            for one in knowledge.policy.data_classes
        ],
        conditions=[texts.get(id, id) for id in content.get("conditions", ())],
        why=in_language(words, content.get("why")),
        said=say_version(words, version),
        under_review=version.ended is None and version.ref in knowledge.under_review,
        link=f"{PATH}/{version.ref}?language={words.language}",
    )


def _say_verdict(words: Words, verdict: str | None) -> tuple[str, str]:
    """Its name for the colour, and its sign and words; a class that came later has none yet."""
    known = verdict in tuple(Verdict)
    return (str(verdict), words(f"ask.verdict_{verdict}")) if known else ("none", "-")


def say_version(words: Words, version: Version) -> str:
    since = (version.content or {}).get("since")
    day = read_day(str(since)) if since else None
    return words("matrix.version", n=version.version, day=words.day(day or version.since.date()))


def find_pages(visitor: Visitor, page: int, number: int) -> list[tuple[str, str, bool]]:
    """What the link says, where it leads, and whether we are there; none where all fits one page."""
    last = max(1, -(-number // A_PAGE))
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    links = [(str(one), "?" + urlencode({**visitor.query, "page": str(one)}), one == page) for one in near]
    return links if last > 1 else []


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and what it changed."""

    said: str
    source: str
    when: str
    why: str
    changes: Sequence[str]
    first: bool
    gone: bool


def draw_history(visitor: Visitor, knowledge: Knowledge, found: Sequence[Version]) -> str:
    words = visitor.words
    newest = found[0] if found else None
    title = find_title(words, found)
    return fill(
        "matrix_history.html",
        **frame(visitor, title or words("matrix.page_title")),
        row=show_row(words, knowledge, newest) if newest and newest.content else None,
        tool=None,
        steps=list_steps(visitor, knowledge, found),
        back=f"{PATH}?language={words.language}",
        back_words=words("matrix.back"),
        nothing=words("matrix.no_such_row"),
    )


def find_title(words: Words, found: Sequence[Version]) -> str:
    """As it was last called; what was taken out keeps its name."""
    last = next((one for one in found if one.content), None)
    return title_of(words, last.kind, last.ref, last.content) if last else ""


def list_steps(visitor: Visitor, knowledge: Knowledge, found: Sequence[Version]) -> list[Step]:
    """The newest first, in people's words."""
    words = visitor.words
    return [
        Step(
            said=say_version(words, version),
            source=words(f"matrix.source_{version.source}"),
            when=words.moment(version.since, visitor.time_zone),
            why=version.why,
            changes=tell_changes(words, knowledge, before.content, version.content)
            if before and version.content
            else (),
            first=before is None,
            gone=version.content is None,
        )
        for version, before in zip(found, [*found[1:], None], strict=False)
    ]
