"""What came out of surveys: for whoever was asked or started one, and over all teams for who may see sums."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import web

from bot.pages import survey_sheets
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.pages.survey_shown import describe
from bot.pages.survey_sums import sum_up
from bot.rights import right_to
from knowledge.diploma import Permission
from knowledge.survey_results import find_agreed
from storage import roles, surveys, surveys_answers, surveys_apart
from storage.surveys import Round
from storage.surveys_answers import Result
from storage.transaction import Transaction

PATH = "/surveys"
_COMMAND = "/promptclub enquetes"
_LISTED = 50
_SUMMED = 500


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def index(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            found = await surveys.list_asked(tx, visitor.person_id, _LISTED)
            sums = await _may_see_sums(house, tx, visitor)
        rounds = [(round_.id, round_.title[visitor.language], _tell_state(visitor, round_)) for round_ in found]
        return _page("surveys.html", visitor, rounds=rounds, sums=sums)

    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        round_, results = await _find(house, request, visitor)
        earlier = await _find_earlier(house, round_)
        asked = describe(visitor.words, round_, results, find_agreed(house.desk.knowledge()), earlier)
        part = visitor.words("surveys.result_part", n=round_.answered, invited=round_.invited)
        return _page(
            "survey.html",
            visitor,
            round=round_,
            title=round_.title[visitor.language],
            state=_tell_state(visitor, round_),
            part=part,
            asked=asked,
            leads=round_.lead_id == visitor.person_id,
        )

    async def give_csv(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        round_, results = await _find(house, request, visitor, lead=True)
        return _file(survey_sheets.write_csv(visitor.words, round_, results), "text/csv", "csv")

    async def give_pdf(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        round_, results = await _find(house, request, visitor)
        if round_.state != "closed":
            raise web.HTTPNotFound
        agreed = find_agreed(house.desk.knowledge())
        sheet = await asyncio.to_thread(survey_sheets.write_pdf, visitor.words, round_, results, agreed)
        return _file(sheet, "application/pdf", "pdf")

    async def sums(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        knowledge, wanted = house.desk.knowledge(), request.query.get("quarter", "")
        plan, agreed = knowledge.surveys, find_agreed(knowledge)
        async with house.database.reading() as tx:
            allowed = await _may_see_sums(house, tx, visitor)
            found = (
                [await surveys_answers.find_rounds(tx, one.id, _SUMMED) for one in plan.newest()] if allowed else []
            )
        if not allowed:
            await access.need(visitor, Permission.SEE_AGGREGATES)
        summed = [sum_up(visitor.words, rounds, agreed, plan.minimum, wanted) for rounds in found]
        return _page("surveys_all.html", visitor, summed=[one for one in summed if one], minimum=plan.minimum)

    site.router.add_get(PATH, access.behind(Permission.ASK, index, _COMMAND))
    site.router.add_get(PATH + "/all", access.behind(Permission.ASK, sums, _COMMAND))
    site.router.add_get(PATH + "/{round}", access.behind(Permission.ASK, show, _COMMAND))
    site.router.add_get(PATH + "/{round}/csv", access.behind(Permission.ASK, give_csv, _COMMAND))
    site.router.add_get(PATH + "/{round}/pdf", access.behind(Permission.ASK, give_pdf, _COMMAND))


async def _may_see_sums(house: House, tx: Transaction, visitor: Visitor) -> bool:
    """The AI Lab as well as the works council and the board."""
    rights = (Permission.SEE_AGGREGATES, Permission.SEE_USAGE)
    return any(
        [await roles.may(tx, visitor.person_id, right_to(house.desk, right), house.now()) for right in rights]
    )


async def _find_earlier(house: House, round_: Round) -> Mapping[str, Result] | None:
    """What came out the time before, where the two groups may stand side by side."""
    if round_.follows is None or round_.state != "closed":
        return None
    async with house.database.reading() as tx:
        before = await surveys.find_round(tx, round_.follows)
        if before is None or before.survey != round_.survey or before.state != "closed":
            return None
        if not await surveys_apart.is_comparable(tx, round_, before):
            return None
        return await surveys_answers.find_results(tx, before.id)


async def _find(
    house: House, request: web.Request, visitor: Visitor, *, lead: bool = False
) -> tuple[Round, Mapping[str, Result]]:
    """Not there for whoever was not asked; `lead`: for who started it alone."""
    async with house.database.reading() as tx:
        round_ = await surveys.find_round(tx, request.match_info["round"])
        if round_ is None or round_.opened_at is None:
            raise web.HTTPNotFound
        leads = round_.lead_id == visitor.person_id
        if not leads and (lead or await surveys.find_part(tx, round_.id, visitor.person_id) is None):
            raise web.HTTPNotFound
        return round_, await surveys_answers.find_results(tx, round_.id)


def _tell_state(visitor: Visitor, round_: Round) -> str:
    if round_.state == "open":
        return visitor.words("surveys.page_open", until=visitor.words.moment(round_.closes_at, visitor.time_zone))
    return visitor.words("surveys.page_closed", day=visitor.words.day(round_.closes_at.date()))


def _page(template: str, visitor: Visitor, **values: object) -> web.Response:
    title = values.pop("title", visitor.words("surveys.page_title"))
    page = fill(
        template,
        view=visitor,
        words=visitor.words,
        title=title,
        can_leave=visitor.by_link,
        workspace=not visitor.by_link,
        path=PATH,
        **values,
    )
    return web.Response(text=page, content_type="text/html")


def _file(content: bytes, kind: str, ending: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="prompt-club.{ending}"'}
    return web.Response(
        body=content, content_type=kind, charset="utf-8" if ending == "csv" else None, headers=headers
    )
