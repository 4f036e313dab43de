"""Slack's payloads become events of the club: who, where, which words, and a key that is right."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.events import Commanded, Event, Joined, Opened, Pressed, Said, Submitted, event_adapter
from bot.platforms.slack.parse import parse
from tests.platforms.slack import payloads
from tests.platforms.slack.fake import BOT_USER, ROOM, TEAM
from tests.platforms.slack.payloads import ACTION, ANNA, DIRECT, TS
from tests.platforms.slack.spoiling import anything, spoilt

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def read(payload: dict[str, Any]) -> Event | None:
    return parse(payload, NOW)


def key_of(payload: dict[str, Any]) -> str:
    event = read(payload)
    assert event is not None
    return event.key


def test_a_direct_message() -> None:
    said = read(payloads.message("Mag ik dit?"))
    assert isinstance(said, Said)
    assert said.text == "Mag ik dit?"
    assert said.key == f"slack:{TEAM}:{DIRECT}:{TS}"
    assert (said.account.tenant, said.account.user) == (TEAM, ANNA)
    assert (said.place.kind, said.place.id, said.place.user, said.place.thread) == ("direct", DIRECT, ANNA, None)
    assert said.at == datetime.fromtimestamp(1790000000.0001, UTC)


def test_in_a_thread_of_the_direct_chat_the_answer_goes_there() -> None:
    said = read(payloads.message(thread_ts="1780000000.000001"))
    assert said is not None
    assert said.place.thread == "1780000000.000001"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"user": BOT_USER},
        {"hidden": True},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"user": None},
        {"ts": "now"},
        {"channel": ROOM, "channel_type": "channel"},
        {"channel": "G0ROOM", "channel_type": "mpim"},
    ],
)
def test_what_no_person_said_to_us_is_no_event(more: dict[str, Any]) -> None:
    assert read(payloads.message(**more)) is None


def test_a_picture_with_words_is_words() -> None:
    said = read(payloads.message("Mag ik deze foto gebruiken?", subtype="file_share"))
    assert isinstance(said, Said)


@pytest.mark.parametrize(
    "payload", [payloads.mention(f"<@{BOT_USER}>"), payloads.message("", subtype="file_share")]
)
def test_nothing_said_is_a_call_for_help(payload: dict[str, Any]) -> None:
    helped = read(payload)
    assert isinstance(helped, Commanded)
    assert helped.word == "help"


def test_a_mention_is_answered_in_its_thread() -> None:
    said = read(payloads.mention())
    assert isinstance(said, Said)
    assert said.text == "mag ik dit?"
    assert (said.place.kind, said.place.id, said.place.thread) == ("channel", ROOM, TS)
    deeper = read(payloads.mention(thread_ts="1780000000.000001"))
    assert deeper is not None
    assert deeper.place.thread == "1780000000.000001"


def test_a_mention_and_its_twin_message_have_one_key_and_only_one_is_an_event() -> None:
    mention = payloads.mention()
    twin = copy.deepcopy(mention)
    twin["event"].update(type="message", channel_type="channel")
    assert read(mention) is not None
    assert read(twin) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (f"<@{BOT_USER}> mag dit?", "mag dit?"),
        (f"mag <@{BOT_USER}|promptclub> dit?", "mag dit?"),
        ("vraag het <@U0BRAM|bram>", "vraag het @bram"),
        ("vraag het <@U0BRAM>", "vraag het @…"),
        ("in <#C1|ai-lab> of <#C2>", "in #ai-lab of #…"),
        ("<!here> <!subteam^S1|@hr> <!date^1^{date}|gisteren>", "@here @hr gisteren"),
        ("zie <https://x.example/a?b=1|onze pagina>", "zie onze pagina"),
        ("zie <https://x.example/a>", "zie https://x.example/a"),
        ("mail <mailto:piet@x.example|piet@x.example>", "mail piet@x.example"),
        ("bel <tel:0612345678>", "bel 0612345678"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2, letterlijk &amp;lt;", "1 < 2 && 3 > 2, letterlijk &lt;"),
        ("nul\x00 en half \ud83d", "nul en half "),
    ],
)
def test_words_as_they_were_typed(typed: str, words: str) -> None:
    said = read(payloads.message(typed))
    assert isinstance(said, Said)
    assert said.text == words


def test_magdit_is_answered_privately() -> None:
    asked = read(payloads.command("/magdit", "mag ik dit?"))
    assert isinstance(asked, Commanded)
    assert (asked.word, asked.rest) == ("magdit", "mag ik dit?")
    assert (asked.place.kind, asked.place.id, asked.place.user) == ("direct", "", ANNA)
    assert asked.at == NOW


@pytest.mark.parametrize(
    ("name", "typed", "word", "rest"),
    [
        ("/promptclub", "help", "help", ""),
        ("/promptclub", "", "help", ""),
        ("/promptclub", "taal  engels", "taal", "engels"),
        ("/promptclub", "mag\nik dit?", "mag", "ik dit?"),
        ("/promptclub", "x" * 101 + " en meer", "magdit", "x" * 101 + " en meer"),
        ("/renamed-by-the-workspace", "help", "help", ""),
        ("/magdit", "", "magdit", ""),
    ],
)
def test_commands(name: str, typed: str, word: str, rest: str) -> None:
    asked = read(payloads.command(name, typed))
    assert isinstance(asked, Commanded)
    assert (asked.word, asked.rest) == (word, rest)


def test_shortcuts() -> None:
    bare, about = read(payloads.shortcut()), read(payloads.message_shortcut("Wie <@U0BRAM|bram> vat dit samen?"))
    assert isinstance(bare, Commanded)
    assert isinstance(about, Commanded)
    assert (bare.word, bare.rest) == ("magdit", "")
    assert (about.word, about.rest, about.place.id) == ("magdit", "Wie @bram vat dit samen?", "")
    assert read({**payloads.shortcut(), "callback_id": "another_app"}) is None


@pytest.mark.parametrize("word", ["magdit", "vraag", "case"])
def test_a_message_shortcut_is_the_command_with_the_message(word: str) -> None:
    about = read({**payloads.message_shortcut("Mag dit?"), "callback_id": f"{word}_message"})
    assert isinstance(about, Commanded)
    assert (about.word, about.rest, about.place.id) == (word, "Mag dit?", "")


def test_a_press_in_the_direct_chat() -> None:
    pressed = read(payloads.press())
    assert isinstance(pressed, Pressed)
    assert pressed.action == ACTION
    assert pressed.message is not None
    assert (pressed.message.id, pressed.message.place.thread, pressed.place.thread) == (TS, None, None)


def test_a_press_in_a_channel_is_answered_under_its_message() -> None:
    in_thread = read(payloads.press(ROOM, {"ts": TS, "thread_ts": "1780000000.000001"}))
    on_top = read(payloads.press(ROOM, {"ts": TS}))
    starts_one = read(payloads.press(ROOM, {"ts": TS, "thread_ts": TS}))
    for pressed, thread in ((in_thread, "1780000000.000001"), (on_top, TS), (starts_one, TS)):
        assert isinstance(pressed, Pressed)
        assert pressed.place.thread == thread
    assert isinstance(on_top, Pressed)
    assert on_top.message is not None
    assert on_top.message.place.thread is None


def test_a_press_where_nothing_can_be_changed() -> None:
    at_home, whispered = read(payloads.press_at_home()), payloads.press(ROOM)
    del whispered["message"]
    whispered["container"]["is_ephemeral"] = True
    gone = read(whispered)
    assert isinstance(at_home, Pressed)
    assert isinstance(gone, Pressed)
    assert at_home.message is None
    assert (at_home.place.id, at_home.place.user) == ("", ANNA)
    assert gone.message is None


@pytest.mark.parametrize("action", [{"value": None}, {"value": ""}, {"value": "x" * 4_001}, {"type": "overflow"}])
def test_a_link_or_what_is_not_ours_is_no_press(action: dict[str, Any]) -> None:
    assert read(payloads.press(action=action)) is None


def test_a_form_comes_back_with_its_values_and_where_it_was_opened() -> None:
    values = {
        "why": {"value": {"type": "plain_text_input", "value": "Daarom\x00"}},
        "empty": {"value": {"type": "plain_text_input", "value": None}},
        "one": {"value": {"type": "radio_buttons", "selected_option": {"value": "a"}}},
        "none": {"value": {"type": "static_select", "selected_option": None}},
        "some": {"value": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
        "day": {"value": {"type": "datepicker", "selected_date": "2026-12-04"}},
        "no_day": {"value": {"type": "datepicker", "selected_date": None}},
    }
    sent = read(payloads.submission(f'["{ROOM}","1.1","{TS}","1.1"]\n{ACTION}', values))
    assert isinstance(sent, Submitted)
    assert sent.values == {
        "why": "Daarom",
        "empty": "",
        "one": "a",
        "none": None,
        "some": ("a", "b"),
        "day": date(2026, 12, 4),
        "no_day": None,
    }
    assert (sent.action, sent.place.id, sent.place.thread) == (ACTION, ROOM, "1.1")
    assert sent.message is not None
    assert (sent.message.id, sent.message.place.thread) == (TS, "1.1")


@pytest.mark.parametrize("metadata", ["", "\n", "not json\n", "[]", "\n" + "x" * 4_001])
def test_a_form_without_an_action_is_not_ours(metadata: str) -> None:
    assert read(payloads.submission(metadata)) is None


def test_sending_a_form_again_after_an_error_is_another_act() -> None:
    first, second = payloads.submission(), payloads.submission()
    second["trigger_id"] = "2.2.def"
    assert read(first) == read(copy.deepcopy(first))
    assert key_of(first) != key_of(second)


def test_home_and_joining() -> None:
    assert isinstance(read(payloads.home()), Opened)
    assert read(payloads.home("messages")) is None
    invited = read(payloads.joined())
    assert isinstance(invited, Joined)
    assert (invited.account.user, invited.place.kind, invited.place.id) == (ANNA, "channel", ROOM)
    assert read(payloads.joined("U0BRAM")) is None
    assert read(payloads.joined(inviter="")) is None


def test_who_the_bot_is_comes_from_the_payload_or_from_what_we_know() -> None:
    payload = payloads.mention()
    del payload["authorizations"]
    said = parse(payload, NOW, BOT_USER)
    assert isinstance(said, Said)
    assert said.text == "mag ik dit?"


def test_different_things_have_different_keys() -> None:
    things = [*payloads.one_of_each(), payloads.press(action={"action_ts": "1790000009.000001"})]
    for number, thing in enumerate(things):  # Slack gives each act a trigger of its own
        if "trigger_id" in thing:
            thing["trigger_id"] = f"{number}.2.abc"
    keys = [key_of(thing) for thing in things]
    assert len(set(keys)) == len(things)
    assert keys == [key_of(copy.deepcopy(thing)) for thing in things]


# ---------------------------------------------------------------- whatever comes


@given(st.dictionaries(st.text(max_size=10), anything, max_size=4) | spoilt())
def test_whatever_comes_is_an_event_that_can_be_kept_or_none(payload: dict[str, Any]) -> None:
    found = parse(payload, NOW, BOT_USER)
    if found is not None:
        kept = json.dumps(event_adapter.dump_python(found, mode="json"), ensure_ascii=False)
        assert "\\u0000" not in kept
        assert kept.encode("utf-8")
        assert len(found.key) <= 400
