"""Kept figures on both databases: each day is what was known then, and what comes in later is a correction."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.figures import counting
from bot.figures.overview import Chosen, find_overview
from knowledge.library import DEFAULT_FOLDER, load
from storage import certificates, figures, register
from storage.certificates import Certificate
from storage.database import Database
from storage.figures import ALL, Counted, Groups
from storage.transaction import Transaction
from tests.storage.staffing import hire, move

BEGIN = date(2027, 1, 1)
DAY = timedelta(days=1)
KNOWLEDGE = load(DEFAULT_FOLDER)
UNITS, FUNCTIONS = ("Finance", "IT", "HR"), ("medewerker", "controller", "data-specialist")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(3), UTC)


async def count(tx: Transaction, day: date, known_on: date, *, page: int = 4) -> int:
    """How many pages of people it took."""
    pages = 1
    while await counting.count_page(tx, day, known_on, page=page) is not None:
        pages += 1
    return pages


async def read(tx: Transaction, counted: Counted) -> Groups:
    found: Groups = {ALL: (await figures.find_groups(tx, counted, "all"))[""]}
    for kind in ("unit", "location", "function"):
        found |= {(kind, name): counts for name, counts in (await figures.find_groups(tx, counted, kind)).items()}
    return found


class Town:
    """A dozen people to whom something happens now and then."""

    def __init__(self, tx: Transaction, seed: int) -> None:
        self._tx, self._dice, self._people = tx, random.Random(seed), list[str]()

    async def live(self, day: date) -> None:
        dice, tx = self._dice, self._tx
        if len(self._people) < 12 or dice.random() < 0.2:
            name = f"p{len(self._people)}"
            id = await hire(tx, name, day, unit=dice.choice(UNITS), function=dice.choice(FUNCTIONS))
            self._people.append(id)
            return
        who, what = dice.choice(self._people), dice.randrange(4)
        if what == 0:
            await move(tx, who, day, unit=dice.choice(UNITS), function=dice.choice(FUNCTIONS))
        elif what == 1:
            await register.note_absence(tx, who, day, day + dice.choice((5, 30)) * DAY, noon(day))
        else:
            await self._test(who, day, passed=dice.random() < 0.7)

    async def _test(self, who: str, day: date, *, passed: bool) -> None:
        level = self._dice.choice(("basis", "gevorderd", "expert"))
        expires = day + self._dice.choice((20, 200)) * DAY if passed else None
        one = Certificate(who, level, passed, day, expires, statement=f"{who}{day}", source="xapi")
        await certificates.add(self._tx, one, noon(day))


async def test_a_day_counted_again_is_what_was_shown_then(database: Database) -> None:
    """Twenty days of joining, moving, absence, passing and failing, then all of them counted anew."""
    days = [BEGIN + place * DAY for place in range(20)]
    async with database.transaction() as tx:
        town = Town(tx, seed=7)
        for day in days:
            await town.live(day)
            assert await counting.begin(tx, KNOWLEDGE, day, noon(day))
            await count(tx, day, day)
        shown = {day: await read(tx, await get_counted(tx, day)) for day in days}
        assert shown[days[-1]][ALL]["people"] > 12
        assert len({str(groups) for groups in shown.values()}) > 15, "the days differ"
        later = days[-1] + 30 * DAY
        for day in days:
            rules = (await get_counted(tx, day)).rules
            assert await figures.begin(tx, day, later, rules, noon(later))
            assert await count(tx, day, later) >= 1
            again = await figures.find_correction(tx, day)
            assert again is not None
            assert await read(tx, again) == shown[day]


async def get_counted(tx: Transaction, day: date) -> Counted:
    counted = await figures.find_counted(tx, day)
    assert counted is not None and counted.day == day
    return counted


async def test_what_comes_in_later_is_a_correction_beside_it(database: Database) -> None:
    end, today = date(2027, 3, 31), date(2027, 5, 10)
    async with database.transaction() as tx:
        people = [await hire(tx, f"p{place}", BEGIN, unit="IT", function="medewerker") for place in range(6)]
        assert await counting.begin(tx, KNOWLEDGE, end, noon(end))
        assert not await counting.begin(tx, KNOWLEDGE, end, noon(end)), "once a day, whoever asks"
        assert await figures.find_counted(tx, end) is None, "nothing half counted is shown"
        assert await count(tx, end, end) == 2
        assert not await counting.begin_correction(tx, end, today, noon(today)), "nothing came in"
        for person in people[:3]:
            one = Certificate(person, "basis", True, date(2027, 3, 1), date(2029, 3, 1))
            await certificates.add(tx, one, noon(today))
        assert await counting.begin_correction(tx, end, today, noon(today))
        await count(tx, end, today)
        overview = await find_overview(tx, end, Chosen("unit", "IT"), 5)
        assert overview is not None and overview.corrected is not None
        assert (overview.group.share, overview.corrected[1].share) == (0.0, 0.5)
        assert not await counting.begin_correction(tx, end, today + DAY, noon(today + DAY)), "told already"


async def test_small_groups_are_hidden_but_for_who_may_see_people(database: Database) -> None:
    async with database.transaction() as tx:
        for place, unit in enumerate(["IT"] * 8 + ["HR"] * 6 + ["Directie"]):
            await hire(tx, f"p{place}", BEGIN, unit=unit, function="medewerker")
        await counting.begin(tx, KNOWLEDGE, BEGIN, noon(BEGIN))
        await count(tx, BEGIN, BEGIN)
        strict = await find_overview(tx, BEGIN, Chosen("unit", "Directie"), 5)
        free = await find_overview(tx, BEGIN, Chosen("unit", "Directie"), 1)
        nobody = await find_overview(tx, BEGIN, Chosen("unit", "Verzonnen"), 1)
    assert strict is not None and free is not None and nobody is not None
    assert strict.group.counts is None and nobody.group.counts is None
    shown = {one.name: one.counts is not None for one in strict.groups["unit"]}
    assert shown == {"IT": True, "HR": False, "Directie": False}, "one alone could be worked out"
    assert free.group.counts is not None and free.group.counts["people"] == 1


async def test_without_a_diploma_nothing_is_counted(database: Database) -> None:
    without = replace(KNOWLEDGE, diploma={})
    async with database.transaction() as tx:
        assert not await counting.begin(tx, without, BEGIN, noon(BEGIN))
        assert await find_overview(tx, BEGIN, Chosen(), 5) is None
