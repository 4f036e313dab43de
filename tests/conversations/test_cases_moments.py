"""Moments: a channel is asked every so many weeks, not when it shared lately, and no longer when nobody answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.conversations.cases import actions
from bot.conversations.cases.moments import read_weeks
from bot.model.cards import Card
from bot.model.effects import OpenForm, Refusal
from bot.model.events import Said
from knowledge.content import Knowledge
from storage.database import Database
from tests.conversations.dialog import account_of, channel, direct, text_of
from tests.conversations.roles import meet
from tests.conversations.sharing import MONDAY, TEAM, CaseHouse

NOON = MONDAY.replace(hour=12, minute=0)
THREAD = channel("klantenservice", thread="7")


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "mehmet", role="team_lead")
        await meet(house, "sanne")
        await house.ring()
        yield house


async def say(house: CaseHouse, person: str, text: str) -> str:
    """In the team's channel; what comes back."""
    about = {"key": f"said{text}{house.clock()}", "account": account_of(person), "place": THREAD}
    await house.happen(Said.model_validate({**about, "at": house.clock(), "text": text}))
    if isinstance(house.effect, Refusal):
        return house.refusal
    return text_of(house.messages(THREAD)[-1])


async def pass_days(house: CaseHouse, days: int) -> None:
    """Ring at noon of each of so many days."""
    start = max(house.clock.moment, NOON).replace(hour=12, minute=0)
    for day in range(1, days + 1):
        await house.ring(start + timedelta(days=day))


def asked(house: CaseHouse) -> list[Card]:
    return house.messages(TEAM)


async def test_asked_every_so_many_weeks_with_the_three_questions(house: CaseHouse) -> None:
    assert "elke 2 weken" in await say(house, "mehmet", "momenten elke 2 weken")
    await pass_days(house, 1)
    (card,) = asked(house)
    for question in ("Wat werkte verrassend goed?", "Waar ging het mis?", "Wat leren we ervan?"):
        assert question in text_of(card)
    await pass_days(house, 13)
    assert len(asked(house)) == 1
    await pass_days(house, 1)
    assert len(asked(house)) == 2


async def test_one_press_to_the_form_and_an_answer_counts(house: CaseHouse) -> None:
    await say(house, "mehmet", "momenten elke 1 weken")
    for _ in range(5):
        await pass_days(house, 7)
        await house.press("sanne", "Deel je ervaring")
        assert isinstance(house.effect, OpenForm)
        await house.fill_in("sanne", who="anonymous")
        await house.keep("sanne")
    assert len(asked(house)) == 5, "whoever answers is asked again"
    assert len(await house.all_cases()) == 5


async def test_a_channel_that_shared_lately_is_skipped(house: CaseHouse) -> None:
    await say(house, "mehmet", "momenten elke 2 weken")
    await pass_days(house, 8)
    assert len(asked(house)) == 1
    await house.press("sanne", "Deel je ervaring")
    await house.fill_in("sanne")
    await house.keep("sanne")
    await pass_days(house, 13)
    assert len(asked(house)) == 1
    await pass_days(house, 1)
    assert len(asked(house)) == 2


async def test_after_two_without_an_answer_it_stops_until_asked_again(house: CaseHouse) -> None:
    await say(house, "mehmet", "momenten elke week")
    await pass_days(house, 40)
    assert len(asked(house)) == 2
    stopped = text_of(house.messages(direct("mehmet"))[-1])
    assert "In klantenservice vroeg ik twee keer" in stopped
    assert house.messages(direct("sanne")) == []
    await house.press("mehmet", "Vraag het weer")
    await pass_days(house, 8)
    assert len(asked(house)) == 3


async def test_off_is_off(house: CaseHouse) -> None:
    await say(house, "mehmet", "momenten aan")
    assert "niet meer" in await say(house, "mehmet", "/promptclub momenten uit")
    assert "al niet" in await say(house, "mehmet", "momenten uit")
    await pass_days(house, 40)
    assert asked(house) == []


async def test_by_who_may(house: CaseHouse) -> None:
    assert "rol Teamleider" in await say(house, "sanne", "momenten aan")
    await say(house, "mehmet", "momenten aan")
    again = actions.SetMoments(channel=TEAM.key, on=True).pack()
    assert isinstance(await house.press_raw("sanne", again), Refusal)
    assert "momenten uit" in await say(house, "mehmet", "momenten om de haverklap")
    assert isinstance(await house.press_raw("mehmet", actions.SetMoments(channel="x", on=True).pack()), Refusal)
    await house.command("fleur", "momenten")
    listed = text_of(house.messages(direct("fleur"))[-1])
    assert "klantenservice: elke 4 weken" in listed
    assert "@Prompt Club momenten aan" in listed


async def test_not_on_a_free_day_nor_twice_on_one(house: CaseHouse) -> None:
    friday = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
    await house.ring(friday)
    await say(house, "mehmet", "momenten aan")
    await pass_days(house, 2)
    assert asked(house) == []
    await pass_days(house, 1)
    await house.ring()
    assert len(asked(house)) == 1


def test_how_often_as_people_write_it() -> None:
    assert [read_weeks(one) for one in ("aan", "on", "6", "elke 6 weken", "aan elke 2 weken", "every week")] == [
        4, 4, 6, 6, 2, 1,
    ]  # fmt: skip
    assert [read_weeks(one) for one in ("0", "27", "vaak", "elke maand", "-1")] == [None] * 5
