"""The card of the figures with example data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from bot.conversations.figures import cards
from bot.figures.counting import Definitions
from bot.figures.overview import Chosen, Group, Overview, Point
from bot.figures.report import Names
from bot.model.cards import Card, Example
from bot.texts import WORDS
from knowledge.content import Knowledge, Language
from knowledge.diploma import Scenario
from knowledge.diploma_rules import Rules
from knowledge.library import DEFAULT_FOLDER, load
from storage.figures import Counted

_LINK = "https://promptclub.voorbeeld.example/figures"
_DAY = date(2026, 11, 24)
_RULES = Rules(("basis", "gevorderd", "expert"), {}, 24, 60, Scenario.HYBRID, date(2027, 3, 31), (), (30,))
_TREND = ((date(2026, 3, 31), 0.41), (date(2026, 6, 30), 0.58), (date(2026, 9, 30), 0.66), (_DAY, 0.78))
_UNITS = {"Finance": (120, 71, 14), "Klantenservice": (310, 268, 9), "HR": (24, 23, 0)}


@cache
def _knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def make_example(minimum: int = 5) -> Overview:
    units = [Group(name, _count(*numbers)) for name, numbers in _UNITS.items()]
    return Overview(
        counted=Counted(_DAY, _DAY, "", datetime(2026, 11, 24, 2, 15, tzinfo=UTC)),
        definitions=Definitions(_RULES, {}),
        chosen=Chosen(),
        group=Group("", _count(454, 354, 23) + Counter({"joined": 14, "joined_in_time": 12})),
        groups={"unit": [*units, Group("Directie", None)], "location": [], "function": [], "process": []},
        trend=[Point(*point) for point in _TREND],
        corrected=None,
        minimum=minimum,
    )


def _count(people: int, valid: int, late: int) -> Counter[str]:
    return Counter(
        {
            "people": people,
            "state:valid": valid,
            "state:overdue": late,
            "state:due": people - valid - late,
            "expires:2027-02:basis": valid // 9,
            "expires:2027-05:gevorderd": valid // 14,
        }
    )


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    names, many = Names(words, _knowledge()), make_example()
    well = replace(
        many,
        minimum=1,
        trend=many.trend[-1:],
        groups={**many.groups, "unit": []},
        group=Group("", _count(40, 40, 0)),
    )
    yield Example(name=words("figures.card_shown"), card=cards.figures_card(words, names, many, _LINK, secret=True))
    yield Example(
        name=words("figures.card_nobody_behind"),
        card=cards.figures_card(words, names, well, _LINK, secret=False),
    )
    yield Example(name=words("figures.card_counting"), card=Card.of_words(words("figures.not_counted")))
    yield Example(name=words("figures.card_none"), card=Card.of_words(words("figures.none_agreed")))
