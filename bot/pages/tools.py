"""The register of tools as everyone may see it: which may be used, and with which data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.pages.matrix import A_PAGE, Chosen, find_pages, find_title, frame, list_steps, say_version
from bot.row_words import in_language
from bot.texts import Words
from knowledge.content import Knowledge, ToolStatus
from knowledge.diploma import Permission
from storage import matrix
from storage.matrix import Version

PATH = "/tools"
_COMMAND = "/promptclub tools"
_COLOURS = {ToolStatus.APPROVED: "mag", ToolStatus.TRIAL: "grijs", ToolStatus.FORBIDDEN: "mag_niet"}


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    colour: str
    status: str
    limit: str
    note: str
    said: str
    link: str


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        chosen = Chosen.read(request.query)
        wanted = chosen.wanted("tool", house.desk.time_zone)
        async with house.database.reading() as tx:
            number = await matrix.count(tx, wanted)
            found = await matrix.find_page(tx, wanted, skip=(chosen.page - 1) * A_PAGE, most=A_PAGE)
        page = draw(visitor, house.desk.knowledge(), chosen, found, number)
        return web.Response(text=page, content_type="text/html")

    async def show_history(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            found = await matrix.list_history(tx, "tool", request.match_info["tool"][:100].replace("\x00", ""))
        page = draw_history(visitor, house.desk.knowledge(), found)
        return web.Response(text=page, content_type="text/html", status=200 if found else 404)

    site.router.add_get(PATH, access.behind(Permission.ASK, show, _COMMAND))
    site.router.add_get(PATH + "/{tool}", access.behind(Permission.ASK, show_history, _COMMAND))


def draw(visitor: Visitor, knowledge: Knowledge, chosen: Chosen, found: Sequence[Version], number: int) -> str:
    words = visitor.words
    return fill(
        "tools.html",
        **frame(visitor, words("matrix.tools_title")),
        rows=[_show(words, knowledge, one) for one in found],
        chosen=chosen,
        day=words.day(chosen.on) if chosen.on else "",
        number=number,
        pages=find_pages(visitor, chosen.page, number),
    )


def draw_history(visitor: Visitor, knowledge: Knowledge, found: Sequence[Version]) -> str:
    words = visitor.words
    newest = found[0] if found else None
    return fill(
        "matrix_history.html",
        **frame(visitor, find_title(words, found) or words("matrix.tools_title")),
        row=None,
        tool=_show(words, knowledge, newest) if newest and newest.content else None,
        steps=list_steps(visitor, knowledge, found),
        back=f"{PATH}?language={words.language}",
        back_words=words("matrix.tools_back"),
        nothing=words("matrix.no_such_tool"),
    )


def _show(words: Words, knowledge: Knowledge, version: Version) -> Row:
    content = version.content or {}
    status = str(content.get("status", ""))
    known = ToolStatus(status) if status in tuple(ToolStatus) else ToolStatus.FORBIDDEN
    limit = knowledge.find_data_class(str(content.get("data_limit")))
    return Row(
        id=version.ref,
        name=str(content.get("name", version.ref)),
        colour=_COLOURS[known],
        status=words(f"matrix.status_{known}"),
        limit=limit.label.in_language(words.language) if limit else words("matrix.no_data"),
        note=in_language(words, content.get("note")),
        said=say_version(words, version),
        link=f"{PATH}/{quote(version.ref, safe='')}?language={words.language}",
    )
