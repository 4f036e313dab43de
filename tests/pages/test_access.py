"""Pages behind rights, attacked: links and sessions used twice, guessed, forged, outlived or sent elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import App
from bot.settings import Settings
from storage import page_sessions, people, roles
from storage.people import Profile
from tests.platforms.reading import read

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HTML = {"Accept": "text/html"}


@dataclass
class Clock:
    moment: datetime = field(default_factory=lambda: START)

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Answer:
    status: int
    text: str
    headers: Any
    cookies: SimpleCookie


class Site:
    """The pages as colleagues on Slack see them: nothing but a browser and the links they were sent."""

    def __init__(self, app: App, clock: Clock, server: TestServer) -> None:
        self.app, self.clock, self.server = app, clock, server
        self.origin = str(server.make_url("")).rstrip("/")

    async def meet(self, name: str, *given: str) -> str:
        async with self.app.database.transaction() as tx:
            known = await people.get_or_add_person(tx, "slack", "T1", name, self.clock())
            await people.save_profile(tx, known, Profile(name.title(), f"{name}@example.com"), self.clock())
            for role in given:
                await roles.give(tx, known.id, role, self.clock())
        return known.id

    async def link(self, person_id: str) -> str:
        async with self.app.database.transaction() as tx:
            return "/in/" + await page_sessions.make_link(tx, person_id, "/deliveries", self.clock())

    async def ask(self, method: str, path: str, cookie: str = "", **headers: str) -> Answer:
        sent = {**HTML, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if cookie:
            sent["Cookie"] = f"prompt_club_pages={cookie}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.origin + path, headers=sent, allow_redirects=False) as answer,
        ):
            return Answer(answer.status, await answer.text(), answer.headers, answer.cookies)

    async def press(self, path: str, cookie: str = "") -> Answer:
        return await self.ask("POST", path, cookie, Origin=self.origin, Sec_Fetch_Site="same-origin")

    async def enter(self, person_id: str) -> str:
        """The cookie of a new session."""
        answer = await self.press(await self.link(person_id))
        assert answer.status == 303
        return answer.cookies["prompt_club_pages"].value


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path}/club.sqlite", cache=tmp_path, admins="dewi@example.com"
    )
    clock = Clock()
    app = App(settings, read=read, now=clock)
    async with TestServer(app.make_site()) as server:
        await app.start()
        yield Site(app, clock, server)
        await app.stop()


async def test_in_by_a_link_and_only_for_who_may(site: Site) -> None:
    admin, other = await site.meet("anna", "admin"), await site.meet("bram", "ai_lab")
    page = await site.ask("GET", "/deliveries", await site.enter(admin))
    assert page.status == 200
    assert "Bezorging" in page.text
    refused = await site.ask("GET", "/deliveries", await site.enter(other))
    assert refused.status == 403
    assert "rol Beheerder" in refused.text
    assert "Anna" not in refused.text
    dewi = await site.enter(await site.meet("dewi"))
    assert (await site.ask("GET", "/deliveries", dewi)).status == 200


async def test_without_a_session_a_page_says_how_to_get_a_link(site: Site) -> None:
    for cookie in ("", "made-up", "é" * 50, "'; drop table people"):
        answer = await site.ask("GET", "/deliveries", cookie.encode().decode("latin-1"))
        assert answer.status == 401
        assert "/promptclub bezorging" in answer.text
    assert "Type /promptclub" in (await site.ask("GET", "/deliveries?language=en")).text


async def test_looking_at_a_link_does_not_use_it_up_and_pressing_does(site: Site) -> None:
    path = await site.link(await site.meet("anna", "admin"))
    for _ in range(3):
        looked = await site.ask("GET", path)
        assert looked.status == 200
        assert not looked.cookies
        assert "Anna" not in looked.text
    entered = await site.press(path)
    assert (entered.status, entered.headers["Location"]) == (303, "/deliveries")
    assert (await site.press(path)).status == 410
    assert (await site.ask("GET", path)).status == 410
    assert (await site.press(path)).cookies == SimpleCookie()


async def test_who_is_in_already_goes_on_and_only_by_their_own_link(site: Site) -> None:
    anna, bram = await site.meet("anna", "admin"), await site.meet("bram")
    path = await site.link(anna)
    cookie = (await site.press(path)).cookies["prompt_club_pages"].value
    again = await site.ask("GET", path, cookie)
    assert (again.status, again.headers["Location"]) == (303, "/deliveries")
    assert (await site.ask("GET", path, await site.enter(bram))).status == 410


async def test_links_and_sessions_end_by_themselves(site: Site) -> None:
    anna = await site.meet("anna", "admin")
    path, cookie = await site.link(anna), await site.enter(anna)
    site.clock.moment += timedelta(minutes=10)
    assert (await site.press(path)).status == 410
    assert (await site.ask("GET", "/deliveries", cookie)).status == 200
    site.clock.moment += timedelta(hours=8)
    assert (await site.ask("GET", "/deliveries", cookie)).status == 401


async def test_a_role_that_was_taken_closes_the_open_page(site: Site) -> None:
    anna = await site.meet("anna", "admin")
    cookie = await site.enter(anna)
    async with site.app.database.transaction() as tx:
        await roles.take(tx, anna, "admin", site.clock())
    assert (await site.ask("GET", "/deliveries", cookie)).status == 403


async def test_signing_out_is_everywhere_and_of_oneself_only(site: Site) -> None:
    anna, dewi = await site.meet("anna", "admin"), await site.meet("dewi")
    here, there, hers = await site.enter(anna), await site.enter(anna), await site.enter(dewi)
    left = await site.press("/out", here)
    assert left.status == 200
    assert left.cookies["prompt_club_pages"]["max-age"] == "0"
    statuses = [(await site.ask("GET", "/deliveries", cookie)).status for cookie in (here, there, hers)]
    assert statuses == [401, 401, 200]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
    ],
)
async def test_another_site_presses_nothing(site: Site, headers: dict[str, str]) -> None:
    anna = await site.meet("anna", "admin")
    path, cookie = await site.link(anna), await site.enter(anna)
    assert (await site.ask("POST", path, **headers)).status == 403
    assert (await site.ask("POST", "/out", cookie, **headers)).status == 403
    assert (await site.ask("GET", "/deliveries", cookie)).status == 200
    assert (await site.press(path)).status == 303, "the link was not used up"


async def test_a_session_somebody_else_chose_is_never_taken_over(site: Site) -> None:
    path = await site.link(await site.meet("anna", "admin"))
    entered = await site.press(path, "chosen-by-an-attacker")
    assert entered.cookies["prompt_club_pages"].value != "chosen-by-an-attacker"
    assert (await site.ask("GET", "/deliveries", "chosen-by-an-attacker")).status == 401


@pytest.mark.parametrize(
    "path", ["/in/x?to=//evil.example", "/in/%2F%2Fevil.example", "/in/..%2F..%2Fevil", "/in/%00"]
)
async def test_no_address_can_be_slipped_into_a_link(site: Site, path: str) -> None:
    for method in (site.ask("GET", path), site.press(path)):
        answer = await method
        assert answer.status in (404, 410)
        assert "Location" not in answer.headers
    good = await site.link(await site.meet("anna", "admin"))
    assert (await site.press(good + "?to=//evil.example")).headers["Location"] == "/deliveries"


async def test_every_answer_is_shielded(site: Site) -> None:
    anna, bram = await site.meet("anna", "admin"), await site.meet("bram")
    path = await site.link(anna)
    answers = [
        await site.ask("GET", "/deliveries"),
        await site.ask("GET", "/deliveries", await site.enter(anna)),
        await site.ask("GET", "/deliveries", await site.enter(bram)),
        await site.ask("GET", path),
        await site.ask("POST", path),
        await site.press("/out"),
        await site.ask("GET", "/in/x"),
    ]
    assert {answer.status for answer in answers} == {200, 401, 403, 410}
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_cookie_is_for_no_script_and_no_other_site(site: Site, tmp_path: Path) -> None:
    anna = await site.meet("anna", "admin")
    cookie = (await site.press(await site.link(anna))).cookies["prompt_club_pages"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        True,
        "Lax",
        "/",
        "28800",
    )
    assert not cookie["secure"]
    settings = site.app.settings.model_copy(update={"url": "https://club.example.org"})
    secure = App(settings, read=read, now=site.clock)
    async with TestServer(secure.make_site()) as server:
        behind = Site(secure, site.clock, server)
        answer = await behind.ask("POST", await site.link(anna), Origin="https://club.example.org")
        cookie = answer.cookies["__Host-prompt_club_pages"]
        assert (cookie["secure"], cookie["httponly"], cookie["domain"]) == (True, True, "")
        await secure.database.dispose()


async def test_a_filter_nobody_offered_counts_as_none_and_is_not_shown_back(site: Site) -> None:
    anna = await site.meet("anna", "admin")
    page = await site.ask(
        "GET", "/deliveries?kind=<script>&days=99999999999&state=%00&platform=x", await site.enter(anna)
    )
    assert page.status == 200
    assert "<script" not in page.text


def test_pages_take_no_other_method(site: Site) -> None:
    methods = {(route.method, route.resource.canonical) for route in _routes(site.app) if route.resource}
    assert ("POST", "/deliveries") not in methods
    assert ("GET", "/out") not in methods


def _routes(app: App) -> Any:
    made: web.Application = app.make_site()
    return made.router.routes()
