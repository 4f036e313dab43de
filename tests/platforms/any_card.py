"""Any card and any form that the neutral model allows, for hypothesis: drawn on a platform, none may break it."""

from __future__ import annotations

from datetime import date

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


urls = words(60, 0).map(lambda path: f"https://voorbeeldbv.example/{path}")
buttons = st.builds(
    Button,
    label=words(limits.BUTTON_LABEL),
    action=words(limits.ACTION),
    style=st.sampled_from(["default", "primary", "danger"]),
    opens_form=st.booleans(),
)
elements = st.one_of(
    st.builds(Text, text=words(600), style=st.sampled_from(["normal", "strong", "quiet", "quote"])),
    st.builds(Text, text=words(limits.HEADING), style=st.just("heading")),
    st.builds(Bullets, items=st.lists(words(60), min_size=1, max_size=6).map(tuple)),
    st.builds(
        Facts,
        facts=st.lists(st.builds(Fact, label=words(40), value=words(60)), min_size=1, max_size=4).map(tuple),
    ),
    st.builds(Picture, png=st.binary(min_size=1, max_size=40), alt=words(80)),
    st.builds(Divider),
    st.builds(Link, label=words(limits.BUTTON_LABEL), url=urls),
    st.builds(Buttons, buttons=st.lists(buttons, min_size=1, max_size=3).map(tuple)),
)
cards = st.builds(Card, summary=words(120), elements=st.lists(elements, min_size=1, max_size=6).map(tuple))

_about = {"label": words(limits.FIELD_LABEL), "hint": words(60, 0), "required": st.booleans()}
_options = st.lists(words(limits.OPTION_LABEL), min_size=1, max_size=limits.CHECKBOXES).map(
    lambda labels: tuple(Option(value=f"v{number}", label=label) for number, label in enumerate(labels))
)
fields = st.one_of(
    st.builds(
        TextField,
        id=st.just("text"),
        value=words(80, 0),
        placeholder=words(60, 0),
        multiline=st.booleans(),
        **_about,
    ),
    st.builds(ChoiceField, id=st.just("choice"), options=_options, value=st.none() | st.just("v0"), **_about),
    st.builds(ManyField, id=st.just("many"), options=_options, value=st.just(()) | st.just(("v0",)), **_about),
    st.builds(DateField, id=st.just("day"), value=st.none() | st.dates(min_value=date(1900, 1, 1)), **_about),
)
forms = st.builds(
    Form,
    title=words(limits.FORM_TITLE),
    submit=words(limits.FORM_SUBMIT),
    cancel=words(limits.FORM_SUBMIT),
    action=words(limits.ACTION),
    intro=words(80, 0),
    fields=st.lists(fields, min_size=1, max_size=4, unique_by=lambda field: field.id).map(tuple),
)
