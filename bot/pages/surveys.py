"""What came out of surveys: for whoever was asked or started one, and over all teams for who may see sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.pages import survey_sheets
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from bot.rights import right_to
from bot.texts import Words
from knowledge.diploma import Permission
from knowledge.survey_questions import count_options, read_questions
from storage import roles, surveys, surveys_answers
from storage.surveys import Round
from storage.surveys_answers import Result

PATH = "/surveys"
_COMMAND = "/promptclub enquetes"
_LISTED = 50
_SUMMED = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what may be shown of it."""

    ask: str
    people: int
    """0: of too few to show anything."""
    bars: Sequence[tuple[str, int, float]]
    """Words, number, and which part of who answered, in percents."""
    texts: Sequence[tuple[str, str]]
    """Words and a name, which is "" where nobody's name is kept."""


@dataclass(frozen=True, slots=True)
class Summed:
    """One survey over all teams."""

    title: str
    rounds: int
    answered: int
    invited: int
    asked: Sequence[Asked]


def add_to(site: web.Application, house: House, access: Access) -> None:
    async def index(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            found = await surveys.list_asked(tx, visitor.person_id, _LISTED)
            right = right_to_sums(house)
            sums = await roles.may(tx, visitor.person_id, right, house.now())
        rounds = [(round_.id, round_.title[visitor.language], _tell_state(visitor, round_)) for round_ in found]
        return _page("surveys.html", visitor, rounds=rounds, sums=sums)

    async def show(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        round_, results = await _find(house, request, visitor)
        asked = describe(visitor.words, round_, results)
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
        return _file(survey_sheets.write_pdf(visitor.words, round_, results), "application/pdf", "pdf")

    async def sums(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        plan = house.desk.knowledge().surveys
        async with house.database.reading() as tx:
            found = [await surveys_answers.find_rounds(tx, survey.id, _SUMMED) for survey in plan.newest()]
        summed = [sum_up(visitor.words, rounds) for rounds in found if rounds]
        return _page("surveys_all.html", visitor, summed=summed, minimum=plan.minimum)

    site.router.add_get(PATH, access.behind(Permission.ASK, index, _COMMAND))
    site.router.add_get(PATH + "/all", access.behind(Permission.SEE_AGGREGATES, sums, _COMMAND))
    site.router.add_get(PATH + "/{round}", access.behind(Permission.ASK, show, _COMMAND))
    site.router.add_get(PATH + "/{round}/csv", access.behind(Permission.ASK, give_csv, _COMMAND))
    site.router.add_get(PATH + "/{round}/pdf", access.behind(Permission.ASK, give_pdf, _COMMAND))


def right_to_sums(house: House) -> roles.Right:
    return right_to(house.desk, Permission.SEE_AGGREGATES)


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


def describe(words: Words, round_: Round, results: Mapping[str, Result]) -> list[Asked]:
    """Nothing while it is open."""
    if round_.state != "closed":
        return []
    described = []
    for question in read_questions(round_.questions):
        result = results.get(question.id)
        counts = count_options(question, result.counts, words.language) if result is not None else []
        bars = [(label, count, 100 * count / result.people) for label, count in counts] if result else []
        texts = [(told["text"], told.get("name", "")) for told in result.texts] if result else []
        described.append(
            Asked(question.ask.in_language(words.language), result.people if result else 0, bars, texts)
        )
    return described


def sum_up(words: Words, rounds: Sequence[tuple[Round, Mapping[str, Result]]]) -> Summed:
    """Numbers of rounds whose teams may see them: two sums differ in whole groups. No words: those are a team's."""
    newest = rounds[0][0]
    asked = []
    for question in read_questions(newest.questions):
        mine = [results[question.id] for _, results in rounds if question.id in results]
        people = sum(result.people for result in mine)
        if question.is_text or not people:
            continue
        counts: Counter[str] = Counter()
        for result in mine:
            counts.update(result.counts)
        told = count_options(question, counts, words.language)
        bars = [(label, count, 100 * count / people) for label, count in told]
        asked.append(Asked(question.ask.in_language(words.language), people, bars, ()))
    return Summed(
        title=newest.title[words.language],
        rounds=len(rounds),
        answered=sum(round_.answered for round_, _ in rounds),
        invited=sum(round_.invited for round_, _ in rounds),
        asked=asked,
    )


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
