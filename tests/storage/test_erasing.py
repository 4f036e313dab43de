"""Somebody who left is erased on both databases: no name anywhere, the figures as they were, the log whole."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.figures import counting
from storage import audit, certificates, erasing, figures, own_data, register
from storage.certificates import Certificate
from storage.database import Database
from storage.figures import ALL
from storage.tables import metadata
from storage.tables.register import PeriodRow
from tests.storage.staffing import hire
from tests.storage.test_figures import KNOWLEDGE, count, read

BEGIN, TODAY = date(2026, 1, 1), date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def test_nothing_leads_to_who_was_erased(database: Database) -> None:
    async with database.transaction() as tx:
        noor = await hire(tx, "noortje", BEGIN, unit="Finance", function="controller")
        await hire(tx, "bram", BEGIN, unit="Finance", function="controller")
        one = Certificate(noor, "basis", True, date(2026, 3, 1), date(2028, 3, 1), evidence="zie noortje.pdf")
        await certificates.add(tx, one, NOW)
        await register.exempt(tx, noor, BEGIN, TODAY, "noortje is op reis", NOW)
        with pytest.raises(erasing.StillHere):
            await erasing.erase(tx, noor, TODAY, NOW)
        left = update(PeriodRow).where(col(PeriodRow.person_id) == noor)
        await tx.execute(left.values(until=TODAY - timedelta(days=30)))
    day = date(2026, 6, 1)
    async with database.transaction() as tx:
        await counting.begin(tx, KNOWLEDGE, day, NOW)
        await count(tx, day, day)
        await erasing.erase(tx, noor, TODAY, NOW)
    async with database.reading() as tx:
        for table in metadata.sorted_tables:
            rows = [dict(row._mapping) for row in await tx.execute(select(table))]
            assert "noortje" not in json.dumps(rows, default=str).lower(), table.name
        kept = await own_data.find_own(tx, noor)
        assert kept["certificates"][0]["level"] == "basis"
        assert kept["register_periods"][0]["unit"] == "Finance"
        assert [flaw async for flaw in audit.find_flaws(tx, database.sealing)] == []
        assert (await audit.find_lines(tx))[0].act == "person.erased"
    later = TODAY + timedelta(days=1)
    async with database.transaction() as tx:
        shown = await figures.find_counted(tx, day)
        assert shown is not None
        await figures.begin(tx, day, later, shown.rules, NOW)
        await count(tx, day, later)
        again = await figures.find_correction(tx, day)
        assert again is not None
        assert await read(tx, again) == await read(tx, shown)
        assert (await read(tx, again))[ALL]["people"] == 2
