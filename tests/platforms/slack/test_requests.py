"""Whole requests through Bolt: only Slack gets in, nothing malformed breaks the house, once is once."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.platforms.slack import payloads
from tests.platforms.slack.bare import JSON, Bare, as_request, open_bare, post
from tests.platforms.slack.fake import FakeSlack
from tests.platforms.slack.spoiling import anything, spoilt
from tests.platforms.slack.stage import FORM_TYPE, make_settings, sign


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Bare]:
    async with open_bare(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("payload", payloads.one_of_each(), ids=lambda payload: str(payload.get("type", "command")))
async def test_each_kind_of_request_is_handed_on_and_acknowledged(bare: Bare, payload: dict[str, Any]) -> None:
    answer = await post(bare, *as_request(payload))
    assert answer.status == 200
    assert len(bare.house.got) == 1
    assert bare.fake.calls == [], "no request costs a call of the Web API"


@pytest.mark.parametrize("payload", payloads.one_of_each(), ids=lambda payload: str(payload.get("type", "command")))
@pytest.mark.parametrize("how", [{"secret": "another"}, {"age": 301}, {"age": -301}])
async def test_who_is_not_slack_does_not_get_in(bare: Bare, payload: dict[str, Any], how: dict[str, Any]) -> None:
    body, content_type = as_request(payload)
    answer = await post(bare, body, content_type, sign(body, **how))
    assert answer.status == 401
    assert bare.house.got == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=abc"},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=abc"},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=abc"},
        {"X-Slack-Request-Timestamp": "1790000000", "X-Slack-Signature": "v0=abc"},
    ],
)
async def test_headers_that_prove_nothing(bare: Bare, headers: dict[str, str]) -> None:
    answer = await post(bare, *as_request(payloads.message()), headers)
    assert answer.status == 401
    assert bare.house.got == []


@pytest.mark.parametrize("signature", ["", "v0=", "v0=abc", "v0=é", "é"])
async def test_a_signature_of_just_now_that_is_none(bare: Bare, signature: str) -> None:
    headers = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": signature}
    answer = await post(bare, *as_request(payloads.message()), headers)
    assert answer.status == 401
    assert bare.house.got == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", JSON),
        (b"", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"12", JSON),
        (b'"text"', JSON),
        (b"\xff\xfe{}", JSON),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, JSON),
        (b"[" * 200_000, JSON),
        (b'{"type":"event_callback","event":"words"}', JSON),
        (b'{"type":"event_callback","event":[1]}', JSON),
        (b'{"type":"event_callback","authorizations":5}', JSON),
        (b'{"team":7,"user":8,"channel":9}', JSON),
        (b'{"response_urls":[5]}', JSON),
        (b"payload=%7B", FORM_TYPE),
        (b"payload=[]", FORM_TYPE),
        (b"payload=", FORM_TYPE),
        (b"payload", FORM_TYPE),
        (b"{}", "application/json; charset=nonsense"),
        (b"x=1", "text/strange"),
        (b"x" * 1_100_000, JSON),
    ],
)
async def test_a_malformed_body_is_refused(bare: Bare, body: bytes, content_type: str) -> None:
    for headers in (sign(body), sign(body, secret="another")):
        answer = await post(bare, body, content_type, headers)
        assert 400 <= answer.status < 500
    assert bare.house.got == []


@pytest.mark.parametrize(
    "meaningless",
    [
        {},
        {"type": "event_callback"},
        {"type": "event_callback", "event": {}},
        {"type": "event_callback", "event": {"type": 5}},
        {"type": "something_new", "user": {"id": "U1"}},
        {"type": ["event_callback"]},
        {"type": "block_actions", "user": {"id": "U1"}},
        {"type": "view_submission", "view": {}},
        {"type": "shortcut", "user": "U1"},
        {"command": "/magdit", "text": "mag dit?"},
    ],
)
async def test_a_signed_body_that_means_nothing_is_400(bare: Bare, meaningless: dict[str, Any]) -> None:
    for body, kind in (as_request(meaningless), (json.dumps(meaningless).encode(), JSON)):
        assert (await post(bare, body, kind)).status == 400
        assert (await post(bare, body, kind, sign(body, secret="another"))).status == 401
    assert bare.house.got == []


async def test_an_event_slack_may_add_is_acknowledged(bare: Bare) -> None:
    for inside in ({"type": "something_new"}, {"type": "message", "subtype": "new", "channel": "C1"}):
        assert (await post(bare, *as_request(payloads.event(inside)))).status == 200
    rate_limited = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_700_000_000}
    assert (await post(bare, json.dumps(rate_limited).encode())).status == 200
    assert bare.house.got == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.text(max_size=10), anything, max_size=4) | spoilt(), st.booleans())
async def test_no_signed_json_ends_in_a_500(bare: Bare, payload: dict[str, Any], as_form: bool) -> None:
    body = json.dumps(payload).encode()
    if as_form:
        answer = await post(bare, urlencode({"payload": body}).encode(), FORM_TYPE)
    else:
        answer = await post(bare, body)
    assert answer.status < 500, (payload, await answer.text())


async def test_url_verification_and_ssl_check(bare: Bare) -> None:
    answer = await post(bare, json.dumps({"type": "url_verification", "challenge": "c1"}).encode())
    assert (answer.status, await answer.json()) == (200, {"challenge": "c1"})
    unsigned = await post(bare, b"ssl_check=1&token=t", FORM_TYPE, {})
    assert unsigned.status == 200
    assert bare.house.got == []


async def test_when_the_house_cannot_take_it_slack_delivers_again(bare: Bare) -> None:
    bare.house.broken = ConnectionError("the database is away")
    for payload in (payloads.message(), payloads.press(), payloads.command()):
        assert (await post(bare, *as_request(payload))).status == 500
    bare.house.broken = None
    assert (await post(bare, *as_request(payloads.message()))).status == 200
    assert len(bare.house.got) == 1


async def test_what_people_say_is_never_logged(
    bare: Bare, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    body, content_type = as_request(payloads.message("Mijn geheim is 1234"))
    await post(bare, body, content_type, sign(body, secret="another"))
    await post(bare, body, content_type)
    bare.house.broken = ConnectionError("INSERT INTO inbox VALUES ('Mijn geheim is 1234')")
    assert (await post(bare, body, content_type)).status == 500
    logged = caplog.text + "".join(capsys.readouterr())
    assert "slack.not_accepted" in logged
    assert "geheim" not in logged


async def test_what_nobody_answers_is_acknowledged(bare: Bare) -> None:
    closed = payloads.act("view_closed", view={"id": "V1", "callback_id": "form"})
    for payload in (closed, payloads.event({"type": "reaction_added"}), payloads.press(action={"value": None})):
        answer = await post(bare, *as_request(payload))
        assert (answer.status, await answer.text()) == (200, "")
    assert bare.house.got == []


async def test_other_ways_to_the_door_are_closed(bare: Bare) -> None:
    assert (await bare.client.get("/slack/events")).status == 405


async def test_without_a_signing_secret_there_is_no_door(tmp_path: Path) -> None:
    async with open_bare(tmp_path, socket=True) as opened:
        assert opened.slack.routes() == []


async def test_building_connects_to_nothing(tmp_path: Path) -> None:
    from bot.platforms import Wiring, build_platforms
    from storage.database import Database
    from tests.platforms.slack.bare import House

    fake = FakeSlack(url="http://127.0.0.1:1")
    given = make_settings(tmp_path, fake)
    database = Database(given.database_url)
    (slack,) = build_platforms(Wiring(given, House().receive, database))
    assert slack.name == "slack"
    await database.dispose()
