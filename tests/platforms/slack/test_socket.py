"""Socket Mode: no public address, the same events, the same answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.model.cards import Form, TextField
from bot.model.effects import FormErrors
from tests.platforms.slack import payloads
from tests.platforms.slack.bare import Bare, open_bare
from tests.platforms.slack.payloads import ACTION


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Bare]:
    async with open_bare(tmp_path, socket=True) as opened:
        await opened.slack.start()
        await until(lambda: bool(opened.fake.sockets))
        yield opened


async def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not after five seconds")


async def deliver(bare: Bare, payload: dict[str, Any], kind: str, envelope: str = "e1") -> dict[str, Any] | None:
    """What comes back on the line; None when it is not acknowledged."""
    await bare.fake.sockets[-1].send_str(json.dumps({"envelope_id": envelope, "type": kind, "payload": payload}))
    for _ in range(100):
        await asyncio.sleep(0.01)
        for answer in bare.fake.acknowledged:
            if answer["envelope_id"] == envelope:
                return answer
    return None


async def test_an_event_is_handed_on_and_acknowledged(bare: Bare) -> None:
    assert await deliver(bare, payloads.message(), "events_api") is not None
    assert [event.kind for event in bare.house.got] == ["said"]


async def test_a_form_s_errors_go_back_on_the_line(bare: Bare) -> None:
    form = Form(title="t", submit="s", cancel="c", action=ACTION, fields=(TextField(id="q", label="Q"),))
    bare.house.effect = FormErrors(form, {"q": "Schrijf iets op."})
    answer = await deliver(bare, payloads.submission(), "interactive")
    assert answer is not None
    assert answer["payload"] == {"response_action": "errors", "errors": {"q": "Schrijf iets op."}}


async def test_what_the_house_cannot_take_is_not_acknowledged(bare: Bare) -> None:
    bare.house.broken = ConnectionError("the database is away")
    assert await deliver(bare, payloads.message(), "events_api") is None
    bare.house.broken = None
    assert await deliver(bare, payloads.message(), "events_api", "e2") is not None


async def test_a_line_that_slack_renews_is_taken_up_again(bare: Bare) -> None:
    (first,) = bare.fake.sockets
    await first.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
    await until(lambda: bool(bare.fake.sockets) and bare.fake.sockets[-1] is not first)
    assert await deliver(bare, payloads.message(), "events_api") is not None


async def test_stopping_waits_for_what_came_in(bare: Bare) -> None:
    bare.house.busy = asyncio.Event()
    assert await deliver(bare, payloads.message(), "events_api") is None
    stopping = asyncio.create_task(bare.slack.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    bare.house.busy.set()
    await stopping
    assert len(bare.house.got) == 1
