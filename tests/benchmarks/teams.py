"""The whole Teams path, from request to stored row, beside botbuilder's own echo bot.

Both without authentication. The echo bot sends its answer within the request, to a connector that takes everything;
ours stores it. That is what each of them does before it acknowledges.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.benchmarks.figures import Figure
from tests.benchmarks.load import Request, send_all
from tests.benchmarks.processes import Running, free_port, running
from tests.benchmarks.reading import QUESTIONS, read_alone
from tests.benchmarks.stored import count_messages, find_press, until_stored

NUMBER, ASKED, AT_ONCE = 600, 300, 16


async def measure(folder: Path) -> list[Figure]:
    async with connector() as service:
        async with running("teams-echo", folder) as echo:
            await send_all(_path(echo), messages(50, service, "warm"), AT_ONCE)
            used = echo.cpu_seconds()
            echoed = await send_all(_path(echo), messages(NUMBER, service, "echo"), AT_ONCE)
            echoed_cpu = NUMBER / (echo.cpu_seconds() - used)
        async with running("teams", folder) as ours:
            await send_all(_path(ours), messages(len(QUESTIONS[:5]), service, "warm"), 1)
            await until_stored(folder, len(QUESTIONS[:5]))
            action = find_press(folder)
            await send_all(_path(ours), presses(50, service, action, "warm"), AT_ONCE)
            before, used = count_messages(folder), ours.cpu_seconds()
            pressed = await send_all(_path(ours), presses(NUMBER, service, action, "press"), AT_ONCE)
            pressed_cpu = NUMBER / (ours.cpu_seconds() - used)
            assert count_messages(folder) - before == NUMBER, "every press must have its stored outbox row"
            answered = await _answers_per_second(ours, folder, service)
            burst = await send_all(_path(ours), messages(50, service, "burst"), 50)
    peer = "botbuilder's echo bot"
    alone = read_alone(ASKED)
    return [
        Figure("a press, request to stored row", pressed.per_second, "/s", peer, echoed.per_second, "≥ 0.50"),
        Figure("presses in a second of processor time", pressed_cpu, "/s", peer, echoed_cpu, "≥ 0.50"),
        Figure("a question, request to stored row", answered, "/s", "the reading alone", alone, "≥ 0.80"),
        Figure("acknowledging 50 questions at once, p99", burst.percentile(0.99), "ms", goal="< 300 ms"),
    ]


@asynccontextmanager
async def connector() -> AsyncIterator[str]:
    """Takes every message and gives it an id."""

    async def take(_: web.Request) -> web.Response:
        return web.json_response({"id": "1"})

    site = web.Application()
    site.router.add_route("*", "/{tail:.*}", take)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/"
    await runner.cleanup()


def _path(running: Running) -> str:
    return f"{running.address}/api/messages"


async def _answers_per_second(ours: Running, folder: Path, service: str) -> float:
    before = count_messages(folder)
    began = time.perf_counter()
    await send_all(_path(ours), messages(ASKED, service, "ask"), AT_ONCE)
    await until_stored(folder, before + ASKED)
    return ASKED / (time.perf_counter() - began)


def _activity(service: str, id: str, **more: Any) -> Request:
    activity = {
        "type": "message",
        "id": id,
        "timestamp": "2026-11-24T09:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": service,
        "from": {"id": "29:1", "aadObjectId": "aad-1"},
        "recipient": {"id": "28:bot", "name": "Prompt Club"},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "T1"},
        "channelData": {"tenant": {"id": "T1"}},
        **more,
    }
    return json.dumps(activity).encode(), {"Content-Type": "application/json"}


def messages(number: int, service: str, run: str) -> list[Request]:
    return [_activity(service, f"{run}{count}", text=QUESTIONS[count % len(QUESTIONS)]) for count in range(number)]


def presses(number: int, service: str, action: str, run: str) -> list[Request]:
    return [_activity(service, f"{run}{count}", replyToId="1", value={"press": action}) for count in range(number)]
