"""What was said is still there after a restart, once and masked, and what cannot be kept says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.delivery import NeverWill, Outgoing, TryLater
from bot.model.cards import Card
from bot.model.events import Account, Place
from bot.platforms import Wiring, build_platforms
from bot.platforms.web import adapter, errors
from bot.platforms.web.errors import MessageGone, NoSuchPlace
from bot.settings import Settings
from storage import web
from storage.database import Database
from storage.tables.web import WebMessageRow
from tests.platforms.web.seeing import see_messages
from tests.platforms.web.stage import WebStage, open_stage
from tests.platforms.web.visitor import make_key

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as first:
        await first.say("anna", QUESTION)
        (before,) = await first.messages("anna")
    async with open_stage(tmp_path) as second:
        (after,) = await second.messages("anna")
        assert after == before
        await second.press("anna", after, "Bijzondere persoonsgegevens")
        assert "Mag niet" in (await second.messages("anna"))[0].text


async def test_a_message_sent_again_by_its_page_stands_there_once(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    body = {"key": make_key(), "place": anna.page["direct"], "text": QUESTION}
    first, again = await anna.post("/web/say", body), await anna.post("/web/say", body)
    assert first == again
    await stage.messages("anna")
    shown = see_messages(await anna.open())
    assert [message.by for message in shown] == ["Sanne de Wit", "Prompt Club"]


async def test_what_is_typed_is_kept_masked(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    await anna.say("Mag ik piet.klant@example.com en 111222333 in ChatGPT zetten?")
    await stage.messages("anna")
    async with stage.app.database.reading() as tx:
        kept = (await tx.execute(select(WebMessageRow))).all()
    assert "piet.klant" not in str(kept)
    assert "111222333" not in str(kept)
    assert "[" in see_messages(await anna.open())[0].text


async def test_what_people_type_is_text_on_the_page(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    hostile = "</p><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} @Prompt Club <b>"
    await anna.say(hostile, "algemeen")
    page = await anna.open("/c/algemeen")
    assert [script.attributes.get("type") for script in page.find_all("script")] == ["application/json", "module"]
    assert page.find_all("img") == []
    assert see_messages(page)[0].text == hostile


async def test_long_chats_open_with_the_newest_and_go_back(stage: WebStage) -> None:
    anna = await stage.visitor("anna")
    async with stage.app.database.transaction() as tx:
        for number in range(150):
            await web.add_message(
                tx,
                key=f"k{number}",
                place="algemeen",
                author="sanne",
                text=f"nr {number}",
                said_at=datetime.now(UTC),
            )
    seen: list[str] = []
    path = "/c/algemeen"
    while path:
        page = await anna.open(path)
        seen = [message.text for message in see_messages(page)] + seen
        older = page.find_all(kind="older")
        path = "/c/algemeen" + older[0].get("a").attributes["href"] if older else ""
    assert seen == [f"nr {number}" for number in range(150)]


# ------------------------------------------------------------ the platform's own promises


def outgoing(place: Place, key: str = "a" * 32, replaces: str | None = None) -> Outgoing:
    return Outgoing(key=key, kind="answer", place=place, card=Card.of_words("hoi"), replaces=replaces)


def direct(user: str, id: str = "") -> Place:
    return Place(platform="web", tenant="", id=id, kind="direct", user=user)


def workspace(stage: WebStage) -> adapter.WebWorkspace:
    assert isinstance(stage.line.real, adapter.WebWorkspace)
    return stage.line.real


async def test_one_key_is_one_message_and_can_be_found_again(stage: WebStage) -> None:
    platform = workspace(stage)
    message = outgoing(direct("sanne"))
    assert await platform.find_sent(message) is None
    sent = await platform.send(message)
    assert await platform.send(message) == sent
    assert await platform.find_sent(message) == sent
    assert len(await stage.messages("anna")) == 1


async def test_a_person_and_a_channel_can_be_named_in_more_ways(stage: WebStage) -> None:
    platform = workspace(stage)
    await platform.send(outgoing(direct("sanne"), "a" * 32))
    await platform.send(outgoing(direct("sanne", "dm:sanne"), "b" * 32))
    assert len(await stage.messages("anna")) == 2
    await platform.send(outgoing(Place(platform="web", tenant="", id="algemeen", kind="channel"), "c" * 32))
    assert len(await stage.messages("anna", "channel")) == 1


@pytest.mark.parametrize(
    "message",
    [
        outgoing(direct("niemand")),
        outgoing(Place(platform="web", tenant="", id="opgeheven", kind="channel")),
        outgoing(Place(platform="web", tenant="", id="dm:sanne", kind="channel")),
        outgoing(direct("sanne"), replaces="999"),
    ],
)
async def test_what_can_never_arrive_says_why(stage: WebStage, message: Outgoing) -> None:
    with pytest.raises(NeverWill) as never:
        await workspace(stage).send(message)
    assert " " in never.value.reason


async def test_a_database_that_is_away_is_tried_later(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/no/such/../table.sqlite")
    settings = Settings(_env_file=None, web=True, database_url=f"sqlite:///{tmp_path}/x.sqlite")

    async def receive(_: object) -> object:
        raise AssertionError("nothing is received here")

    platform = adapter.build(Wiring(settings, receive, database))  # type: ignore[arg-type]
    assert platform is not None
    with pytest.raises(TryLater):
        await platform.send(outgoing(direct("sanne")))
    await database.dispose()


def test_the_table_of_errors() -> None:
    assert isinstance(errors.describe(NoSuchPlace()), NeverWill)
    assert isinstance(errors.describe(MessageGone()), NeverWill)
    assert isinstance(errors.describe(OSError("no route")), TryLater)
    assert errors.describe(IntegrityError("insert", {}, ValueError("not null"))) is None
    assert isinstance(
        errors.describe(OperationalError("insert", {}, ConnectionError("connection is closed"))), TryLater
    )


async def test_who_somebody_is(stage: WebStage) -> None:
    profile = await workspace(stage).find_profile(Account(platform="web", tenant="", user="mehmet"))
    assert profile is not None
    assert (profile.name, profile.email) == ("Mehmet Yılmaz", "mehmet.yilmaz@voorbeeldbv.example")
    assert await workspace(stage).find_profile(Account(platform="web", tenant="", user="niemand")) is None


def test_off_unless_the_settings_switch_it_on(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/x.sqlite")
    assert build_platforms(Wiring(settings, None, None)) == []  # type: ignore[arg-type]
