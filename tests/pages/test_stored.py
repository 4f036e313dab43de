"""What we keep, in a real browser: told whole for every table, and one's own data as a file of nobody else's."""

from __future__ import annotations

import json
from datetime import date

import pytest
import pytest_asyncio
from playwright.async_api import expect
from sqlalchemy import select

from bot.commands.demo_app import seat_colleagues
from bot.pages.stored import TOPICS, list_kept, list_modules
from bot.texts import WORDS
from storage import certificates, own_data, people
from storage.certificates import Certificate
from storage.database import Database, table_of
from storage.tables.people import PersonRow
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage
from tests.storage.filled import fill
from tests.storage.staffing import hire

browsing = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


@browsing
@pytest.mark.usefixtures("seated")
async def test_everybody_may_read_it(visit: Visit) -> None:
    for phone, dark in ((False, True), (True, False)):
        page = await visit("/stored", person="sanne", phone=phone, dark=dark)
        await expect(page.get_by_role("heading", name="Wat bewaren we?")).to_be_visible()
        await expect(page.get_by_text("De vraag 400 dagen, dat hij van jou is 90 dagen.")).to_be_visible()
        assert await find_barriers(page) == []
        assert not await is_too_wide(page)


@browsing
@pytest.mark.usefixtures("seated")
async def test_my_data_as_a_file(visit: Visit, stage: WebStage) -> None:
    async with stage.app.database.transaction() as tx:
        known = await people.find_person(tx, "web", "", "sanne")
        assert known is not None
        one = Certificate(known.id, "basis", True, date(2026, 3, 1), date(2028, 3, 1), "Academie")
        await certificates.add(tx, one, stage.app.now())
    page = await visit("/", person="sanne")
    found = json.loads(await (await page.request.get(stage.address.rstrip("/") + "/stored/mine.json")).body())
    assert found["people"][0]["name"].startswith("Sanne")
    assert found["certificates"][0]["issuer"] == "Academie"
    other = await visit("/", person="ruben")
    theirs = (await (await other.request.get(page.url + "stored/mine.json")).body()).decode()
    assert "Academie" not in theirs and "Sanne" not in theirs


async def test_nothing_of_anybody_else_is_in_it(database: Database) -> None:
    """With three rows in every table, each about another person."""
    async with database.transaction() as tx:
        await fill(tx)
        ids = list((await tx.execute(select(table_of(PersonRow).c.id))).scalars())
        files = {id: json.dumps(await own_data.find_own(tx, id), default=str) for id in ids}
    for id, file in files.items():
        assert len(file) > 1_000
        for other in ids:
            assert other == id or f'"{other}"' not in file


async def test_who_was_hired_is_in_it_with_their_place(database: Database) -> None:
    async with database.transaction() as tx:
        id = await hire(tx, "noor", date(2026, 1, 1), unit="Finance", function="controller")
        await hire(tx, "bram", date(2026, 1, 1), unit="IT", function="controller")
        found = await own_data.find_own(tx, id)
    assert [row["unit"] for row in found["register_periods"]] == ["Finance"]
    assert "IT" not in json.dumps(found)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_table_is_told(language: str) -> None:
    kept = list_kept(WORDS[language])  # type: ignore[index]
    told = {module for modules in TOPICS.values() for module in modules}
    assert told <= set(list_modules()), "a text tells of a table that is gone"
    assert len(kept) == len(TOPICS) + len(set(list_modules()) - told)
    assert all(one.what and one.how_long and one.who for one in kept)
