"""Wording: both languages say the same things, nothing is missing, unused or left in the other language."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.texts import WORDS, wording

HOUSE = Path(bot.__file__).parent
DYNAMIC = (
    "ask.verdict_",
    "ask.talk_",
    "ask.kind_",
    "ask.tool_blocked",
    "ask.tool_trial",
    "mine.spoken_",
    "reasons.",
    "matrix.source_",
    "matrix.state_",
    "matrix.field_",
    "matrix.status_",
    "matrix.check_",
    "matrix.difference_",
    "matrix.in_",
    "deliveries.state_",
    "deliveries.kind_",
    "lab.card_",
    "lab.queue_none_",
    "lab.short_",
    "lab.state_",
    "lab.which_",
    "diploma.state_",
    "diploma.why_",
    "diploma.member_",
    "diploma.remind_",
    "diploma.told_",
    "diploma.card_",
    "diploma.result_yes",
    "diploma.result_no",
    "figures.state_",
    "figures.by_",
    "figures.club_",
    "figures.tries_",
    "figures.unit",
    "figures.location",
    "figures.function",
    "figures.people",
    "figures.behind",
    "figures.state_",
    "figures.by_",
    "figures.club_",
    "figures.measure_",
    "figures.file_",
    "figures.tries_",
    "figures.unit",
    "figures.location",
    "figures.function",
    "figures.people",
    "figures.behind",
    "figures.state_",
    "figures.by_",
    "figures.club_",
    "figures.measure_",
    "stored.title_",
    "stored.what_",
    "stored.who_",
    "stored.long_",
    "stored.years",
    "stored.days",
    "stored.hours",
    "figures.file_",
    "figures.tries_",
    "figures.unit",
    "figures.location",
    "figures.function",
    "figures.people",
    "figures.behind",
)
"""Keys that the code puts together."""
DUTCH = re.compile(r"\b(het|een|niet|voor|jij|zijn|wordt|geen|naar|deze|ook|maar|mag ik|vraag)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(the|and|not|with|your|this|that|what|please|is not)\b", re.IGNORECASE)


def flat(text: object) -> str:
    return " ".join(text.values()) if isinstance(text, dict) else str(text)


def without_names(text: object) -> str:
    """Without values, commands and quoted button labels."""
    return re.sub(r"\{\w+\}|/\w+|‘[^’]*’", "", flat(text))


def fields(text: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(flat(text)) if name}


def code() -> str:
    files = [*HOUSE.rglob("*.py"), *HOUSE.rglob("*.html"), *HOUSE.rglob("*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_no_text_stands_twice_in_a_file() -> None:
    """YAML would take the last one and say nothing."""
    for path in sorted((HOUSE / "texts").glob("*/*.yaml")):
        keys = re.findall(r"^(\w+):", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert [key for key in keys if keys.count(key) > 1] == [], path


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    nl, en = wording("nl"), wording("en")
    assert nl.keys() == en.keys()
    for key, text in nl.items():
        assert fields(text) == fields(en[key]), key
        assert isinstance(text, dict) == isinstance(en[key], dict), key


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_is_used(language: str) -> None:
    source = code()
    unused = [
        key
        for key in wording(language)  # type: ignore[arg-type]
        if not key.startswith(DYNAMIC) and not key.endswith(".cards") and f'"{key}"' not in source
    ]
    unused = [key for key in unused if f"'{key}'" not in source]
    assert unused == []


def test_every_text_the_code_asks_for_is_there() -> None:
    files = {path.stem for path in (HOUSE / "texts" / "nl").glob("*.yaml")}
    call = rf"""(?:words|\])\(\s*["']((?:{"|".join(files)})\.[a-z_0-9]+)["']"""
    asked = set(re.findall(call, code()))
    assert len(asked) > 40
    assert asked - wording("nl").keys() == set()


def test_no_text_is_left_in_the_other_language() -> None:
    for key, text in wording("en").items():
        assert not DUTCH.search(without_names(text)), key
    for key, text in wording("nl").items():
        assert not ENGLISH.search(without_names(text)), key


def test_the_tone_no_formal_you_and_no_rows_of_exclamation_marks() -> None:
    for key, text in wording("nl").items():
        assert not re.search(r"\bu\b|\buw\b|helaas|gebruiker", flat(text), re.IGNORECASE), key
        assert "!!" not in flat(text)


def test_plurals_dates_and_lists_follow_the_language() -> None:
    from datetime import UTC, date, datetime

    nl, en = WORDS["nl"], WORDS["en"]
    assert nl("mine.questions_kept", n=1).startswith("1 vraag ")
    assert nl("mine.questions_kept", n=2).startswith("2 vragen ")
    assert nl.day(date(2026, 12, 4)) == "vr 4 december 2026"
    assert en.day(date(2026, 12, 4)) == "Fri 4 December 2026"
    assert nl.moment(datetime(2026, 12, 4, 13, 5, tzinfo=UTC), "Europe/Amsterdam") == "vr 4 december 2026 14:05"
    assert nl.listed(["a", "b", "c"]) == "a, b en c"
    assert en.listed(["a", "b"], last="house.or") == "a or b"
