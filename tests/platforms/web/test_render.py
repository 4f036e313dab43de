"""Any card or form becomes well-formed HTML in which every text stands as it was meant, and as text only."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from bot.conversations import find_examples
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    DateField,
    Divider,
    Element,
    Facts,
    Form,
    Link,
    ManyField,
    Option,
    Picture,
    Text,
    TextField,
)
from bot.platforms.web.render import draw, draw_card, draw_form, split_sign
from tests.platforms.any_card import HOSTILE, cards, forms
from tests.platforms.web.seeing import see_form
from tests.platforms.web.tree import read_html

ALLOWED = {"div", "h2", "h3", "span", "p", "blockquote", "ul", "li", "dl", "dt", "dd", "img", "hr", "a", "button"}
ALLOWED |= {"form", "fieldset", "legend", "label", "input", "textarea", "select", "option"}
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def texts_of(element: Element) -> list[str]:
    match element:
        case Text(style="heading"):
            return [part for part in split_sign(element.text) if part]
        case Text():
            return [element.text]
        case Bullets():
            return list(element.items)
        case Facts():
            return [text for fact in element.facts for text in (fact.label, fact.value)]
        case Link():
            return [element.label]
        case Buttons():
            return [button.label for button in element.buttons]
        case Picture() | Divider():
            return []


def check_only_ours(drawn: str) -> None:
    for element in read_html(drawn).walk():
        assert element.tag in ALLOWED | {""}
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert not element.attributes.get("href", "https://").lower().startswith("javascript")


@quick
@given(cards)
def test_any_card_keeps_its_texts_and_adds_no_markup(card: Card) -> None:
    drawn = str(draw(card))
    check_only_ours(drawn)
    tree = read_html(drawn)
    texts = [text for element in card.elements for text in texts_of(element)]
    shown = tree.text
    at = 0
    for text in texts:
        at = shown.index(text, at) + len(text)
    actions = [b.action for element in card.elements if isinstance(element, Buttons) for b in element.buttons]
    assert [button.attributes["data-action"] for button in tree.find_all("button")] == actions
    alts = [element.alt for element in card.elements if isinstance(element, Picture)]
    assert [image.attributes["alt"] for image in tree.find_all("img")] == alts
    assert tree.get(kind="card").attributes["aria-label"] == card.summary


@quick
@given(forms)
def test_any_form_keeps_its_texts_and_errors(form: Form) -> None:
    errors = {field.id: f"fout: {field.label}" for field in form.fields}
    drawn = str(draw_form(form, errors))
    check_only_ours(drawn)
    shown = see_form(read_html(drawn))
    assert (shown.title, shown.labels) == (form.title, tuple(field.label for field in form.fields))
    assert shown.errors == {field.label: errors[field.id] for field in form.fields}


@quick
@given(forms)
def test_every_input_has_a_name_for_who_cannot_see(form: Form) -> None:
    tree = read_html(str(draw_form(form)))
    ids = [element.attributes["id"] for element in tree.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    labelled = {label.attributes["for"] for label in tree.find_all("label") if "for" in label.attributes}
    for tag in ("input", "textarea", "select"):
        for control in tree.find_all(tag):
            assert control.attributes.get("id") in labelled or "name" in control.attributes
    for fieldset in tree.find_all("fieldset"):
        assert fieldset.get("legend").text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_of_every_conversation_is_drawn(language: str) -> None:
    for examples in find_examples(language).values():  # type: ignore[arg-type]
        for example in examples:
            check_only_ours(str(draw(example.card)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    card = Card(
        summary=text,
        elements=(
            Text(text=text, style="heading"),
            Bullets(items=(text,)),
            Picture(png=b"x", alt=text),
            Buttons(buttons=(Button(label=text[:70], action=text),)),
        ),
    )
    drawn = str(draw_card(card))
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert read_html(drawn).get("h3").text == text


def test_the_sign_of_a_verdict_is_for_the_eyes_and_the_words_say_the_same() -> None:
    for heading, tone in (
        ("✅ Mag", "tone-yes"),
        ("☑️ Mag, mits", "tone-if"),
        ("❔ Grijs gebied", "tone-grey"),
        ("⛔ Mag niet", "tone-no"),
        ("Wat bedoel je?", "tone-plain"),
    ):
        tree = read_html(str(draw_card(Card(summary="x", elements=(Text(text=heading, style="heading"),)))))
        assert tone in tree.get(kind="card").classes
        assert tree.get("h3").find_all("span")[-1].text == heading.lstrip("✅☑️❔⛔ ")
        assert all(sign.attributes["aria-hidden"] == "true" for sign in tree.find_all(kind="sign"))


def test_a_form_comes_back_with_what_was_typed() -> None:
    many = tuple(Option(value=f"v{n}", label=f"keuze {n}") for n in range(12))
    form = Form(
        title="T",
        submit="S",
        cancel="C",
        action="x.y",
        fields=(
            TextField(id="a", label="A", multiline=True),
            ChoiceField(id="b", label="B", options=many),
            ManyField(id="c", label="C", options=many[:3]),
            DateField(id="d", label="D"),
        ),
    )
    typed = form.with_values({"a": "\nwit\n regel", "b": "v11", "c": ("v0", "v2"), "d": date(2026, 12, 4)})
    tree = read_html(str(draw_form(typed, {"weg": "Dit veld is er niet meer."})))
    assert tree.get("textarea").text == "\n\nwit\n regel", "a browser drops the first line break"
    assert [option.text for option in tree.find_all("option") if "selected" in option.attributes] == ["keuze 11"]
    assert ["checked" in box.attributes for box in tree.find_all("input", type="checkbox")] == [True, False, True]
    assert tree.get("input", type="date").attributes["value"] == "2026-12-04"
    assert tree.get(kind="form-error").text == "Dit veld is er niet meer."


def test_elements_stand_in_the_order_of_the_card() -> None:
    card = Card(
        summary="x", elements=(Text(text="een"), Divider(), Bullets(items=("twee", "drie")), Text(text="vier"))
    )
    shown = read_html(str(draw_card(card))).text
    places = [shown.index(word) for word in ("een", "twee", "drie", "vier")]
    assert all(a < b for a, b in pairwise(places))
