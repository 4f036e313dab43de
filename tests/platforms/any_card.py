"""Any card and any form that the neutral model allows, for hypothesis: drawn on a platform, none may break it.

`cards` and `forms` are of everyday size and quick to draw; `full_cards` and `full_forms` go up to every limit.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

from hypothesis import assume
from hypothesis import strategies as st

from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    DateField,
    Divider,
    Element,
    Fact,
    Facts,
    Form,
    FormField,
    Link,
    ManyField,
    Option,
    Picture,
    Text,
    TextField,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<!channel> <@U1> <at>x</at>",
    "</p></div><img src=x onerror=alert(1)>",
    "\"'><b> &lt; &amp; {{7*7}} {% raw %}",
    "*ster* _lijn_ [link](javascript:alert(1)) `code`\n> citaat\n# kop",
    "ملف \u202e rtl \U0001f600 \ufe0f é ẞ",
)
_any = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")


def words(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Something short, or hostile, or as long as it may be."""
    short = st.text(_any, min_size=least, max_size=min(most, 40))
    hostile = st.sampled_from(HOSTILE).map(lambda text: text[:most])
    return short | hostile | st.just("<&é✅ " * most).map(lambda text: text[:most])


def _buttons() -> st.SearchStrategy[Button]:
    return st.builds(
        Button,
        label=words(limits.BUTTON_LABEL),
        action=words(limits.ACTION),
        style=st.sampled_from(["default", "primary", "danger"]),
        opens_form=st.booleans(),
    )


def _quote(path: str) -> str:
    """As an address holds it, and no longer than it may be."""
    return re.sub("%[0-9A-F]?$", "", quote(path)[: limits.LINK_URL - 40])


def _some(parts: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, min_size=1, max_size=most).map(tuple)


def _elements(full: bool) -> st.SearchStrategy[Element]:
    def up_to(limit: int, everyday: int) -> int:
        return limit if full else min(limit, everyday)

    fact = st.builds(Fact, label=words(up_to(limits.FACT_LABEL, 40)), value=words(up_to(limits.FACT_VALUE, 60)))
    path = words(up_to(limits.LINK_URL - 40, 60), 0)
    styles = st.sampled_from(["normal", "strong", "quiet", "quote"])
    return st.one_of(
        st.builds(Text, text=words(up_to(limits.TEXT, 600)), style=styles),
        st.builds(Text, text=words(limits.HEADING), style=st.just("heading")),
        st.builds(Bullets, items=_some(words(up_to(200, 60)), up_to(limits.BULLETS, 6))),
        st.builds(Facts, facts=_some(fact, up_to(limits.FACTS, 4))),
        st.builds(Picture, png=st.binary(min_size=1, max_size=40), alt=words(up_to(limits.PICTURE_ALT, 80))),
        st.builds(Divider),
        st.builds(
            Link,
            label=words(limits.BUTTON_LABEL),
            url=path.map(lambda path: f"https://voorbeeldbv.example/{_quote(path)}"),
        ),
        st.builds(Buttons, buttons=_some(_buttons(), up_to(limits.BUTTONS, 3))),
    )


@st.composite
def _cards(draw: st.DrawFn, full: bool) -> Card:
    chosen = draw(st.lists(_elements(full), min_size=1, max_size=limits.CARD_ELEMENTS if full else 6))
    summary = draw(words(limits.SUMMARY if full else 120))
    while True:  # a card that is too long in all is no card: leave out the last
        try:
            return Card(summary=summary, elements=tuple(chosen))
        except ValueError:
            chosen.pop()
            assume(chosen)


cards, full_cards = _cards(full=False), _cards(full=True)


def _fields(full: bool) -> st.SearchStrategy[FormField]:
    about = {
        "label": words(limits.FIELD_LABEL),
        "hint": words(limits.FIELD_HINT if full else 60, 0),
        "required": st.booleans(),
    }
    gone = ["elders"] if full else []  # what was picked before is no longer among the options

    def options(most: int) -> st.SearchStrategy[tuple[Option, ...]]:
        return _some(words(limits.OPTION_LABEL), most).map(
            lambda labels: tuple(Option(value=f"v{number}", label=label) for number, label in enumerate(labels))
        )

    return st.one_of(
        st.builds(
            TextField,
            id=st.just("text"),
            value=words(limits.FIELD_TEXT if full else 80, 0),
            placeholder=words(limits.FIELD_PLACEHOLDER if full else 60, 0),
            multiline=st.booleans(),
            max_length=st.integers(1, limits.FIELD_TEXT) if full else st.just(limits.FIELD_TEXT),
            **about,
        ),
        st.builds(
            ChoiceField,
            id=st.just("choice"),
            options=options(limits.CHECKBOXES + 2 if full else limits.CHECKBOXES),
            value=st.sampled_from([None, "v0", *gone]),
            **about,
        ),
        st.builds(
            ManyField,
            id=st.just("many"),
            options=options(limits.CHECKBOXES),
            value=st.sampled_from([(), ("v0",), *((value,) for value in gone)]),
            **about,
        ),
        st.builds(DateField, id=st.just("day"), value=st.none() | st.dates(min_value=date(1900, 1, 1)), **about),
    )


def _forms(full: bool) -> st.SearchStrategy[Form]:
    return st.builds(
        Form,
        title=words(limits.FORM_TITLE),
        submit=words(limits.FORM_SUBMIT),
        cancel=words(limits.FORM_SUBMIT),
        action=words(limits.ACTION),
        intro=words(limits.TEXT if full else 80, 0),
        fields=st.lists(_fields(full), min_size=1, max_size=4, unique_by=lambda field: field.id).map(tuple),
    )


forms, full_forms = _forms(full=False), _forms(full=True)
