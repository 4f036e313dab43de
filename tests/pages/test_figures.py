"""The dashboard in a real browser: figures of a day, one group at a time, and files that say the same."""

from __future__ import annotations

import io
from datetime import date
from itertools import product

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from playwright.async_api import expect

from bot.commands.demo_app import seat_colleagues
from bot.figures import counting
from storage import certificates
from storage.certificates import Certificate
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage
from tests.storage.staffing import hire

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNITS = ["Finance"] * 12 + ["IT"] * 9 + ["=HYPERLINK(1)"] * 7 + ["Directie"] * 2


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def counted(stage: WebStage) -> date:
    """Thirty people of four units, every other one with a diploma; counted this morning."""
    app = stage.app
    await seat_colleagues(app.database, app.shelf.current, app.now)
    today = app.now().date()
    async with app.database.transaction() as tx:
        for place, unit in enumerate(UNITS):
            function = "controller" if unit == "Finance" else "medewerker"
            id = await hire(tx, f"q{place}", date(2025, 1, 1), unit=unit, function=function)
            if place % 2:
                level = "gevorderd" if unit == "Finance" else "basis"
                until = today.replace(year=today.year + 1, day=1)
                await certificates.add(tx, Certificate(id, level, True, date(2026, 1, 1), until), app.now())
        await counting.begin(tx, app.shelf.current, today, app.now())
        assert await counting.count_page(tx, today, today) is None
    return today


async def test_in_every_shape(visit: Visit) -> None:
    for phone, dark in product((False, True), repeat=2):
        page = await visit("/figures", person="willemijn", phone=phone, dark=dark)
        await expect(page.get_by_text("heeft 50% een geldig diploma")).to_be_visible()
        await expect(page.get_by_role("heading", name="Hoe gaat het met Prompt Club?")).to_be_visible()
        await expect(page.get_by_role("img", name="per kwartaal")).to_be_visible()
        assert not await is_too_wide(page)
        assert await find_barriers(page) == []


async def test_one_group_at_a_time_and_none_that_is_small(visit: Visit) -> None:
    page = await visit("/figures", person="willemijn")
    choose = page.get_by_label("Kies een afdeling")
    assert "Directie" not in await choose.inner_text()
    await choose.select_option("unit:Finance")
    await page.get_by_role("button", name="Laat zien").click()
    await expect(page.get_by_text("Van Finance heeft 50%")).to_be_visible()
    assert "group=unit%3AFinance" in page.url
    await page.goto(page.url.replace("Finance", "Directie"))
    await expect(page.get_by_text("te klein om te laten zien")).to_be_visible()
    await page.goto(page.url.split("?")[0] + "?day=2019-01-01")
    await expect(page.get_by_text("nog niets geteld")).to_be_visible()


async def test_the_files_say_the_same_and_hold_no_formula(visit: Visit, counted: date) -> None:
    page = await visit("/figures", person="willemijn")
    base = page.url.split("?")[0]
    sheet = (await (await page.request.get(f"{base}/figures.csv")).body()).decode("utf-8-sig")
    assert "heeft 50% een geldig diploma" in sheet
    assert "Finance,12,0.5,0" in sheet and "'=HYPERLINK(1),te klein om te tonen" in sheet
    book = load_workbook(io.BytesIO(await (await page.request.get(f"{base}/figures.xlsx")).body()))
    units = book["Per afdeling"]
    cells = [cell for row in units.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert ("Finance", 12, 0.5) in [tuple(cell.value for cell in row[:3]) for row in units.iter_rows()]
    paper = await (await page.request.get(f"{base}/figures.pdf")).body()
    assert paper.startswith(b"%PDF-") and 1 <= paper.count(b"/Type /Page\n") <= 4
    for name in ("trend", "units", "forecast"):
        picture = await page.request.get(f"{base}/{name}.png")
        assert (await picture.body()).startswith(b"\x89PNG"), name
        assert "script-src 'self'" in picture.headers["content-security-policy"]
    assert (await page.request.get(f"{base}/figures.exe")).status == 404


async def test_only_for_who_may(visit: Visit) -> None:
    page = await visit("/figures", person="willemijn")
    other = await visit("/", person="sanne")
    for file in ("", "/figures.csv", "/trend.png"):
        assert (await other.request.get(page.url.split("?")[0] + file)).status == 403
