"""What operators ask of the process: alive, ready, what it has done; and no request ends in a riddle."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.timings import Timings
from storage import inbox, outbox
from storage.database import Database

log = structlog.get_logger()

_DATABASE_SECONDS = 3.0
_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class House(Protocol):
    """What these pages need of the App."""

    database: Database
    ready: bool
    timings: Timings

    @property
    def reading_ready(self) -> bool: ...


class Metrics:
    """The figures of one app, in a registry of its own so that two apps in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "prompt_club_requests",
            "Requests answered, by who served them.",
            ["served_by", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "prompt_club_request_seconds",
            "From a request to its answer.",
            ["served_by"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.events = Gauge(
            "prompt_club_events",
            "Events of the last days, by what became of them: waiting, done or failed turns.",
            ["state"],
            registry=self.registry,
        )
        self.outbox = Gauge(
            "prompt_club_outbox", "Messages that were decided on, by state.", ["state"], registry=self.registry
        )
        self._of: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def count(self, served_by: str, status: int, seconds: float) -> None:
        """With every request: looking up a figure by its labels costs more than adding to it."""
        found = self._of.get((served_by, status))
        if found is None:
            found = (self.requests.labels(served_by, str(status)), self.seconds.labels(served_by))
            self._of[served_by, status] = found
        found[0].inc()
        found[1].observe(seconds)


METRICS: web.AppKey[Metrics] = web.AppKey("metrics", Metrics)


def add_to(site: web.Application, house: House) -> None:
    site[METRICS] = Metrics()

    async def is_alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def is_ready(_: web.Request) -> web.Response:
        missing = await _find_missing(house)
        return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)

    async def show_metrics(request: web.Request) -> web.Response:
        metrics = request.app[METRICS]
        await _count_states(metrics, house.database)
        figures = generate_latest(metrics.registry) + generate_latest(house.timings.registry)
        return web.Response(body=figures, headers={"Content-Type": _METRICS_TYPE})

    site.router.add_get("/healthz", is_alive)
    site.router.add_get("/readyz", is_ready)
    site.router.add_get("/metrics", show_metrics)


async def _find_missing(house: House) -> list[str]:
    """The parts that cannot do their work now, by name."""
    missing = []
    if not await _database_answers(house.database):
        missing.append("database")
    if not house.reading_ready:
        missing.append("reading")
    if not house.ready:
        missing.append("start")
    return missing


async def _database_answers(database: Database) -> bool:
    try:
        async with asyncio.timeout(_DATABASE_SECONDS), database.reading() as tx:
            await tx.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as problem:
        log.warning("readyz.database", problem=type(problem).__name__)
        return False
    return True


async def _count_states(metrics: Metrics, database: Database) -> None:
    """What the database can tell; without it the other figures are told all the same."""
    try:
        async with asyncio.timeout(_DATABASE_SECONDS), database.reading() as tx:
            messages, events = await outbox.count_by_state(tx), await inbox.count_by_state(tx)
    except (SQLAlchemyError, OSError) as problem:
        log.warning("metrics.database", problem=type(problem).__name__)
        messages, events = {}, {}
    _set_states(metrics.outbox, messages)
    _set_states(metrics.events, events)


def _set_states(gauge: Gauge, numbers: dict[str, int]) -> None:
    gauge.clear()
    for state, number in numbers.items():
        gauge.labels(state).set(number)


@web.middleware
async def count_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts and times every request, and turns what a handler did not expect into a clean answer."""
    began = time.perf_counter()
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        _count(request, answer.status, time.perf_counter() - began)
        raise
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        response = web.json_response({"error": "this is no JSON we can read"}, status=400)
    except ConnectionResetError:
        raise  # nobody is there any more to answer
    except Exception:  # a bug: logged here, once, and nothing of it told to whoever asked
        log.exception("request.failed", served_by=_served_by(request))
        response = web.json_response({"error": "something went wrong on our side"}, status=500)
    if response.content_type != "text/event-stream":
        _count(request, response.status, time.perf_counter() - began)
    return response


def _count(request: web.Request, status: int, seconds: float) -> None:
    request.app[METRICS].count(_served_by(request), status, seconds)


def _served_by(request: web.Request) -> str:
    """The platform whose handler it is, else "pages" or, where nothing matched, "nobody"."""
    parts = getattr(request.match_info.handler, "__module__", "").split(".")
    if parts[:2] == ["bot", "platforms"] and len(parts) > 2:
        return parts[2]
    return "pages" if parts[0] == "bot" else "nobody"
