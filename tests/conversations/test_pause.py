"""Somebody away gets no reminders, says so in their own words, and can end it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from knowledge.content import Knowledge
from storage import people
from storage.database import Database
from tests.conversations.dialog import Dialog, text_of
from tests.platforms.reading import read


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read) as dialog:
        yield dialog


async def paused_until(dialog: Dialog, user: str) -> datetime | None:
    async with dialog.database.reading() as tx:
        known = await people.find_person(tx, "plain", "", user)
        assert known is not None
        return await people.find_pause(tx, known.id)


@pytest.mark.parametrize(
    "said",
    [
        "Ik ben met vakantie tot 3 januari.",
        "pauze",
        "/promptclub pauze tot 3 januari",
        "/promptclub vakantie t/m 3-1",
    ],
)
async def test_away_until_a_day(dialog: Dialog, said: str) -> None:
    await dialog.say("sanne", said)
    if said == "pauze":
        assert "Hoelang" in text_of(dialog.last)
        assert await paused_until(dialog, "sanne") is None
    else:
        assert "tot zo 3 januari 2027" in text_of(dialog.last)
        assert await paused_until(dialog, "sanne") == datetime(2027, 1, 2, 23, 0, tzinfo=UTC), "their own midnight"


async def test_in_english(dialog: Dialog) -> None:
    await dialog.command("lucy", "language", "english")
    await dialog.say("lucy", "I'm on leave until next monday")
    assert "no reminders until Mon 30 November 2026" in text_of(dialog.last)


async def test_one_press_and_back_again(dialog: Dialog) -> None:
    await dialog.command("sanne", "pauze")
    await dialog.press("sanne", "1 week")
    assert "tot di 1 december 2026" in text_of(dialog.last)
    await dialog.command("sanne", "pauze")
    assert "geen herinneringen tot di 1 december 2026" in text_of(dialog.last)
    await dialog.press("sanne", "Weer herinneringen")
    assert await paused_until(dialog, "sanne") is None


async def test_a_day_picked_in_the_form(dialog: Dialog) -> None:
    await dialog.command("sanne", "pauze")
    await dialog.press("sanne", "Kies een dag")
    await dialog.submit("sanne", {"until": date(2026, 11, 24)})
    assert dialog.effect is not None
    assert "na vandaag" in str(dialog.effect)
    await dialog.submit("sanne", {"until": date(2026, 12, 24)})
    assert await paused_until(dialog, "sanne") == datetime(2026, 12, 23, 23, 0, tzinfo=UTC)


async def test_a_day_nobody_can_read_is_asked_about(dialog: Dialog) -> None:
    await dialog.command("sanne", "pauze", "tot kerst")
    assert "‘tot kerst’ kan ik niet als dag gebruiken" in text_of(dialog.last)


async def test_a_question_that_begins_with_a_holiday_is_a_question(dialog: Dialog) -> None:
    await dialog.say("sanne", "Ik ben met vakantie tot 3 januari, mag Copilot mijn mail beantwoorden?")
    assert await paused_until(dialog, "sanne") is None
    assert "herinneringen" not in text_of(dialog.last)
