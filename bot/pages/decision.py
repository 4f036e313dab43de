"""What was agreed about the diploma: a page everybody may read, and the same on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.decision import Section, describe, fingerprint_of, read_sections, write_content
from bot.pages.diploma_sheet import write_decision
from bot.pages.drawing import fill
from knowledge.diploma import Permission
from storage import decisions

if TYPE_CHECKING:
    from bot.pages.access import Access, House, Visitor

PATH = "/diploma/decision"
_COMMAND = "/promptclub besluit"


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        state, sections, last = await _find(house, visitor)
        page = fill(
            "decision.html",
            view=visitor,
            words=visitor.words,
            title=visitor.words("diploma.decide_title"),
            can_leave=visitor.by_link,
            workspace=not visitor.by_link,
            path=PATH,
            state=state,
            sections=sections,
            last=last,
        )
        return web.Response(text=page, content_type="text/html")

    async def paper(_: web.Request, visitor: Visitor) -> web.StreamResponse:
        state, sections, _last = await _find(house, visitor)
        organisation = house.desk.knowledge().policy.organisation
        body = write_decision(visitor.words, organisation, state, sections)
        headers = {"Content-Disposition": 'attachment; filename="ai-diploma-besluit.pdf"'}
        return web.Response(body=body, content_type="application/pdf", headers=headers)

    site.router.add_get(PATH, access.behind(Permission.ASK, show, _COMMAND))
    site.router.add_get(PATH + ".pdf", access.behind(Permission.ASK, paper, _COMMAND))


async def _find(house: House, visitor: Visitor) -> tuple[str, list[Section], list[Section]]:
    """How it stands, what the rules in force say, and, where that is something else, what was adopted last."""
    words, knowledge = visitor.words, house.desk.knowledge()
    sections = describe(words, knowledge)
    if not sections:
        raise web.HTTPNotFound
    async with house.database.reading() as tx:
        adopted = await decisions.find(tx, fingerprint_of(write_content(knowledge)))
        last = await decisions.find_last(tx)
    if adopted is not None:
        day = words.day(adopted.adopted_at.date())
        return words("diploma.decide_adopted", version=adopted.version, day=day), sections, []
    before = read_sections(last.content.get(words.language, [])) if last else []
    return words("diploma.decide_not"), sections, before
