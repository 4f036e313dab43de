"""The neutral model: values know their limits, actions travel there and back, and nothing else comes in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.conversations import find_examples
from bot.model import limits
from bot.model.actions import Action, UnknownAction, known_actions, unpack
from bot.model.cards import Button, Buttons, Card, Divider, Form, Picture, Text, TextField, shorten
from bot.model.events import Place, event_adapter
from knowledge.content import LANGUAGES


class Wave(Action, name="tests.wave"):
    to: str
    times: int = 1


@given(st.text(max_size=300), st.integers())
def test_an_action_comes_back_as_it_went(to: str, times: int) -> None:
    action = Wave(to=to, times=times)
    assert unpack(action.pack()) == action


@given(st.text())
def test_no_text_of_a_client_makes_unpacking_fail_otherwise(packed: str) -> None:
    with pytest.raises(UnknownAction):
        unpack(packed)


@pytest.mark.parametrize(
    "packed",
    [
        '["tests.wave", {"to": 1, "times": "x"}]',
        '["tests.wave", {"to": "a", "extra": 1}]',
        '["nobody.knows", {}]',
        "[[]]",
        "null",
        '{"a": 1}',
        "[" * 3000,
        json.dumps(["tests.wave", {"to": "x" * 5000}]),
    ],
)
def test_a_forged_action_is_unknown(packed: str) -> None:
    with pytest.raises(UnknownAction):
        unpack(packed)


def test_a_name_is_given_once() -> None:
    with pytest.raises(TypeError, match="already"):

        class Again(Action, name="tests.wave"):
            pass


def test_an_action_that_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="at most"):
        Wave(to="x" * limits.ACTION).pack()


def test_every_action_of_a_conversation_is_named_after_it() -> None:
    find_examples("nl")
    for name, action in known_actions().items():
        if action.__module__.startswith("bot.conversations."):
            assert name.split(".")[0] == action.__module__.split(".")[2]


@pytest.mark.parametrize(
    "build",
    [
        lambda: Text(text=""),
        lambda: Text(text="x" * (limits.TEXT + 1)),
        lambda: Text(text="x" * (limits.HEADING + 1), style="heading"),
        lambda: Buttons(buttons=()),
        lambda: Button(label="x" * (limits.BUTTON_LABEL + 1), action="[]"),
        lambda: Picture(png=b"x" * (limits.PICTURE_BYTES + 1), alt="a"),
        lambda: Picture(png=b"x", alt=""),
        lambda: Card(summary="x", elements=()),
        lambda: Card(summary="x", elements=tuple(Text(text="x" * 2500) for _ in range(6))),
        lambda: Card(
            summary="x",
            elements=tuple(Buttons(buttons=(Button(label="x", action="[]"),) * 9) for _ in range(3)),
        ),
        lambda: Card(summary="x", elements=(Buttons(buttons=(Button(label="x", action="x" * 2000),) * 5),)),
        lambda: Form(title="x", submit="y", cancel="z", action="[]", fields=()),
        lambda: Form(
            title="x",
            submit="y",
            cancel="z",
            action="[]",
            fields=(TextField(id="a", label="a"), TextField(id="a", label="b")),
        ),
    ],
)
def test_a_value_beyond_its_limit_cannot_be_built(build: object) -> None:
    with pytest.raises(ValidationError):
        build()  # type: ignore[operator]


@given(st.text(min_size=1, max_size=200), st.integers(min_value=2, max_value=50))
def test_shorten_never_exceeds(text: str, most: int) -> None:
    assert len(shorten(text, most)) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_conversation_has_examples_that_survive_being_stored(language: str) -> None:
    examples = find_examples(language)  # type: ignore[arg-type]
    assert examples
    for conversation, found in examples.items():
        assert found, conversation
        names = [example.name for example in found]
        assert len(names) == len(set(names))
        for example in found:
            card = example.card
            written = card.write() if isinstance(card, Card) else card.model_dump_json()
            assert type(card).model_validate_json(written) == card


def test_an_answer_is_short_before_somebody_presses_for_more() -> None:
    """tone.md: under eight lines; the small print and the buttons do not count."""
    for example in find_examples("nl")["ask"]:
        if isinstance(example.card, Card) and example.name.startswith("Antwoord"):
            lines = 0
            for element in example.card.elements:
                match element:
                    case Text(style="quiet") | Buttons():
                        pass
                    case Text():
                        lines += 1
                    case _:
                        lines += len(getattr(element, "items", ()))
            assert lines <= 11, f"{example.name}: {lines}"


def test_a_place_key_tells_chats_and_threads_apart() -> None:
    one = Place(platform="slack", tenant="T", id="C1", kind="channel", thread="1")
    assert one.key != one.model_copy(update={"thread": "2"}).key
    assert one.key != one.model_copy(update={"id": "C2"}).key
    unknown = Place(platform="slack", tenant="T", id="", kind="direct", user="U1")
    assert unknown.key != unknown.model_copy(update={"user": "U2"}).key


def test_an_event_survives_being_stored() -> None:
    event = event_adapter.validate_python(
        {
            "kind": "said",
            "key": "k",
            "account": {"platform": "p", "tenant": "", "user": "u"},
            "place": {"platform": "p", "tenant": "", "id": "x", "kind": "direct"},
            "at": "2026-11-24T09:00:00Z",
            "text": "hoi",
        }
    )
    assert event_adapter.validate_json(event_adapter.dump_json(event)) == event


def test_a_card_with_more_is_written_as_one_that_was_made_whole() -> None:
    button = Buttons(buttons=(Button(label="Verder", action='["a",{"id":"0000"}]'),))
    first, more = Text(text='Met "aanhalingstekens" en ]}'), (Divider(), button)
    drawn_once = Card(summary="Kort", elements=(first, button))
    for card in (drawn_once, drawn_once.about("0000", "1234")):
        whole = card.with_more(*more)
        assert whole.elements == (first, button, *more)
        assert whole.write() == Card.model_validate_json(whole.write()).write()
        assert len(Card.model_validate_json(whole.write()).elements) == 4
    with pytest.raises(ValueError, match="at most"):
        drawn_once.with_more(*[Divider()] * limits.CARD_ELEMENTS)
    with pytest.raises(ValueError, match="at most"):
        drawn_once.with_more(Text(text="x" * limits.TEXT), *[Text(text="y" * limits.TEXT)] * 20)
