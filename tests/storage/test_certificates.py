"""Certificates on both databases: added once, corrected by a new row, and as they were known at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage import audit, certificates, people
from storage.certificates import Certificate
from storage.database import Database
from storage.people import Profile
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ISSUED, EXPIRES = date(2026, 3, 1), date(2028, 3, 1)


async def meet(tx: Transaction) -> str:
    known = await people.get_or_add_person(tx, "web", "", "noor", NOW)
    return (await people.save_profile(tx, known, Profile("Noor", "noor@example.com"), NOW)).id


async def test_the_same_news_twice_is_one_row(database: Database) -> None:
    async with database.transaction() as tx:
        one = Certificate(await meet(tx), "basis", True, ISSUED, EXPIRES, "Academie")
        assert await certificates.add(tx, one, NOW)
        assert await certificates.add(tx, one, NOW) is None
        said = Certificate(one.person_id, "basis", False, ISSUED, source="xapi", statement="s-1")
        assert await certificates.add(tx, said, NOW)
        assert await certificates.add(tx, said, NOW) is None
        assert [kept.passed for kept in await certificates.find_of(tx, one.person_id)] == [True, False]
        assert await audit.count_lines(tx) == 2


async def test_a_correction_is_a_new_row_and_the_past_stays_what_was_known(database: Database) -> None:
    later = NOW + timedelta(days=10)
    async with database.transaction() as tx:
        noor = await meet(tx)
        id = await certificates.add(tx, Certificate(noor, "gevorderd", True, ISSUED, EXPIRES), NOW)
        await certificates.add(tx, Certificate(noor, "basis", True, ISSUED, EXPIRES, replaces=id), later)
        assert [kept.level for kept in await certificates.find_of(tx, noor)] == ["basis"]
        then = await certificates.find_of(tx, noor, as_known_at=NOW)
        assert [kept.level for kept in then] == ["gevorderd"]
        assert await certificates.find_of(tx, noor, as_known_at=NOW - timedelta(days=1)) == []
        assert len(await certificates.find_history(tx, noor)) == 2
        many = await certificates.find_of_many(tx, [noor, "nobody"])
        assert [kept.level for kept in many[noor]] == ["basis"] and many["nobody"] == []
