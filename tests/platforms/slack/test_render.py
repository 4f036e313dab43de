"""Any card and any form is drawn within Slack's limits, and nothing in it becomes markup."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations import find_examples
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Link,
    Picture,
    Text,
    TextField,
)
from bot.model.events import MessageRef, Place
from bot.platforms.slack.forms import Origin, draw_form, draw_notice, place_errors, unpack_metadata
from bot.platforms.slack.markup import escape_within
from bot.platforms.slack.render import draw, draw_fallback, draw_home, draw_message
from tests.platforms.any_card import full_cards, full_forms
from tests.platforms.slack.block_kit import find_message_problems, find_view_problems
from tests.platforms.slack.seeing import read_block

HOSTILE = "<!channel> <@U0BRAM> <https://x.example|klik> *vet* _lijn_ ~weg~ `code` :boom: & > citaat &lt;"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(full_cards)
def test_any_card_is_drawn_within_the_limits(card: Card) -> None:
    pictures = {n: f"F{n}" for n, element in enumerate(card.elements) if isinstance(element, Picture)}
    files = frozenset(pictures.values())
    assert find_message_problems(draw_message(card)) == []
    assert find_message_problems(draw_message(card, pictures), files) == []
    assert find_view_problems(draw_home(card, pictures), "home", files) == []


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(full_forms, st.booleans())
def test_any_form_is_drawn_within_the_limits(form: Form, threaded: bool) -> None:
    thread = "1790000000.000100" if threaded else None
    place = Place(platform="slack", tenant="T", id="C" + "0" * 20, kind="channel", thread=thread)
    view = draw_form(form, Origin(place, MessageRef(place=place, id="1790000000.000100")))
    assert find_view_problems(view, "modal") == []
    where, action = unpack_metadata(view["private_metadata"])
    assert (where, action) == ([place.id, thread, "1790000000.000100", thread], form.action)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_of_the_house_is_drawn(language: Any) -> None:
    for conversation, examples in find_examples(language).items():
        for example in examples:
            drawn = draw(example.card)
            form = isinstance(example.card, Form)
            problems = find_view_problems(drawn, "modal") if form else find_message_problems(drawn)
            assert problems == [], f"{conversation}: {example.name}"


def test_what_was_typed_is_shown_as_typed_and_nothing_else() -> None:
    card = Card(
        summary=HOSTILE,
        elements=(
            Text(text=HOSTILE, style="heading"),
            *(Text(text=HOSTILE, style=style) for style in ("normal", "strong", "quiet", "quote")),
            Bullets(items=(HOSTILE,)),
            Facts(facts=(Fact(label=HOSTILE, value=HOSTILE),)),
            Buttons(buttons=(Button(label="<!here>", action="x"),)),
        ),
    )
    drawn = draw_message(card)
    assert "mrkdwn" not in json.dumps(drawn)
    assert [kind for kind in _kinds(drawn["blocks"]) if kind not in PLAIN] == []
    assert all(text.get("emoji") is False for text in _all(drawn["blocks"], "plain_text"))
    for block in drawn["blocks"][:-1]:
        assert HOSTILE in read_block(block)
    assert "<" not in drawn["text"]
    assert ">" not in drawn["text"]


PLAIN = {
    "header",
    "plain_text",
    "rich_text",
    "rich_text_section",
    "rich_text_quote",
    "rich_text_list",
    "text",
    "context",
    "actions",
    "button",
}


def _kinds(value: Any) -> set[str]:
    return {thing["type"] for thing in _all(value)}


def _all(value: Any, kind: str | None = None) -> list[dict[str, Any]]:
    found = []
    if isinstance(value, dict) and "type" in value and kind in (None, value["type"]):
        found.append(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [thing for part in inside for thing in _all(part, kind)]


def test_the_text_beside_the_blocks_says_everything_once() -> None:
    card = Card(
        summary="Mag, mits",
        elements=(
            Text(text="Mag, mits", style="heading"),
            Bullets(items=("lees na",)),
            Facts(facts=(Fact(label="Gegevens", value="intern"),)),
            Picture(png=b"x", alt="Een staafdiagram"),
            Link(label="Beleid", url="https://x.example/"),
            Buttons(buttons=(Button(label="Klopt niet", action="x"),)),
        ),
    )
    assert draw_fallback(card).splitlines() == [
        "Mag, mits",
        "• lees na",
        "Gegevens: intern",
        "Een staafdiagram",
        "Beleid: https://x.example/",
        "[Klopt niet]",
    ]


@given(st.text(alphabet="&<>ab", max_size=60), st.integers(2, 40))
def test_an_escape_is_never_cut_in_two(text: str, most: int) -> None:
    cut = escape_within(text, most)
    assert len(cut) <= most
    rest = cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set(rest) & set("&<>")


def test_an_error_without_a_field_stands_at_the_first_one() -> None:
    form = Form(
        title="t",
        submit="s",
        cancel="c",
        action="x",
        fields=(TextField(id="one", label="1"), TextField(id="two", label="2")),
    )
    assert place_errors(form, {"two": "b", "": "a", "one": "c"}) == {"two": "b", "one": "a c"}


def test_a_notice_is_a_view_without_a_submit_button() -> None:
    view = draw_notice("Even dit", "x" * limits.TEXT, "Sluiten")
    assert find_view_problems(view, "modal") == []
    assert "submit" not in view
