"""Requests become events or a BadRequest, and nothing in between; the bot is spoken to by name, at home without."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.web import parse
from bot.platforms.web.colleagues import load_workspace
from bot.platforms.web.parse import BadRequest, Open, Press, Read, Say, Submit, read

NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)
SANNE = load_workspace().colleagues[0]
KEY = "0123456789abcdef0123456789abcdef"
KINDS = (Open, Say, Read, Press, Submit)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
almost = st.fixed_dictionaries(
    {},
    optional={
        "key": json_values | st.just(KEY),
        "place": json_values | st.just("dm:sanne"),
        "thread": json_values,
        "message": json_values,
        "action": json_values,
        "text": json_values,
        "values": json_values | st.dictionaries(st.text(max_size=4), json_values),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | (almost | json_values).map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_read_or_refused(body: bytes) -> None:
    for kind in KINDS:
        try:
            request = read(body, kind)
        except BadRequest:
            continue
        assert isinstance(request, kind)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"key": 1}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe",
        json.dumps({"key": KEY, "place": "dm:sanne", "text": " \n "}).encode(),
        json.dumps({"key": KEY, "place": "dm:sanne", "text": "x" * 8_001}).encode(),
        json.dumps({"key": "../../etc", "place": "dm:sanne", "text": "x"}).encode(),
        json.dumps({"key": KEY, "place": "dm:sanne", "text": "x", "admin": True}).encode(),
        json.dumps({"key": KEY, "place": "x" * 81, "text": "x"}).encode(),
        b'{"key": "' + KEY.encode() + b'", "place": "dm:sanne", "text": "\\ud800"}',
    ],
)
def test_what_our_pages_never_send_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read(body, Say)


def say(text: str, place: str = "algemeen", thread: int | None = None) -> Say:
    return read(json.dumps({"key": KEY, "place": place, "text": text, "thread": thread}).encode(), Say)


@pytest.mark.parametrize(
    ("text", "place", "asked"),
    [
        ("mag dit?", SANNE.direct, True),
        ("mag dit?", "algemeen", False),
        ("@Prompt Club mag dit?", "algemeen", True),
        ("hoi @prompt-club, mag dit?", "algemeen", True),
        ("@PromptClub: mag dit?", "algemeen", True),
        ("/magdit brainstormen", "algemeen", True),
        ("/promptclub help", "algemeen", True),
        ("kijk eens bij /magdit", "algemeen", False),
        ("mail naar info@promptclubs.example", "algemeen", False),
    ],
)
def test_who_is_spoken_to(text: str, place: str, asked: bool) -> None:
    assert parse.is_for_the_bot(say(text, place), SANNE) is asked


def test_a_mention_is_taken_out_and_the_answer_goes_into_the_thread() -> None:
    event = parse.said(say("hoi @Prompt Club, mag dit?"), SANNE, 7, NOW)
    assert event.text == "hoi mag dit?"
    assert (event.place.kind, event.place.id, event.place.thread) == ("channel", "algemeen", "7")
    assert parse.said(say("@Prompt Club en dit?", thread=3), SANNE, 8, NOW).place.thread == "3"


def test_in_ones_own_chat_there_are_no_threads() -> None:
    place = parse.said(say("mag dit?", SANNE.direct), SANNE, 7, NOW).place
    assert (place.kind, place.id, place.thread, place.user) == ("direct", "dm:sanne", None, "sanne")


def test_one_thing_done_has_one_key_and_somebody_else_s_another() -> None:
    mehmet = load_workspace().colleagues[1]
    first, again = (parse.said(say("x"), SANNE, 7, NOW).key for _ in range(2))
    assert first == again
    assert parse.said(say("x"), mehmet, 7, NOW).key != first


def submit(values: dict[str, Any]) -> Submit:
    body = {"key": KEY, "place": SANNE.direct, "message": 4, "action": '["a.b",{}]', "values": values}
    return read(json.dumps(body).encode(), Submit)


def test_values_have_the_types_of_the_neutral_form() -> None:
    request = submit(
        {
            "why": {"kind": "text_field", "value": "daar\x00om"},
            "level": {"kind": "choice_field", "value": None},
            "data": {"kind": "many_field", "value": ["a", "b"]},
            "day": {"kind": "date_field", "value": "2026-12-04"},
        }
    )
    event = parse.submitted(request, SANNE, None, NOW)
    assert event.values == {"why": "daarom", "level": None, "data": ("a", "b"), "day": date(2026, 12, 4)}
    assert event.message is not None
    assert event.message.id == "4"


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "date_field", "value": "4 december"},
        {"kind": "text_field", "value": None},
        {"kind": "text_field", "value": "x" * 3_001},
        {"kind": "onbekend", "value": "x"},
        "zomaar",
    ],
)
def test_a_value_of_another_kind_is_refused(value: Any) -> None:
    with pytest.raises(BadRequest):
        submit({"a": value})


@given(st.text(max_size=60) | st.lists(st.sampled_from(["@Prompt Club", ", ", "hoi", " "])).map("".join))
def test_mentions_split_off_lose_no_character(text: str) -> None:
    assert "".join(piece for piece, _ in parse.split_mentions(text)) == text
