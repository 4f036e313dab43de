"""The dashboard: how far the organisation is with the AI diploma as at a day, and how the club does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from bot.figures.club import find_club
from bot.figures.drawn import Drawn, find_drawn
from bot.figures.overview import KINDS, Chosen, Overview, find_overview
from bot.figures.paper import write_pdf
from bot.figures.report import Names, Table, make_report, percent, tell
from bot.figures.seeing import MAY_LOOK, find_minimum
from bot.figures.sheets import write_csv, write_xlsx
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.working_time import find_zone

PATH = "/figures"
_COMMAND = "/promptclub cijfers"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Looking:
    """What the address asks for: a day, and one group at a time."""

    day: date
    chosen: Chosen

    @classmethod
    def read(cls, query: Mapping[str, str], today: date) -> Looking:
        """What it does not know counts as not said; a day to come is today."""
        group = query.get("group", "")
        kind, _, name = group.partition(":")
        chosen = Chosen(kind, name) if kind in KINDS and group else Chosen.read(query)
        try:
            day = date.fromisoformat(query.get("day", ""))
        except ValueError:
            day = today
        return cls(min(day, today), chosen)

    def as_query(self, visitor: Visitor) -> str:
        group = {} if self.chosen.kind == "all" else {"group": f"{self.chosen.kind}:{self.chosen.name}"}
        return urlencode({"language": visitor.language, "day": self.day.isoformat(), **group})


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def look(request: web.Request, visitor: Visitor) -> tuple[Looking, Overview | None]:
        """The same for the page and every file, so that they never tell two things."""
        today = house.now().astimezone(find_zone(None, house.desk.time_zone)).date()
        looking = Looking.read(request.query, today)
        minimum = find_minimum(house.desk.knowledge(), await access.find_allowed(visitor, MAY_LOOK))
        async with house.database.reading() as tx:
            return looking, await find_overview(tx, looking.day, looking.chosen, minimum)

    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        looking, overview = await look(request, visitor)
        async with house.database.reading() as tx:
            club = await find_club(tx, visitor.words, house.desk.knowledge(), house.now())
        page = draw(visitor, house, looking, overview, club)
        return web.Response(text=page, content_type="text/html")

    async def give(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        _, overview = await look(request, visitor)
        if overview is None:
            raise web.HTTPNotFound
        words, knowledge, file = visitor.words, house.desk.knowledge(), request.match_info["file"]
        report = make_report(words, knowledge, overview)
        drawn = {one.id: one for one in find_drawn(words, Names(words, knowledge), overview)}
        match file.rpartition("."):
            case ("figures", _, "csv"):
                return _file(write_csv(words, report), "text/csv", overview, "csv")
            case ("figures", _, "xlsx"):
                return _file(write_xlsx(words, report), _XLSX, overview, "xlsx")
            case ("figures", _, "pdf"):
                return _file(write_pdf(words, report, list(drawn.values())), "application/pdf", overview, "pdf")
            case (id, _, "png") if id in drawn:
                return _file(drawn[id].png, "image/png", overview, "png")
        raise web.HTTPNotFound

    site.router.add_get(PATH, access.behind(MAY_LOOK[0], show, _COMMAND, *MAY_LOOK[1:]))
    site.router.add_get(PATH + "/{file}", access.behind(MAY_LOOK[0], give, _COMMAND, *MAY_LOOK[1:]))


def draw(visitor: Visitor, house: House, looking: Looking, overview: Overview | None, club: Table) -> str:
    words, knowledge = visitor.words, house.desk.knowledge()
    names = Names(words, knowledge)
    report = make_report(words, knowledge, overview) if overview else None
    return fill(
        "figures.html",
        view=visitor,
        words=words,
        title=words("figures.title"),
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        path=PATH,
        query=looking.as_query(visitor),
        looking=looking,
        overview=overview,
        report=report,
        drawn={one.id: one for one in find_drawn(words, names, overview)} if overview else {},
        club=club,
        groups=_list_groups(visitor, names, overview),
        tell=lambda cell: tell(words, cell),
        percent=lambda part: percent(words, part),
        scale=scale,
    )


def _list_groups(
    visitor: Visitor, names: Names, overview: Overview | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """By kind, what there is to choose: only what may be shown."""
    if overview is None:
        return []
    return [
        (
            visitor.words(f"figures.{kind}"),
            [
                (f"{kind}:{one.name}", names.group(kind, one.name))
                for one in overview.groups[kind]
                if one.name and one.counts is not None
            ],
        )
        for kind in KINDS
    ]


def scale(drawn: Drawn) -> list[tuple[str, int, list[tuple[float, float]]]]:
    """Of each stack its words, its number, and where its parts begin and how high they are, in per cents."""
    most = max([1, *(sum(parts) for _, parts in drawn.stacks)])
    scaled = []
    for label, parts in drawn.stacks:
        pieces, top = [], 100.0
        for part in parts:
            height = 100 * part / most
            top -= height
            pieces.append((round(top, 2), round(height, 2)))
        scaled.append((label, sum(parts), pieces))
    return scaled


def _file(content: bytes, kind: str, overview: Overview, ending: str) -> web.Response:
    name = f"prompt-club-{overview.on}.{ending}"
    how = "inline" if ending == "png" else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return web.Response(
        body=content, content_type=kind, charset="utf-8" if ending == "csv" else None, headers=headers
    )
