"""Operators hear the truth: alive, ready or which part is missing, figures without people, and errors said once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.pages import health
from bot.timings import Timings
from storage.database import Database
from storage.migrations import upgrade
from tests.platforms.web.stage import WebStage, open_stage


@dataclass
class House:
    database: Database
    ready: bool = True
    reading_ready: bool = True
    timings: Timings = field(default_factory=Timings)


async def fail(request: web.Request) -> web.StreamResponse:
    match request.match_info["how"]:
        case "bug":
            raise ZeroDivisionError("secret of anna@example.com")
        case "json":
            return web.json_response(await request.json())
        case "gone":
            raise web.HTTPNotFound
        case _:
            return web.Response(text="fine")


@asynccontextmanager
async def open_site(database_url: str) -> AsyncIterator[tuple[House, TestClient[web.Request, web.Application]]]:
    house = House(Database(database_url))
    await upgrade(house.database)
    site = web.Application(middlewares=[health.count_requests], client_max_size=1000)
    health.add_to(site, house)
    site.router.add_route("*", "/try/{how}", fail)
    async with TestClient(TestServer(site)) as client:
        yield house, client
    await house.database.dispose()


async def test_ready_only_when_every_part_is(database_url: str) -> None:
    async with open_site(database_url) as (house, client):
        assert (await client.get("/healthz")).status == 200
        assert (await client.get("/readyz")).status == 200
        house.reading_ready = house.ready = False
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["missing"] == ["reading", "start"]


async def test_a_database_that_is_away_is_missing(tmp_path: Path) -> None:
    async with open_site(f"sqlite:///{tmp_path}/club.sqlite") as (house, client):
        there, house.database = house.database, Database("postgresql://nobody@127.0.0.1:1/none")
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["missing"] == ["database"]
        assert (await client.get("/healthz")).status == 200
        assert "prompt_club_request_seconds_count" in await (await client.get("/metrics")).text()
        house.database = there


async def test_an_unexpected_error_is_said_once_and_tells_nothing(tmp_path: Path) -> None:
    async with open_site(f"sqlite:///{tmp_path}/club.sqlite") as (_, client):
        with capture_logs() as logs:
            answer = await client.get("/try/bug")
        assert answer.status == 500
        assert "anna" not in await answer.text()
        assert [line["event"] for line in logs] == ["request.failed"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff\xfe", 400), (b"[" * 900, 400), (b" " * 5000, 413), (b"{}", 200)],
)
async def test_bodies_we_cannot_read_are_the_sender_s(tmp_path: Path, body: bytes, status: int) -> None:
    async with open_site(f"sqlite:///{tmp_path}/club.sqlite") as (_, client):
        headers = {"Content-Type": "application/json; charset=utf-8"}
        assert (await client.post("/try/json", data=body, headers=headers)).status == status


async def test_every_request_is_counted_by_who_served_it(tmp_path: Path) -> None:
    async with open_site(f"sqlite:///{tmp_path}/club.sqlite") as (_, client):
        for how in ("fine", "fine", "bug", "gone"):
            await client.get(f"/try/{how}")
        await client.get("/nergens")
        figures = await (await client.get("/metrics")).text()
    assert 'prompt_club_requests_total{served_by="nobody",status="200"} 2.0' in figures
    assert 'prompt_club_requests_total{served_by="nobody",status="500"} 1.0' in figures
    assert 'prompt_club_requests_total{served_by="nobody",status="404"} 2.0' in figures
    assert 'prompt_club_request_seconds_count{served_by="nobody"} 5.0' in figures


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path) as opened:
        yield opened


async def test_figures_of_the_whole_house_hold_no_people(stage: WebStage) -> None:
    await stage.say("anna", "Mag ik Copilot een klantmail laten herschrijven?")
    await stage.messages("anna")
    anna = await stage.visitor("anna")
    async with anna.follow():
        await asyncio.sleep(0)
    _, figures = await anna.get("/metrics")
    assert 'prompt_club_outbox{state="sent"} 1.0' in figures
    assert 'prompt_club_events{state="done"} 1.0' in figures
    assert 'served_by="web",status="200"' in figures
    assert 'prompt_club_turn_seconds_count{conversation="ask"} 1.0' in figures
    assert "prompt_club_reading_seconds_count 1.0" in figures
    for personal in ("sanne", "anna", "klantmail", "/c/"):
        assert personal not in figures.lower()


async def test_two_apps_in_one_process_count_apart(tmp_path: Path) -> None:
    async with (
        open_site(f"sqlite:///{tmp_path}/one.sqlite") as (_, one),
        open_site(f"sqlite:///{tmp_path}/two.sqlite") as (_, two),
    ):
        await one.get("/try/fine")
        assert 'status="200"' not in await (await two.get("/metrics")).text()
