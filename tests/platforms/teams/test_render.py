"""Cards and forms as Teams gets them: valid, within its limits, inert, and readable for everyone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.conversations import find_examples
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Fact,
    Facts,
    Link,
    Picture,
    Text,
)
from bot.platforms.teams.playground import ease
from bot.platforms.teams.render import draw, draw_card, draw_message
from bot.texts import WORDS
from knowledge.content import LANGUAGES, Language
from tests.platforms.teams.card_rules import MOST_BYTES, find_faults, size_of, walk
from tests.platforms.teams.seeing import find_action, see

NL = WORDS["nl"]
PNG = bytes.fromhex("89504e470d0a1a0a") + b"x" * 200
HOSTILE = (
    "**vet** _lijn_ [link](https://evil.example) <b>html</b> <at>Anna</at> &amp; `code` # kop\n"
    "- streep\n1. een\n{{DATE(2020-01-01T00:00:00Z,SHORT)}} {{ time(x) }} ${name} <script>alert(1)</script>"
)


def card(*elements: Any, summary: str = "kort") -> Card:
    return Card(summary=summary, elements=elements)


def button(label: str, **more: Any) -> Button:
    return Button(label=label, action="[]", **more)


def texts_in(drawn: Any) -> list[str]:
    return [part["text"] for part in walk(drawn) if part.get("type") in ("TextRun", "TextBlock")]


# ---------------------------------------------------------------- the house's own cards


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_house_is_good_on_teams(language: Language) -> None:
    for conversation, examples in find_examples(language).items():
        for example in examples:
            drawn = draw(example.card)
            assert find_faults(drawn) == [], f"{conversation}: {example.name}"
            assert size_of(drawn) < MOST_BYTES


# ---------------------------------------------------------------- text


def test_a_title_is_a_heading_to_a_screen_reader() -> None:
    title = next(
        part for part in walk(draw_card(card(Text(text="☑️ Mag, mits", style="heading")))) if "text" in part
    )
    assert (title["type"], title["style"], title["wrap"]) == ("TextBlock", "heading", True)


@pytest.mark.parametrize(
    "title", ["**vet**", "1. Eerst", "- streep", "a [b](c)", "https://x", "WWW.x", "a\nb", "`x`", "a|b", "<b>"]
)
def test_a_title_that_could_mean_something_is_plain_text(title: str) -> None:
    drawn = draw_card(card(Text(text=title, style="heading")))
    assert not [part for part in walk(drawn) if part.get("type") == "TextBlock"]
    assert find_faults(drawn) == []


@pytest.mark.parametrize("style", ["normal", "strong", "quiet", "quote"])
def test_what_people_type_reaches_no_element_that_reads_markup(style: Any) -> None:
    drawn = draw_card(card(Text(text=HOSTILE, style=style), Bullets(items=(HOSTILE,)), Facts(facts=FACTS)))
    assert {part["type"] for part in walk(drawn) if "text" in part} == {"TextRun"}
    said = "\n".join(texts_in(drawn))
    for piece in ("**vet**", "[link](https://evil.example)", "<b>html</b>", "<at>Anna</at>", "&amp;", "- streep"):
        assert piece in said


FACTS = (Fact(label="*wie*", value="<b>Anna</b>"), Fact(label="wat", value="[x](y)"))


def test_the_client_fills_in_no_dates_of_strangers() -> None:
    said = json.dumps(draw_card(card(Text(text=HOSTILE), summary="{{DATE(2020-01-01T00:00:00Z)}}")))
    assert "{{DATE" not in said
    assert "{{ time" not in said


def test_lines_stay_lines_and_an_empty_one_is_space() -> None:
    blocks = draw_card(card(Text(text="een\ntwee\n\ndrie\r\nvier")))["body"]
    assert texts_in(blocks) == ["een", "twee", "drie", "vier"]
    assert [block.get("spacing") for block in blocks] == [None, "None", "Medium", "None"]


def test_letters_no_client_can_show_are_left_out() -> None:
    assert texts_in(draw_card(card(Text(text="a\x00b\x1bc\u2028d"))))[0] == "abcd"


def test_the_title_and_the_line_below_stand_in_a_band() -> None:
    top, body = draw_card(
        card(Text(text="Mag", style="heading"), Text(text="Een mail", style="strong"), Text(text="Want"))
    )["body"]
    assert (top["type"], top["style"], top["bleed"]) == ("Container", "emphasis", True)
    assert texts_in(top) == ["Mag", "Een mail"]
    assert texts_in(body) == ["Want"]


def test_a_divider_is_a_line_above_what_follows() -> None:
    one, two = draw_card(card(Text(text="een"), Divider(), Text(text="twee"), Divider()))["body"]
    assert "separator" not in one
    assert two["separator"] is True


def test_the_summary_is_what_a_notification_and_an_old_client_say() -> None:
    message = draw_message(card(Text(text="lang"), summary="Kort gezegd"))
    assert message["summary"] == "Kort gezegd"
    assert message["attachments"][0]["content"]["fallbackText"] == "Kort gezegd"


# ---------------------------------------------------------------- buttons


def test_a_press_brings_the_action_and_a_form_is_said_beforehand() -> None:
    drawn = draw_card(card(Buttons(buttons=(button("Ja"), button("Klopt niet", opens_form=True)))))
    assert find_action(drawn, "Ja")["data"] == {"press": "[]"}
    assert find_action(drawn, "Klopt niet")["data"] == {"press": "[]", "msteams": {"type": "task/fetch"}}


def test_styles() -> None:
    drawn = draw_card(card(Buttons(buttons=(button("Ja", style="primary"), button("Weg", style="danger")))))
    assert [find_action(drawn, label)["style"] for label in ("Ja", "Weg")] == ["positive", "destructive"]


def test_many_buttons_stand_in_rows_that_can_be_read() -> None:
    labels = [f"Knop {number}" for number in range(10)]
    drawn = draw_card(card(Buttons(buttons=tuple(map(button, labels)))))
    rows = [part["actions"] for part in walk(drawn) if part.get("type") == "ActionSet"]
    assert [len(row) for row in rows] == [6, 4]
    assert see("", drawn).buttons == tuple(labels)


def test_long_labels_become_lines_to_press() -> None:
    long = "Cv's of sollicitanten laten beoordelen of rangschikken"
    drawn = draw_card(card(Buttons(buttons=(button(long), button("Kort")))))
    assert find_faults(drawn) == []
    assert [part["selectAction"]["title"] for part in walk(drawn) if "selectAction" in part] == [long, "Kort"]
    assert long in texts_in(drawn)


def test_a_link() -> None:
    drawn = draw_card(card(Link(label="Beleid", url="https://voorbeeld.example/beleid")))
    assert find_faults(drawn) == []
    assert find_action(drawn, "Beleid")["url"] == "https://voorbeeld.example/beleid"


def test_in_the_playground_only_an_empty_field_is_added() -> None:
    plain = draw_message(card(Buttons(buttons=(button("Ja"), button("Form", opens_form=True)))))
    eased = ease(plain)
    data = find_action(eased["attachments"][0]["content"], "Form")["data"]
    assert data == {"press": "[]", "msteams": {"type": "task/fetch"}, "msTeams": {}}
    assert "msTeams" not in json.dumps(plain)
    assert json.loads(json.dumps(eased).replace('"msTeams": {}, ', "")) == plain


# ---------------------------------------------------------------- pictures and size


def test_a_picture_says_what_it_shows() -> None:
    drawn = draw_card(card(Picture(png=PNG, alt="Een grafiek met drie balken")))
    assert find_faults(drawn) == []
    assert see("", drawn).pictures == ("Een grafiek met drie balken",)


def test_pictures_that_do_not_fit_leave_their_words() -> None:
    large = PNG + b"y" * (limits.PICTURE_BYTES - len(PNG))
    drawn = draw_card(card(*(Picture(png=large, alt=f"plaatje {number}") for number in range(4))))
    assert size_of(drawn) < MOST_BYTES
    assert see("", drawn).pictures == ("plaatje 0",)
    assert texts_in(drawn) == ["plaatje 1", "plaatje 2", "plaatje 3"]


def test_a_card_of_very_many_parts_is_drawn_plainer_and_loses_nothing() -> None:
    bullets = Bullets(items=tuple(f"punt {number}" for number in range(limits.BULLETS)))
    full = card(*[bullets] * limits.CARD_ELEMENTS)
    drawn = draw_card(full)
    assert find_faults(drawn) == []
    assert size_of(drawn) < MOST_BYTES
    assert sum(text.count("punt ") for text in texts_in(drawn)) == limits.BULLETS * limits.CARD_ELEMENTS


words = st.text(min_size=1, max_size=120)
elements = st.one_of(
    st.builds(Text, text=words, style=st.sampled_from(["normal", "heading", "strong", "quiet", "quote"])),
    st.builds(Bullets, items=st.lists(words, min_size=1, max_size=8).map(tuple)),
    st.builds(Facts, facts=st.lists(st.builds(Fact, label=words, value=words), min_size=1, max_size=5).map(tuple)),
    st.builds(Picture, png=st.just(PNG + b"z" * 20_000), alt=words),
    st.just(Divider()),
    st.builds(Link, label=st.text(min_size=1, max_size=70), url=st.just("https://x.example/")),
    st.builds(
        Buttons,
        buttons=st.lists(
            st.builds(
                Button,
                label=st.text(min_size=1, max_size=70),
                action=st.text(max_size=200),
                style=st.sampled_from(["default", "primary", "danger"]),
                opens_form=st.booleans(),
            ),
            min_size=1,
            max_size=10,
        ).map(tuple),
    ),
)


def fits_a_card(given: list[Any]) -> bool:
    try:
        return bool(Card(summary="x", elements=tuple(given)))
    except ValidationError:
        return False


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(elements, min_size=1, max_size=12).filter(fits_a_card), words)
def test_any_card_is_good_and_fits(given: list[Any], summary: str) -> None:
    message = draw_message(Card(summary=summary, elements=tuple(given)))
    (attached,) = message["attachments"]
    assert find_faults(attached["content"]) == []
    assert size_of(message) < MOST_BYTES
    shown = see("", attached["content"])
    labels = [button.label for element in given if isinstance(element, Buttons) for button in element.buttons]
    labels += [element.label for element in given if isinstance(element, Link)]
    assert len(shown.buttons) == len(labels)
