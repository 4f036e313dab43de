"""What a turn hands straight back is shown at once: forms, errors in forms, a no in words, the home tab."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model.cards import Card, Form, TextField
from bot.model.effects import FormErrors, OpenForm, Refusal, ShowHome
from storage import people
from tests.platforms.slack import payloads
from tests.platforms.slack.bare import Bare, as_request, open_bare, post
from tests.platforms.slack.block_kit import find_message_problems, find_view_problems
from tests.platforms.slack.fake import ROOM, TEAM, Fault
from tests.platforms.slack.payloads import ACTION, ANNA, DIRECT, TS
from tests.platforms.slack.seeing import see

FORM = Form(title="Vraag", submit="Stuur", cancel="Annuleer", action=ACTION, fields=(TextField(id="q", label="Q"),))


@dataclass
class Desk:
    """Sends payloads with a living trigger and response_url, and looks at what came of it."""

    bare: Bare

    async def send(self, payload: dict[str, Any]) -> Any:
        fake = self.bare.fake
        if "trigger_id" in payload:
            payload["trigger_id"] = fake.make_trigger(ANNA)
        if payload.get("type") == "block_actions" and "channel" in payload:
            payload["response_url"] = fake.make_response_url(ANNA)
        fake.direct(ANNA)
        answer = await post(self.bare, *as_request(payload))
        assert answer.status == 200
        await self.bare.slack.finish()
        assert fake.problems == []
        text = await answer.text()
        return json.loads(text) if text else ""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_bare(tmp_path) as opened:
        yield Desk(opened)


OPENERS = [
    payloads.press(),
    payloads.press(ROOM),
    payloads.press_at_home(),
    payloads.command("/magdit", ""),
    payloads.shortcut(),
]


@pytest.mark.parametrize("payload", OPENERS, ids=lambda payload: str(payload.get("type", "command")))
async def test_a_form_is_opened_from_everywhere(desk: Desk, payload: dict[str, Any]) -> None:
    desk.bare.house.effect = OpenForm(FORM)
    assert await desk.send(dict(payload)) == ""
    assert desk.bare.fake.views[ANNA]["title"]["text"] == "Vraag"


async def test_what_comes_back_from_a_form_knows_where_it_was_opened(desk: Desk) -> None:
    desk.bare.house.effect = OpenForm(FORM)
    await desk.send(payloads.press(ROOM, {"ts": TS, "thread_ts": "1780000000.000001"}))
    metadata = desk.bare.fake.views[ANNA]["private_metadata"]
    await desk.send(payloads.submission(metadata))
    sent = desk.bare.house.got[-1]
    assert (sent.place.id, sent.place.thread) == (ROOM, "1780000000.000001")
    assert getattr(sent, "message").id == TS  # noqa: B009


async def test_a_form_too_late_breaks_nothing(desk: Desk) -> None:
    desk.bare.house.effect = OpenForm(FORM)
    desk.bare.fake.faults.append(Fault("views.open", "expired_trigger_id"))
    assert await desk.send(payloads.press()) == ""
    assert len(desk.bare.fake.calls_of("views.open")) == 1
    desk.bare.fake.faults.append(Fault("views.open", lost=True))
    assert await desk.send(payloads.press()) == ""


async def test_without_a_trigger_no_form_is_tried(desk: Desk) -> None:
    desk.bare.house.effect = OpenForm(FORM)
    assert await desk.send(payloads.mention()) == ""
    assert desk.bare.fake.calls_of("views.open") == []


async def test_errors_stand_at_their_fields(desk: Desk) -> None:
    desk.bare.house.effect = FormErrors(FORM, {"q": "Schrijf iets op."})
    body = await desk.send(payloads.submission())
    assert body == {"response_action": "errors", "errors": {"q": "Schrijf iets op."}}


@pytest.mark.parametrize("effect", [FormErrors(FORM), OpenForm(FORM)])
async def test_a_form_after_a_form_takes_its_place(desk: Desk, effect: Any) -> None:
    desk.bare.house.effect = effect
    body = await desk.send(payloads.submission())
    assert body["response_action"] == "update"
    assert find_view_problems(body["view"], "modal") == []
    assert body["view"]["private_metadata"].startswith(f'["{DIRECT}"')


async def test_a_form_that_is_sent_closes(desk: Desk) -> None:
    assert await desk.send(payloads.submission()) == ""


async def test_a_no_to_a_form_is_said_in_its_place(desk: Desk) -> None:
    desk.bare.house.effect = Refusal("Dat kan nu niet. " + "x" * 5_000)
    body = await desk.send(payloads.submission())
    assert find_view_problems(body["view"], "modal") == []
    assert body["view"]["blocks"][0]["text"]["text"].startswith("Dat kan nu niet.")
    assert body["view"]["close"]["text"] == "Sluiten"


@pytest.mark.parametrize("channel", [DIRECT, ROOM])
async def test_a_no_to_a_press_is_for_that_person_alone(desk: Desk, channel: str) -> None:
    desk.bare.house.effect = Refusal("Deze vraag is van een collega.")
    await desk.send(payloads.press(channel))
    assert desk.bare.fake.whispers == [(ANNA, "Deze vraag is van een collega.")]
    assert all(not messages for messages in desk.bare.fake.channels.values())


async def test_a_no_to_a_mention_is_whispered_in_the_channel(desk: Desk) -> None:
    desk.bare.house.effect = Refusal("Nee.")
    await desk.send(payloads.mention())
    (call,) = desk.bare.fake.calls_of("chat.postEphemeral")
    assert (call["channel"], call["user"], call["thread_ts"]) == (ROOM, ANNA, TS)


@pytest.mark.parametrize("payload", [payloads.message(), payloads.press_at_home(), payloads.shortcut()])
async def test_a_no_elsewhere_is_said_in_the_direct_chat(desk: Desk, payload: dict[str, Any]) -> None:
    desk.bare.house.effect = Refusal("Nee.")
    await desk.send(dict(payload))
    assert [see(message).text for message in desk.bare.fake.channels[DIRECT]] == ["Nee."]


async def test_a_no_to_a_command_is_its_answer(desk: Desk) -> None:
    desk.bare.house.effect = Refusal("Nee, <!channel>.")
    body = await desk.send(payloads.command())
    assert find_message_problems(body) == []
    assert body["response_type"] == "ephemeral"
    assert body["text"] == "Nee, &lt;!channel&gt;."


async def test_a_command_in_a_channel_says_where_the_answer_is(desk: Desk) -> None:
    body = await desk.send(payloads.command())
    assert (body["response_type"], body["text"].split(".")[0]) == (
        "ephemeral",
        "Ik antwoord je in je berichten met mij",
    )
    quiet = {**payloads.command(), "channel_name": "directmessage"}
    assert await desk.send(quiet) == ""


async def test_in_the_language_somebody_chose(desk: Desk) -> None:
    async with desk.bare.database.transaction() as tx:
        anna = await people.get_or_add_person(tx, "slack", TEAM, ANNA, datetime.now(UTC))
        await people.choose_language(tx, anna.id, "en")
    assert (await desk.send(payloads.command()))["text"].startswith("I answer you in your messages")


async def test_home(desk: Desk) -> None:
    desk.bare.house.effect = ShowHome(Card.of_words("Welkom"))
    await desk.send(payloads.home())
    assert see({"ts": "", **desk.bare.fake.homes[ANNA]}).text == "Welkom"
    desk.bare.house.effect = ShowHome(Card.of_words("Opgeslagen"))
    assert await desk.send(payloads.submission()) == ""
    assert see({"ts": "", **desk.bare.fake.homes[ANNA]}).text == "Opgeslagen"
