"""Every platform's one table sorts the same situations in the same way, each with a reason a person can read."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest

from bot.delivery import NeverWill, TryLater, Unclear
from tests.platforms.situations import Situation
from tests.platforms.stage import PLATFORMS

ENDINGS: dict[Situation, type[Exception] | None] = {
    Situation.THROTTLED: TryLater,
    Situation.THROTTLED_BY_DATE: TryLater,
    Situation.AWAY: TryLater,
    Situation.NOT_REACHED: TryLater,
    Situation.LOST: Unclear,
    Situation.BROKEN: Unclear,
    Situation.GONE: NeverWill,
    Situation.FORBIDDEN: NeverWill,
    Situation.MESSAGE_GONE: NeverWill,
    Situation.OURS: None,
}
HAPPENING = [
    (platform, situation)
    for platform in PLATFORMS
    for situation in Situation
    if situation not in getattr(importlib.import_module(f"tests.platforms.{platform}.faults"), "CANNOT_HAPPEN", ())
]


@pytest.mark.parametrize(("platform", "situation"), HAPPENING)
def test_every_platform_sorts_it_alike(platform: str, situation: Situation) -> None:
    ending = importlib.import_module(f"tests.platforms.{platform}.faults").judge(situation)
    expected = ENDINGS[situation]
    assert ending is None if expected is None else isinstance(ending, expected), repr(ending)
    if ending is not None:
        assert len(ending.reason.split()) > 2, "a person reads it"
        assert "_" not in ending.reason, "words, not a code"


@pytest.mark.parametrize(("platform", "situation"), HAPPENING)
def test_only_a_platform_that_asks_to_slow_down_is_slowed_down(platform: str, situation: Situation) -> None:
    ending = importlib.import_module(f"tests.platforms.{platform}.faults").judge(situation)
    if not isinstance(ending, TryLater):
        return
    asked = situation in (Situation.THROTTLED, Situation.THROTTLED_BY_DATE)
    assert ending.throttled is asked
    if asked:
        assert ending.after is not None
        assert timedelta(seconds=5) < ending.after <= timedelta(seconds=7)
