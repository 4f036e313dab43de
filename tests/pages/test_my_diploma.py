"""Files about one's own diploma: the day as every calendar takes it, and a page for the talk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from playwright.async_api import expect
from sqlalchemy import insert

from bot.pages.calendar_file import write_day
from storage import certificates, people
from storage.certificates import Certificate
from storage.tables.register import PeriodRow
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.asyncio(loop_scope="session")
async def test_ones_own_day_and_page(visit: Visit, stage: WebStage) -> None:
    page = await visit("/", person="sanne")
    address = stage.address.rstrip("/")
    calendar, sheet = f"{address}/diploma/calendar/2027-03-10.ics", f"{address}/diploma/page.pdf"
    assert (await page.request.get(calendar)).status == 404, "nothing is asked of who is not in the register"
    async with stage.app.database.transaction() as tx:
        id = (await people.get_or_add_person(tx, "web", "", "sanne", NOW)).id
        place = {"id": uuid4().hex, "person_id": id, "since": date(2020, 1, 1), "unit": "HR", "location": ""}
        await tx.execute(insert(PeriodRow).values(**place, function="hr-adviseur", latest=True))
        one = Certificate(id, "basis", True, date(2026, 9, 1), date(2028, 9, 1))
        await certificates.add(tx, one, NOW)
    given = await page.request.get(calendar)
    assert given.headers["content-type"] == "text/calendar; charset=utf-8"
    told = await given.text()
    assert "DTSTART;VALUE=DATE:20270310\r\n" in told and "SUMMARY:AI-diploma gevorderd\r\n" in told
    assert (await page.request.get(calendar.replace("03-10", "13-10"))).status == 404
    paper = await page.request.get(sheet)
    body = await paper.body()
    assert body.startswith(b"%PDF-") and b"/Count 1\n" in body, "one page"


@pytest.mark.asyncio(loop_scope="session")
async def test_the_decision_as_a_page_and_on_paper(visit: Visit, stage: WebStage) -> None:
    page = await visit("/diploma/decision", person="sanne", phone=True)
    await expect(page.get_by_text("Een diploma is 24 maanden geldig.")).to_be_visible()
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []
    paper = await page.request.get(f"{stage.address.rstrip('/')}/diploma/decision.pdf")
    assert (await paper.body()).startswith(b"%PDF-")


def test_a_calendar_file_is_one_that_others_take() -> None:
    told = write_day("x@y", date(2028, 2, 29), "Diploma; basis, niveau 1", "Één regel\nen nog een " + "é" * 60, NOW)
    lines = told.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTEND;VALUE=DATE:20280301" in lines
    assert "SUMMARY:Diploma\\; basis\\, niveau 1" in lines
    whole = told.decode().replace("\r\n ", "")
    assert "DESCRIPTION:Één regel\\nen nog een " + "é" * 60 in whole
