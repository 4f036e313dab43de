"""The register of people on both databases: who works where on a day, who leads them, and who is away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import insert

from storage import people, register
from storage.database import Database
from storage.people import Profile
from storage.tables.register import PeriodRow
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


async def meet(tx: Transaction, name: str) -> str:
    known = await people.get_or_add_person(tx, "web", "", name, NOW)
    known = await people.save_profile(tx, known, Profile(name.title(), f"{name}@example.com"), NOW)
    return known.id


async def place(
    tx: Transaction, person_id: str, unit: str, since: date, until: date | None = None, manager: str | None = None
) -> None:
    values = {"id": uuid4().hex, "person_id": person_id, "since": since, "until": until, "unit": unit}
    values |= {"location": "Utrecht", "function": "medewerker", "manager_id": manager, "latest": until is None}
    await tx.execute(insert(PeriodRow).values(**values))


async def test_which_unit_was_she_in_then(database: Database) -> None:
    async with database.transaction() as tx:
        noor, bram, cleo = await meet(tx, "noor"), await meet(tx, "bram"), await meet(tx, "cleo")
        await place(tx, bram, "Finance", MARCH)
        await place(tx, cleo, "IT", MARCH, JUNE)
        await place(tx, noor, "Finance", MARCH, JUNE, bram)
        await place(tx, noor, "IT", JUNE, None, cleo)
        assert await register.find_member(tx, noor, date(2026, 2, 28)) is None
        then = await register.find_member(tx, noor, date(2026, 5, 31))
        assert then is not None and (then.unit, then.name, then.email) == ("Finance", "Noor", "noor@example.com")
        now = await register.find_member(tx, noor, TODAY)
        assert now is not None and now.unit == "IT"
        led = await register.find_manager(tx, noor, MARCH)
        assert led is not None and led.person_id == bram
        assert await register.find_manager(tx, noor, TODAY) is None, "Cleo has left"
        assert [one.person_id for one in await register.find_team(tx, bram, MARCH)] == [noor]
        assert await register.find_team(tx, bram, TODAY) == []
        assert [one.name for one in await register.find_unit_members(tx, "Finance", MARCH)] == ["Bram", "Noor"]
        assert await register.list_units(tx, TODAY) == ["Finance", "IT"]
        assert [period.unit for period in await register.find_history(tx, noor)] == ["Finance", "IT"]


async def test_of_two_periods_at_once_the_newest_counts(database: Database) -> None:
    """Two people of the register may turn out to be one."""
    async with database.transaction() as tx:
        noor = await meet(tx, "noor")
        await place(tx, noor, "Finance", MARCH)
        await place(tx, noor, "IT", JUNE)
        assert [one.unit for one in await register.find_unit_members(tx, "IT", TODAY)] == ["IT"]
        assert await register.find_unit_members(tx, "Finance", TODAY) == []


async def test_somebody_is_found_by_a_part_of_the_name_or_by_an_address(database: Database) -> None:
    async with database.transaction() as tx:
        noor, eleanoor = await meet(tx, "noor"), await meet(tx, "eleanoor")
        for id in (noor, eleanoor):
            await place(tx, id, "Finance", MARCH)

        async def find(text: str) -> list[str]:
            return [one.person_id for one in await register.search_members(tx, text, TODAY, 9)]

        assert await find("noor") == [eleanoor, noor]
        assert await find(" NOOR@example.com ") == [noor]
        assert await find("%") == await find("_") == []
        assert await find("bram") == []


async def test_absence_and_exemption_each_have_their_days(database: Database) -> None:
    async with database.transaction() as tx:
        noor, bram = await meet(tx, "noor"), await meet(tx, "bram")
        await register.note_absence(tx, noor, MARCH, None, NOW, noted_by=bram)
        assert await register.find_away(tx, [noor, bram], JUNE) == {noor}
        assert await register.end_absence(tx, noor, date(2026, 5, 1), JUNE) == 1
        assert await register.end_absence(tx, noor, JUNE, TODAY) == 0
        assert [(one.since, one.until) for one in await register.find_absences(tx, noor)] == [(MARCH, JUNE)]
        await register.exempt(tx, noor, MARCH, JUNE, "gaat met pensioen", NOW, given_by=bram)
        assert [one.reason for one in await register.find_exemptions(tx, noor)] == ["gaat met pensioen"]


async def test_people_are_found_by_address(database: Database) -> None:
    async with database.transaction() as tx:
        noor = await meet(tx, "noor")
        assert await register.find_by_email(tx, " Noor@Example.com ") == noor
        assert await register.find_by_email(tx, "nobody@example.com") is None
