"""A list of people against the register, on both databases: new, changed, left, back, and how it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from storage import certificates, people, register, register_import, retention
from storage.certificates import Certificate
from storage.database import Database
from storage.people import Profile
from storage.register_import import Listed, Plan

MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
BRAM = Listed("bram@example.com", "Bram", "IT", function="teamleider")
NOOR = Listed("noor@example.com", "Noor", "IT", manager="bram@example.com", aliases=("n.bakker@example.com",))


async def take(database: Database, on: date, listed: Sequence[Listed]) -> Plan:
    async with database.transaction() as tx:
        now = datetime.combine(on, time(9), UTC)
        plan = await register_import.plan(tx, listed, on, now)
        if not plan.nothing:
            await register_import.carry_out(tx, plan, now)
    return plan


async def units(database: Database) -> list[tuple[str, date, date | None]]:
    """Of Noor."""
    async with database.reading() as tx:
        id = await register.find_by_email(tx, NOOR.email)
        assert id is not None
        return [(one.unit, one.since, one.until) for one in await register.find_history(tx, id)]


async def test_moves_leaving_and_coming_back_are_rows_with_days(database: Database) -> None:
    assert len((await take(database, MARCH, [BRAM, NOOR])).new) == 2
    assert (await take(database, MARCH, [BRAM, NOOR])).nothing
    assert (await take(database, JUNE, [BRAM, replace(NOOR, unit="HR")])).changed[0].what == ("unit",)
    assert (await take(database, SEPTEMBER, [BRAM])).left == ["noor@example.com"]
    assert (await take(database, date(2026, 9, 2), [BRAM])).nothing, "who has left leaves once"
    back = date(2026, 11, 1)
    await take(database, back, [BRAM, replace(NOOR, unit="HR")])
    assert await units(database) == [("IT", MARCH, JUNE), ("HR", JUNE, SEPTEMBER), ("HR", back, None)]


async def test_an_end_that_is_known_is_put_where_it_belongs(database: Database) -> None:
    await take(database, MARCH, [BRAM, NOOR])
    await take(database, JUNE, [BRAM, replace(NOOR, ended=date(2026, 8, 31))])
    assert await units(database) == [("IT", MARCH, SEPTEMBER)]
    assert (await take(database, date(2026, 10, 1), [BRAM])).left == []


async def test_what_began_before_is_put_right_and_what_is_older_is_told(database: Database) -> None:
    await take(database, MARCH, [BRAM, replace(NOOR, since=JUNE)])
    await take(database, MARCH, [BRAM, replace(NOOR, since=JUNE, unit="HR")])
    assert await units(database) == [("HR", JUNE, None)]
    plan = await take(database, SEPTEMBER, [BRAM, replace(NOOR, since=MARCH)])
    assert plan.too_early == {"noor@example.com": JUNE}


async def test_an_address_nobody_has_and_an_old_one_of_somebody(database: Database) -> None:
    plan = await take(database, MARCH, [BRAM, replace(NOOR, manager="gone@example.com")])
    assert plan.no_manager == {"noor@example.com": "gone@example.com"}
    renamed = replace(NOOR, email="noor.visser@example.com", aliases=("noor@example.com",), manager="")
    assert not (await take(database, JUNE, [BRAM, renamed])).new
    async with database.reading() as tx:
        ids = await register.find_by_emails(
            tx, ["noor@example.com", "noor.visser@example.com", "n.bakker@example.com"]
        )
    assert len(set(ids.values())) == 1 and len(ids) == 3


async def test_an_account_with_another_address_is_the_same_person(database: Database) -> None:
    await take(database, MARCH, [BRAM, NOOR])
    now = datetime.combine(JUNE, time(9), UTC)
    async with database.transaction() as tx:
        known = await people.get_or_add_person(tx, "slack", "T1", "U1", now)
        known = await people.save_profile(tx, known, Profile("Noor", "N.Bakker@example.com"), now)
        assert (known.email, known.id) == ("noor@example.com", await register.find_by_email(tx, NOOR.email))


async def test_what_is_kept_no_longer_goes(database: Database) -> None:
    await take(database, MARCH, [BRAM, NOOR])
    await take(database, JUNE, [BRAM])
    then, later = (datetime.combine(date(year, 6, 2), time(9), UTC) for year in (2026, 2034))
    async with database.transaction() as tx:
        id = await register.find_by_email(tx, NOOR.email)
        assert id is not None
        await register.note_absence(tx, id, MARCH, JUNE, then)
        await certificates.add(tx, Certificate(id, "basis", True, date(2020, 1, 1), date(2022, 1, 1)), then)
        await retention.tidy(tx, then)
        assert len(await register.find_history(tx, id)) == len(await certificates.find_of(tx, id)) == 1
        await retention.tidy(tx, later)
        assert await register.find_history(tx, id) == await register.find_absences(tx, id) == []
        assert await certificates.find_of(tx, id) == []
