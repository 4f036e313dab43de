"""The morning of the AI Lab: what waits is told once a day, to its channel or its people, by the clock alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.conversations.cases import actions
from bot.model.effects import Refusal
from knowledge.content import Knowledge
from storage.database import Database
from tests.conversations.dialog import direct, text_of
from tests.conversations.roles import meet
from tests.conversations.sharing import MONDAY, CaseHouse


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        await meet(house, "gijs", role="ai_lab")
        await house.ring()
        yield house


async def test_reminded_every_working_morning_and_after_a_week_in_the_list(house: CaseHouse) -> None:
    await house.share("sanne")
    assert len(house.at_the_lab()) == 1
    for days in range(1, 9):
        await house.ring(MONDAY + timedelta(days=days))
        await house.ring(MONDAY + timedelta(days=days, minutes=5))
    reminders = [text_of(card) for card in house.at_the_lab()[1:]]
    assert len(reminders) == 6, "tuesday to friday, monday and tuesday, once each"
    assert all("Eén casus wacht op het AI Lab" in said for said in reminders)
    assert ["langer dan een week" in said for said in reminders] == [False] * 5 + [True]
    await house.press("gijs", "Bekijk 1")
    assert "[Ik pak hem op]" in text_of(house.messages(direct("gijs"))[-1])
    await house.press("gijs", "Ik pak hem op")
    assert "Gijs is ermee bezig" in text_of(house.at_the_lab()[0]), "the card in the channel follows"
    await house.press("gijs", "Publiceer")
    await house.ring(MONDAY + timedelta(days=9))
    assert len(house.at_the_lab()) == 7


async def test_without_a_channel_the_people_of_the_lab_are_reminded(
    database: Database, knowledge: Knowledge
) -> None:
    async with CaseHouse(database, knowledge, lab=False) as house:
        await meet(house, "fleur", role="ai_lab")
        await house.ring()
        await house.share("sanne")
        await house.ring(MONDAY + timedelta(days=1))
        assert "Eén casus wacht" in text_of(house.messages(direct("fleur"))[-1])
        await house.command("fleur", "triage")
        await house.press("fleur", "Bekijk 1")
        await house.press("fleur", "Ik pak hem op")
        await house.press("fleur", "Publiceer")
        assert "Gepubliceerd door Fleur" in text_of(house.messages(direct("fleur"))[-1])
        await house.command("fleur", "triage")
        assert "Er wacht geen enkele casus" in text_of(house.messages(direct("fleur"))[-1])


async def test_only_the_clock_rings(house: CaseHouse) -> None:
    for action in (actions.Morning(), actions.AskChannels()):
        assert isinstance(await house.press_raw("fleur", action.pack()), Refusal)
