"""When two questions are the same question: on the safe side, since one answer will serve both."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversations.lab.likeness import is_same

ROW = {"candidates": ["verslag"], "data": [], "tools": []}
NO_ROW: dict[str, Any] = {"candidates": [], "data": [], "tools": []}
TEXT = "Mag ik een verslag van een overleg laten samenvatten?"

SAME = [
    "Mag ik het verslag van een overleg samenvatten?",
    "mag ik verslagen van ons overleg laten samenvatten",
    "Kan ik een verslag van overleg met AI laten samenvatten",
]
OTHER = [
    "Mag ik een verslag van een overleg niet laten samenvatten?",
    "Mag ik een verslag zonder namen van een overleg laten samenvatten?",
    "Mag ik een verslag van een overleg laten vertalen?",
    "Mag ik 3 verslagen van een overleg laten samenvatten?",
    "Mag ik samenvatten?",
    "Mag dit?",
    "",
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_in_other_words(text: str) -> None:
    assert is_same(TEXT, ROW, text, ROW)
    assert is_same(text, ROW, TEXT, ROW)


@pytest.mark.parametrize("text", OTHER)
def test_another_question(text: str) -> None:
    assert not is_same(TEXT, ROW, text, ROW)


@pytest.mark.parametrize(
    "about",
    [
        {**ROW, "candidates": ["vertalen"]},
        {**ROW, "data": ["persoonsgegevens"]},
        {**ROW, "tools": ["copilot"]},
        {**ROW, "tools": ["?"], "tool_words": "Fireflies"},
        NO_ROW,
    ],
)
def test_another_row_other_data_or_another_tool_is_another_question(about: dict[str, Any]) -> None:
    assert not is_same(TEXT, ROW, TEXT, about)


def test_two_tools_nobody_knows_are_two() -> None:
    one, other = ({**ROW, "tools": ["?"], "tool_words": name} for name in ("Otter", "Fireflies"))
    assert not is_same(TEXT, one, TEXT, other)


def test_without_a_row_the_words_must_say_nearly_the_same() -> None:
    assert is_same(TEXT, NO_ROW, "Mag ik het verslag van een overleg laten samenvatten?", NO_ROW)
    assert not is_same(TEXT, NO_ROW, "Mag ik een lang verslag van het overleg gisteren laten samenvatten?", NO_ROW)


def test_a_long_story_is_its_own() -> None:
    story = f"{TEXT} " * 20
    assert not is_same(story, ROW, story, ROW)
