"""One's own certificates as signed files, and what others need to check one: the issuer's key and a public list
of the numbers that were taken back."""

from __future__ import annotations

import json

from aiohttp import web

from bot.badges import LIST_SIZE, Badge, Issuer
from bot.figures.report import Names
from bot.pages.access import Access, House, Visitor
from bot.pages.drawing import fill
from knowledge.diploma import Permission
from storage import badges, certificates, people
from storage.certificates import Kept
from storage.transaction import Transaction

PATH = "/badges"
_COMMAND = "/promptclub diploma"
_OPEN = {"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=300"}


def add_to(site: web.Application, house: House, access: Access) -> None:
    def issuer() -> Issuer:
        organisation = house.desk.knowledge().policy.organisation
        return Issuer(house.database.sealing.key, house.desk.url, organisation)

    async def show(_: web.Request, visitor: Visitor) -> web.StreamResponse:
        async with house.database.reading() as tx:
            mine = await _find_mine(tx, visitor.person_id)
        names = Names(visitor.words, house.desk.knowledge())
        told = [(one.id, names.level(one.level), _tell_span(visitor, one)) for one in reversed(mine)]
        page = fill(
            "badges.html",
            view=visitor,
            words=visitor.words,
            title=visitor.words("badges.title"),
            can_leave=visitor.by_link,
            workspace=not visitor.by_link,
            path=PATH,
            badges=told,
            issuer=issuer().did,
        )
        return web.Response(text=page, content_type="text/html")

    async def give(request: web.Request, visitor: Visitor) -> web.StreamResponse:
        """Only to whoever it is of; they show it to whom they like."""
        async with house.database.transaction() as tx:
            mine = {one.id: one for one in await _find_mine(tx, visitor.person_id)}
            kept = mine.get(request.match_info["id"])
            email = await people.find_email(tx, visitor.person_id)
            if kept is None or email is None:
                raise web.HTTPNotFound
            number = await badges.get_number(tx, kept.id)
        signed = issuer().sign_badge(_make_badge(house, visitor, kept, number, email))
        headers = {"Content-Disposition": f'attachment; filename="ai-diploma-{kept.level}.jwt"'}
        return web.Response(body=signed.encode(), content_type="application/vc+jwt", headers=headers)

    async def give_status(request: web.Request) -> web.StreamResponse:
        place = int(request.match_info["place"])
        async with house.database.reading() as tx:
            gone = await badges.find_taken_back(tx, place * LIST_SIZE, (place + 1) * LIST_SIZE)
        signed = issuer().sign_list(place, gone, house.now())
        return web.Response(body=signed.encode(), content_type="application/vc+jwt", headers=_OPEN)

    async def give_issuer(_: web.Request) -> web.StreamResponse:
        body = json.dumps(issuer().describe(), indent=1).encode()
        return web.Response(body=body, content_type="application/did+json", headers=_OPEN)

    site.router.add_get(PATH, access.behind(Permission.OWN_DATA, show, _COMMAND))
    site.router.add_get(PATH + "/status/{place:[0-9]{1,4}}", give_status)
    site.router.add_get(PATH + "/{id:[0-9a-f]{32}}.jwt", access.behind(Permission.OWN_DATA, give, _COMMAND))
    site.router.add_get("/.well-known/did.json", give_issuer)


async def _find_mine(tx: Transaction, person_id: str) -> list[Kept]:
    return [one for one in await certificates.find_of(tx, person_id) if one.passed]


def _make_badge(house: House, visitor: Visitor, kept: Kept, number: int, email: str) -> Badge:
    knowledge, language = house.desk.knowledge(), visitor.language
    level = next((one for one in knowledge.policy.levels if one.id == kept.level), None)
    title = Names(visitor.words, knowledge).level(kept.level)
    return Badge(
        id=kept.id,
        number=number,
        email=email,
        level=kept.level,
        title=visitor.words("badges.name", level=title),
        description=level.description.in_language(language) if level else title,
        issued=kept.issued,
        expires=kept.expires,
    )


def _tell_span(visitor: Visitor, kept: Kept) -> str:
    words = visitor.words
    if kept.expires is None:
        return words("badges.since", since=words.day(kept.issued))
    return words("badges.span", since=words.day(kept.issued), until=words.day(kept.expires))
