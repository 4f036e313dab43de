"""What the clock does for the Lab: reminders once and never too late, what is left over, in working time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversations.lab.actions import OpenClose, ShowTicket
from bot.conversations.lab.targets import Targets
from bot.model.actions import unpack
from bot.working_time import WorkingTime
from knowledge.content import Knowledge
from knowledge.routing import Destination, LabPlan
from storage.database import Database
from tests.conversations.dialog import buttons_of, direct, text_of
from tests.conversations.labs import COFFEE, LAB, RECORDING, LabHouse

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Ten o'clock in Amsterdam; people work from eight to six."""
ZONE = ZoneInfo("Europe/Amsterdam")
TARGETS = Targets(WorkingTime(), ZONE, timedelta(hours=4), timedelta(hours=20))


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[LabHouse]:
    async with LabHouse(database, knowledge) as house:
        yield house


def told(house: LabHouse, words: str) -> int:
    return sum(words in text_of(shown.card) for shown in house.platform.shown.values())


async def every_hour(house: LabHouse, hours: int) -> None:
    for _ in range(hours):
        await house.ring(house.clock() + timedelta(hours=1))


async def test_no_reaction_in_time_is_told_to_the_whole_lab_once(house: LabHouse) -> None:
    await house.hand_over("anna")
    await every_hour(house, 3)
    assert told(house, "kreeg nog geen reactie") == 0
    await every_hour(house, 24)
    assert told(house, "kreeg nog geen reactie") == 1
    assert "kreeg nog geen reactie" in text_of(house.messages(LAB)[1])


async def test_in_time_nobody_is_reminded_of_the_reaction(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    await every_hour(house, 12)
    assert told(house, "kreeg nog geen reactie") == 0


async def test_who_has_it_is_reminded_at_three_quarters_and_the_lab_at_the_end(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Ik pak hem op")
    await house.ring(datetime(2026, 11, 25, 13, 0, tzinfo=UTC))
    assert told(house, "wacht op je") == 0, "fourteen of the twenty hours have gone by"
    await house.ring(datetime(2026, 11, 25, 14, 30, tzinfo=UTC))
    assert "wacht op je: het liefst vóór do 26 november 2026 10:00" in house.chat("fleur")
    await every_hour(house, 40)
    assert told(house, "wacht op je") == 1
    assert told(house, "kreeg nog geen antwoord") == 1


async def test_never_after_it_was_done(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": "Ja."})
    await every_hour(house, 60)
    assert told(house, "wacht op je") == told(house, "kreeg nog geen") == told(house, "liggen") == 0


async def test_while_the_asker_is_to_speak_the_time_stands_still(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Vraag iets terug")
    await house.submit("fleur", {"text": "Welke opname?"})
    await every_hour(house, 72)
    assert told(house, "kreeg nog geen antwoord") == told(house, "liggen") == 0
    await house.press("anna", "Antwoord")
    await house.submit("anna", {"text": "Die van gisteren."})
    assert "antwoord vóór di 1 december 2026" in text_of(house.card), "from Friday the whole time again"


async def test_whom_it_is_meant_for_is_reminded_of_the_reaction(database: Database, knowledge: Knowledge) -> None:
    plan = LabPlan(destinations=(Destination(data="persoonsgegevens", person="bram@example.com"),))
    async with LabHouse(database, knowledge, plan=plan) as house:
        await house.hand_over("anna")
        await every_hour(house, 3)
        assert "wacht op je" in house.chat("bram")


async def test_what_is_left_over_is_listed_every_working_morning_until_it_is_empty(house: LabHouse) -> None:
    await house.hand_over("anna")
    await house.hand_over("cleo", COFFEE)
    for day in (25, 26, 27, 28, 29, 30):
        await house.ring(datetime(2026, 11, day, 8, 6, tzinfo=UTC))
    lists = [card for card in house.messages(LAB) if "blijven 2 meldingen liggen" in text_of(card)]
    assert len(lists) == 4, "Wednesday, Thursday, Friday and Monday"
    assert RECORDING in text_of(lists[0])
    for button in buttons_of(lists[-1]):
        shown = unpack(button.action)
        assert isinstance(shown, ShowTicket)
        await house.press_raw("fleur", OpenClose(ticket=shown.ticket).pack())
        await house.submit("fleur", {"text": "Te oud."})
    before = len(house.messages(LAB))
    await house.ring(datetime(2026, 12, 1, 8, 6, tzinfo=UTC))
    assert "blijven" not in "".join(text_of(card) for card in house.messages(LAB)[before:])


async def test_without_a_channel_the_lab_hears_it_one_by_one(database: Database, knowledge: Knowledge) -> None:
    async with LabHouse(database, knowledge, lab=None) as house:
        await house.hand_over("anna")
        await every_hour(house, 6)
        for person in ("fleur", "bram"):
            assert "kreeg nog geen reactie" in house.chat(person)
        assert all("kreeg nog geen" not in text_of(card) for card in house.messages(direct("anna")))


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        (TUESDAY, TUESDAY + timedelta(minutes=90), 90),
        (TUESDAY, TUESDAY + timedelta(hours=24), 600),
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), datetime(2026, 11, 30, 8, 0, tzinfo=UTC), 120),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), datetime(2026, 11, 29, 9, 0, tzinfo=UTC), 0),
        (TUESDAY, TUESDAY - timedelta(hours=1), 0),
    ],
    ids=["within a day", "a night between", "a weekend between", "a weekend", "backwards"],
)
def test_only_working_time_counts(begin: datetime, end: datetime, minutes: int) -> None:
    assert TARGETS.minutes(begin, end) == minutes


def test_three_quarters_of_the_way() -> None:
    assert TARGETS.react_by(TUESDAY) == TUESDAY + timedelta(hours=4)
    assert TARGETS.warn_at(TUESDAY, TARGETS.react_by(TUESDAY)) == TUESDAY + timedelta(hours=3)
