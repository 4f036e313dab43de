"""Any card and any form is drawn within Slack's limits, and nothing in it becomes markup."""

from __future__ import annotations

import json
from datetime import date
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
    ChoiceField,
    DateField,
    Divider,
    Fact,
    Facts,
    Form,
    Link,
    ManyField,
    Option,
    Picture,
    Text,
    TextField,
)
from bot.model.events import MessageRef, Place
from bot.platforms.slack.forms import Origin, draw_form, draw_notice, place_errors, unpack_metadata
from bot.platforms.slack.markup import escape_within
from bot.platforms.slack.render import draw, draw_fallback, draw_home, draw_message
from tests.platforms.slack.block_kit import find_message_problems, find_view_problems
from tests.platforms.slack.seeing import read_block

HOSTILE = "<!channel> <@U0BRAM> <https://x.example|klik> *vet* _lijn_ ~weg~ `code` :boom: & > citaat &lt;"


def words(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Mostly short and, now and then, as long as it may be."""
    return st.text(min_size=least, max_size=min(most, 60)) | st.just(
        "&<>é✅"[: max(least, 1)] * (most // 5 or 1)
    ).map(lambda text: text[:most] or "x")


buttons = st.builds(
    Button,
    label=words(limits.BUTTON_LABEL),
    action=words(limits.ACTION),
    style=st.sampled_from(["default", "primary", "danger"]),
)
elements = st.one_of(
    st.builds(Text, text=words(limits.TEXT), style=st.sampled_from(["normal", "strong", "quiet", "quote"])),
    st.builds(Text, text=words(limits.HEADING), style=st.just("heading")),
    st.builds(Bullets, items=st.lists(words(200), min_size=1, max_size=limits.BULLETS).map(tuple)),
    st.builds(
        Facts,
        facts=st.lists(
            st.builds(Fact, label=words(limits.FACT_LABEL), value=words(limits.FACT_VALUE)),
            min_size=1,
            max_size=limits.FACTS,
        ).map(tuple),
    ),
    st.builds(Picture, png=st.binary(max_size=20), alt=words(limits.PICTURE_ALT)),
    st.just(Divider()),
    st.builds(Link, label=words(limits.BUTTON_LABEL), url=st.just("https://x.example/" + "a" * 2_800)),
    st.builds(Buttons, buttons=st.lists(buttons, min_size=1, max_size=limits.BUTTONS).map(tuple)),
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    chosen = draw(st.lists(elements, min_size=1, max_size=limits.CARD_ELEMENTS))
    summary = draw(words(limits.SUMMARY))
    while True:  # a card that is too long in all is no card: leave out the last
        try:
            return Card(summary=summary, elements=tuple(chosen))
        except ValueError:
            chosen.pop()


options = st.lists(words(20), min_size=1, max_size=12, unique=True).map(
    lambda values: tuple(Option(value=value, label=value) for value in values)
)
fields = st.one_of(
    st.builds(
        TextField,
        id=st.just("x"),
        label=words(limits.FIELD_LABEL),
        hint=words(limits.FIELD_HINT, 0),
        value=words(limits.FIELD_TEXT, 0),
        placeholder=words(limits.FIELD_PLACEHOLDER, 0),
        multiline=st.booleans(),
        max_length=st.integers(1, limits.FIELD_TEXT),
        required=st.booleans(),
    ),
    options.flatmap(
        lambda given: st.builds(
            ChoiceField,
            id=st.just("x"),
            label=words(limits.FIELD_LABEL),
            options=st.just(given),
            value=st.sampled_from([None, "elders", given[0].value]),
        )
    ),
    options.flatmap(
        lambda given: st.builds(
            ManyField,
            id=st.just("x"),
            label=words(limits.FIELD_LABEL),
            options=st.just(given[: limits.CHECKBOXES]),
            value=st.sampled_from([(), ("elders",), (given[0].value,)]),
        )
    ),
    st.builds(
        DateField, id=st.just("x"), label=words(limits.FIELD_LABEL), value=st.none() | st.just(date(2026, 12, 4))
    ),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    chosen = draw(st.lists(fields, min_size=1, max_size=5))
    return Form(
        title=draw(words(limits.FORM_TITLE)),
        submit=draw(words(limits.FORM_SUBMIT)),
        cancel=draw(words(limits.FORM_SUBMIT)),
        action=draw(words(limits.ACTION)),
        intro=draw(words(limits.TEXT, 0)),
        fields=tuple(field.model_copy(update={"id": f"f{n}"}) for n, field in enumerate(chosen)),
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cards())
def test_any_card_is_drawn_within_the_limits(card: Card) -> None:
    pictures = {n: f"F{n}" for n, element in enumerate(card.elements) if isinstance(element, Picture)}
    files = frozenset(pictures.values())
    assert find_message_problems(draw_message(card)) == []
    assert find_message_problems(draw_message(card, pictures), files) == []
    assert find_view_problems(draw_home(card, pictures), "home", files) == []


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(forms(), st.booleans())
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
