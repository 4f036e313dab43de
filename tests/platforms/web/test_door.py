"""Nobody comes in from elsewhere: another machine, name or site, without a token or without the secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from pydantic import SecretStr
from sqlalchemy import func, select
from yarl import URL

from bot.platforms.web.door import Door
from storage.tables.inbox import InboxRow
from storage.tables.web import WebMessageRow
from tests.platforms.web.stage import WebStage, open_stage
from tests.platforms.web.tree import read_html
from tests.platforms.web.visitor import Visitor, make_key

SECRET = "appeltaart met kaneel"


async def count_kept(stage: WebStage) -> int:
    async with stage.app.database.reading() as tx:
        messages = (await tx.execute(select(func.count()).select_from(WebMessageRow))).scalar_one()
        events = (await tx.execute(select(func.count()).select_from(InboxRow))).scalar_one()
        return int(messages) + int(events)


def words(visitor: Visitor) -> dict[str, Any]:
    return {"key": make_key(), "place": visitor.page["direct"], "text": "Mag dit?"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.nip.io", "localhost.evil.example", "10.0.0.7", ""])
async def test_another_name_for_this_machine_is_refused(stage: WebStage, host: str) -> None:
    async with Visitor(stage.address) as visitor:
        for path in ("/", "/c/algemeen", "/gallery", "/web/stream?after=0"):
            status, body = await visitor.get(path, host=host)
            assert status in (400, 403), path
            assert "Sanne" not in body


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
async def test_who_comes_through_a_proxy_is_not_this_machine(stage: WebStage, header: str) -> None:
    async with Visitor(stage.address) as visitor:
        status, _ = await visitor.get("/", **{header: "203.0.113.9"})
    assert status == 403


@pytest.mark.parametrize("peer", ["203.0.113.9", "192.168.1.20", "::ffff:10.0.0.1", "nonsense", None])
async def test_another_machine_is_refused(peer: str | None) -> None:
    async def inside(_: web.Request) -> web.StreamResponse:
        return web.Response(text="inside")

    request = make_mocked_request("GET", "/", headers={"Host": "127.0.0.1:3978"}).clone(remote=peer or "")
    with pytest.raises(web.HTTPForbidden):
        await Door(None).guarded(inside)(request)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST.", "[::1]"])
async def test_this_machine_is_let_in_under_its_own_names(name: str) -> None:
    async def inside(_: web.Request) -> web.StreamResponse:
        return web.Response(text="inside")

    request = make_mocked_request("GET", "/", headers={"Host": f"{name}:3978"}).clone(remote="127.0.0.1")
    answer = await Door(None).guarded(inside)(request)
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Cookie: prompt_club_visit=\xe9", 200),
        (b"Cookie: prompt_club_admitted=\xe9", 200),
        (b"Cookie: prompt_club_person=\xe9; prompt_club_language=\xe9", 200),
        (b"X-Prompt-Club-Token: \xe9", 403),
        (b"X-Prompt-Club-Token: x\r\nCookie: prompt_club_visit=\xe9", 403),
    ],
)
async def test_bytes_that_are_no_text_prove_nothing(stage: WebStage, headers: bytes, status: int) -> None:
    """No client sends these, so the request is written by hand."""
    address = URL(stage.address)
    first = b"GET / HTTP/1.1" if status == 200 else b"POST /web/say HTTP/1.1\r\nContent-Length: 0"
    origin = str(address.origin()).encode()
    reader, writer = await asyncio.open_connection(address.host, address.port)
    host = origin.removeprefix(b"http://")
    writer.write(
        b"\r\n".join((first, b"Host: " + host, b"Origin: " + origin, b"Connection: close", headers, b"", b""))
    )
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:100]


@pytest.mark.parametrize(
    "changed",
    [
        {"x_prompt_club_token": None},
        {"x_prompt_club_token": ""},
        {"x_prompt_club_token": "0" * 64},
        {"x_prompt_club_token": "é"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": None, "sec_fetch_site": None},
    ],
)
async def test_a_request_of_another_site_changes_nothing(stage: WebStage, changed: dict[str, str | None]) -> None:
    visitor = await stage.visitor("anna")
    for path, body in (
        ("/web/say", words(visitor)),
        ("/web/press", {"key": make_key(), "place": visitor.page["direct"], "action": "[]"}),
        ("/web/open", {"key": make_key()}),
        ("/web/read", {"place": "algemeen", "message": 1}),
    ):
        status, _ = await visitor.post(path, body, **changed)
        assert status == 403, path
    assert await count_kept(stage) == 0


async def test_becoming_somebody_needs_the_token_too(stage: WebStage) -> None:
    visitor = await stage.visitor("anna")
    token, visitor.page["token"] = visitor.page["token"], "geraden"
    assert await visitor.become("willemijn") == 403
    visitor.page["token"] = token
    assert await visitor.become("niemand") == 400
    assert await visitor.become("willemijn") == 303


async def test_a_token_belongs_to_one_visit(stage: WebStage) -> None:
    anna, bram = await stage.visitor("anna"), await stage.visitor("bram")
    assert anna.page["token"] != bram.page["token"]
    status, _ = await anna.post("/web/say", words(anna), x_prompt_club_token=bram.page["token"])
    assert status == 403


async def test_nobody_reads_or_presses_in_somebody_else_s_chat(stage: WebStage) -> None:
    await stage.say("anna", "Mag ik Copilot een klantmail laten herschrijven?")
    (answer,) = await stage.messages("anna")
    bram = await stage.visitor("bram")
    for place in ("dm:sanne", "dm:mehmet"):
        body = {"key": make_key(), "place": place, "message": int(answer.id), "action": "[]"}
        assert (await bram.post("/web/press", body))[0] == 404
    assert (await bram.post("/web/say", {"key": make_key(), "place": "dm:sanne", "text": "x"}))[0] == 404
    assert (await bram.post("/web/say", {"key": make_key(), "place": "geheim", "text": "x"}))[0] == 404
    async with bram.follow(after=0) as stream:
        assert await stream.is_quiet()


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 50_000, b"\xff", b'"x"', b"{}"])
async def test_a_body_we_cannot_read_is_answered_with_4xx(stage: WebStage, body: bytes) -> None:
    visitor = await stage.visitor("anna")
    for path in ("/web/say", "/web/press", "/web/submit", "/web/open", "/web/read"):
        assert (await visitor.post(path, body))[0] == 400, path


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=y", "multipart/form-data", "text/plain"])
async def test_a_form_of_another_kind_has_no_fields(stage: WebStage, kind: str) -> None:
    visitor = await stage.visitor("anna")
    for body in (b"--x\r\n", b"--y\r\n\r\n", b""):
        assert (await visitor.post("/web/become", body, content_type=kind))[0] == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"person=%ff&\xff\xfe=x", ""), (b"person=anna", "; charset=nonsense"), (b"person=" + b"&a=1" * 5_000, "")],
)
async def test_a_form_we_cannot_read_is_answered_with_4xx(stage: WebStage, body: bytes, kind: str) -> None:
    visitor = await stage.visitor("anna")
    content_type = f"application/x-www-form-urlencoded{kind}"
    for path in ("/web/become", "/web/sign-in"):
        status, _ = await visitor.post(path, body, content_type=content_type)
        assert 400 <= status < 500, path


async def test_a_huge_body_is_answered_with_413(stage: WebStage) -> None:
    visitor = await stage.visitor("anna")
    assert (await visitor.post("/web/say", b" " * 2_000_000))[0] == 413


# ------------------------------------------------------------ with a secret


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path, web_secret=SecretStr(SECRET)) as opened:
        yield opened


async def sign_in(visitor: Visitor, secret: str) -> tuple[int, str]:
    """The status, and the page that comes back."""
    _, body = await visitor.get("/web/sign-in")
    token = read_html(body).get("input", name="token").attributes["value"]
    headers = {"Origin": str(visitor.address.origin())}
    form = {"token": token, "secret": secret}
    address = visitor.address / "web/sign-in"
    async with visitor.session.post(address, data=form, headers=headers, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def test_without_the_secret_there_is_only_the_sign_in_page(closed: WebStage) -> None:
    async with Visitor(closed.address) as visitor:
        assert (await visitor.get("/", accept="text/html"))[0] == 303
        for path in ("/", "/c/algemeen", "/gallery", "/web/stream?after=0&person=sanne"):
            assert (await visitor.get(path))[0] == 401, path
        status, body = await visitor.get("/web/sign-in")
        assert status == 200
        assert "Kom binnen" in body
        assert (await visitor.post("/web/say", {}))[0] == 401


async def test_without_a_lock_there_is_nothing_to_sign_in_to(stage: WebStage) -> None:
    async with Visitor(stage.address) as visitor:
        assert (await visitor.get("/web/sign-in"))[0] == 303


async def test_the_secret_opens_the_door_once_and_for_this_visit_only(closed: WebStage) -> None:
    async with Visitor(closed.address) as visitor, Visitor(closed.address) as other:
        status, page = await sign_in(visitor, "appeltaart")
        assert status == 401
        assert "Dat is het niet" in page
        assert (await visitor.get("/"))[0] == 401
        assert (await sign_in(visitor, SECRET))[0] == 303
        await visitor.open()
        assert (await visitor.say("Mag dit?"))["asked"]
        (proof,) = [c for c in visitor.session.cookie_jar if c.key == "prompt_club_admitted"]
        assert proof["httponly"]
        assert SECRET not in proof.value
        other.session.cookie_jar.update_cookies({proof.key: proof.value}, other.address)
        assert (await other.get("/"))[0] == 401


async def test_with_a_secret_other_names_and_proxies_may_ask_for_it(closed: WebStage) -> None:
    async with Visitor(closed.address) as visitor:
        headers = {"host": "club.voorbeeldbv.example", "X-Forwarded-For": "203.0.113.9", "accept": "text/html"}
        assert (await visitor.get("/", **headers))[0] == 303


async def test_the_sign_in_page_cannot_be_sent_from_elsewhere(closed: WebStage) -> None:
    async with Visitor(closed.address) as visitor:
        headers = {"Origin": "https://evil.example"}
        address = visitor.address / "web/sign-in"
        async with visitor.session.post(address, data={"secret": SECRET}, headers=headers) as answer:
            assert answer.status == 403
