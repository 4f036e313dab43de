"""Open pages hear of every message, in order and none lost: live, after a lost connection, from elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.app import App
from tests.platforms.behind import settle
from tests.platforms.reading import read
from tests.platforms.web.stage import WebStage, make_settings, open_stage
from tests.platforms.web.tree import read_html
from tests.platforms.web.visitor import Visitor, make_key

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


async def test_a_page_hears_what_is_said_and_answered(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    async with anna.follow() as stream:
        said = await anna.say(QUESTION)
        mine, answer = await stream.next(), await stream.next()
    assert (mine["id"], mine["mine"], mine["bot"]) == (said["message"], True, False)
    assert (answer["mine"], answer["bot"]) == (False, True)
    assert "Mag, mits" in read_html(answer["html"]).text
    assert answer["summary"]


async def test_a_changed_card_comes_again_under_its_own_id(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    await anna.say(QUESTION)
    (before,) = await stage.messages("anna")
    await anna.open()
    async with anna.follow() as stream:
        await stage.press("anna", before, "Bijzondere persoonsgegevens")
        told = await stream.next()
    assert str(told["id"]) == before.id
    assert "Mag niet" in told["html"]


async def test_what_was_missed_comes_after_a_lost_connection(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    async with anna.follow() as stream:
        await anna.say("een", "algemeen")
        await stream.next()
        last = stream.last_id
    for text in ("twee", "drie"):
        await anna.say(text, "algemeen")
    async with anna.follow(**{"Last-Event-ID": last}) as stream:
        texts = [(await stream.next())["id"], (await stream.next())["id"]]
        assert texts == sorted(texts)
        assert await stream.is_quiet()


async def test_a_page_made_before_and_a_stream_opened_later_miss_nothing(stage: WebStage) -> None:
    anna, bram = await stage.visitor("anna"), await stage.visitor("bram")
    await anna.open("/c/algemeen")
    said = await bram.say("tussendoor", "algemeen")
    async with anna.follow() as stream:
        told = await stream.next()
    assert told["id"] == said["message"]
    assert "tussendoor" in told["html"]


async def test_of_other_chats_a_page_hears_only_that_there_is_something(stage: WebStage) -> None:
    anna, bram = await stage.visitor("anna"), await stage.visitor("bram")
    async with anna.follow() as stream:
        await bram.say("geheim van bram")
        await stage.messages("bram")
        await bram.say("in het kanaal", "marketing")
        told = await stream.next()
        assert told["place"] == "marketing"
        assert "html" not in told
        assert await stream.is_quiet()


async def test_another_process_on_the_same_database_reaches_the_page(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as here, open_stage(tmp_path) as there:
        anna, bram = await here.visitor("anna"), await there.visitor("bram")
        await anna.open("/c/algemeen")
        async with anna.follow() as stream:
            await bram.say("@Prompt Club " + QUESTION, "algemeen")
            assert "klantmail laten herschrijven" in (await stream.next())["html"]
            assert "Mag, mits" in (await stream.next())["html"]


async def test_fifty_at_once_arrive_in_order_and_once(stage: WebStage) -> None:
    anna, bram = await stage.visitor("anna"), await stage.visitor("bram")
    await anna.open("/c/algemeen")
    async with anna.follow() as stream:
        said = await asyncio.gather(*(bram.say(f"bericht {n}", "algemeen") for n in range(50)))
        heard = [(await stream.next())["id"] for _ in range(50)]
    assert heard == sorted(answer["message"] for answer in said)


async def test_a_server_that_stops_does_not_wait_for_open_pages(tmp_path: Path) -> None:
    app = App(make_settings(tmp_path), read=read)
    server = TestServer(app.make_site())
    await app.start()
    await server.start_server(shutdown_timeout=30)
    async with Visitor(str(server.make_url("/")), "sanne") as anna:
        await anna.open("/c/algemeen")
        async with anna.follow() as stream:
            await anna.say("hoi", "algemeen")
            await stream.next()
            async with asyncio.timeout(5):
                await server.close()
            with pytest.raises(EOFError):
                await stream.next(2)
    await app.stop()


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 20, "1e3"])
async def test_a_stream_from_nowhere_is_refused(stage: WebStage, after: str) -> None:
    anna = await stage.visitor("anna")
    status, _ = await anna.get_query("/web/stream", after=after, place=anna.page["place"], person="sanne")
    assert status == 400


async def test_a_page_of_somebody_else_is_told_so(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    old = dict(anna.page)
    assert await anna.become("ruben") == 303
    status, words = await anna.get_query("/web/stream", after="0", place=old["place"], person="sanne")
    assert status == 409
    assert "iemand anders" in words
    status, _ = await anna.post("/web/say", {"key": make_key(), "place": old["direct"], "text": "hoi"})
    assert status == 409
    page = await anna.open()
    assert "Ruben" in page.get("summary").text


async def test_unread_is_kept_until_it_is_read(stage: WebStage) -> None:
    anna, bram = await stage.visitor("anna"), await stage.visitor("bram")
    said = await bram.say("lees dit", "marketing")
    await settle(stage.app)

    async def has_dot(visitor: Visitor) -> bool:
        link = (await visitor.open()).get("a", data_place="marketing")
        return "hidden" not in link.get(kind="dot").attributes

    assert await has_dot(anna)
    assert not await has_dot(bram)
    status, _ = await anna.post("/web/read", {"place": "marketing", "message": said["message"]})
    assert status == 204
    assert not await has_dot(anna)
