"""The Lab's page in a real browser: the queue, searching, one ticket whole, how soon people hear something."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.commands.demo_app import seat_colleagues
from storage import people, tickets
from storage.tickets import Ticket
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


async def add(
    stage: WebStage, text: str, *, hours: int = 1, late: bool = False, unit: str = "", **changed: object
) -> Ticket:
    now = stage.app.now()
    opened = now - timedelta(hours=hours)
    due = now - timedelta(hours=1) if late else now + timedelta(days=1)
    async with stage.app.database.transaction() as tx:
        ticket = await tickets.add(
            tx, text=text, note="", language="nl", reading={}, row=None, unit=unit, meant_for=None, now=opened,
            due_by=due, answer_by=due,
        )  # fmt: skip
        known = await people.get_or_add_person(tx, "web", "", "sanne", now)
        await tickets.add_asker(tx, ticket.id, known.id, opened)
        ticket = await tickets.get(tx, ticket.id)
        if changed:
            await tickets.change(tx, ticket, **changed)
    return ticket


async def fill(stage: WebStage) -> None:
    await add(stage, "Mag ik een <b>opname</b> laten uitschrijven?", hours=30, late=True)
    await add(stage, "Mag de planning met een nieuwe tool?", hours=3)
    for week in range(1, 7):
        await add(
            stage, f"Vraag van {week} weken terug", hours=week * 168, state="answered", answer="Ja.", due_by=None,
            reaction_minutes=40 * week, answer_minutes=700 - 60 * week,
        )  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_the_queue_and_how_soon(visit: Visit, stage: WebStage, phone: bool, dark: bool) -> None:
    await fill(stage)
    page = await visit("/lab", person="fleur", phone=phone, dark=dark)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Meldingen")
    await expect(page.locator("table").first.get_by_role("rowheader")).to_have_text(
        ["Mag ik een <b>opname</b> laten uitschrijven?", "Mag de planning met een nieuwe tool?"]
    )
    await expect(page.locator(".badge.is-late")).to_have_text("te laat")
    await expect(page.get_by_role("img", name="Per week")).to_be_visible()
    await expect(page.locator(".times-picture rect")).to_have_count(12)
    await expect(page.locator(".times-table")).to_contain_text("0,7 uur")
    named = page.locator(".times-table .named", has_text="Eerste reactie:").first
    await expect(named).to_be_visible(visible=phone)  # never by colour alone
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []


async def test_search_and_filter_find_it(visit: Visit, stage: WebStage) -> None:
    await fill(stage)
    page = await visit("/lab", person="fleur")
    await page.get_by_label("Zoek op woorden").fill("plann TOOL")
    await page.get_by_role("button", name="Toon").click()
    rows = page.locator("table").first.get_by_role("rowheader")
    await expect(rows).to_have_text(["Mag de planning met een nieuwe tool?"])
    await page.get_by_label("Zoek op woorden").fill("%_' OR 1=1")
    await page.get_by_role("button", name="Toon").click()
    await expect(page.get_by_text("Ik vind geen melding die hierbij past.")).to_be_visible()
    await page.get_by_label("Zoek op woorden").fill("")
    await page.get_by_label("Welke").select_option(label="Klaar")
    await page.get_by_role("button", name="Toon").click()
    await expect(rows).to_have_count(6)
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_label("Which")).to_have_value("closed")


async def test_many_are_paged(visit: Visit, stage: WebStage) -> None:
    for number in range(53):
        await add(stage, f"Vraag nummer {number}", hours=100 - number)
    page = await visit("/lab", person="fleur")
    rows = page.locator("table").first.get_by_role("rowheader")
    await expect(rows).to_have_count(50)
    await page.get_by_role("link", name="Volgende").click()
    await expect(rows).to_have_text([f"Vraag nummer {number}" for number in (50, 51, 52)])
    await page.get_by_role("link", name="Vorige").click()
    await expect(rows).to_have_count(50)
    assert await find_barriers(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_one_ticket_whole(visit: Visit, stage: WebStage, phone: bool) -> None:
    long = "Een lang verhaal. " * 600 + "EINDE"
    ticket = await add(stage, long, unit="Wijkteam Oost", state="answered", answer="Ja, met toestemming.")
    async with stage.app.database.transaction() as tx:
        await tickets.add_note(tx, ticket.id, "answered", stage.app.now(), text="Ja, met toestemming.")
    page = await visit(f"/lab/{ticket.id}", person="fleur", phone=phone)
    await expect(page.get_by_text("EINDE")).to_be_visible()
    await expect(page.locator(".lead")).to_contain_text("Afdeling: Wijkteam Oost.")
    await expect(page.get_by_text("Ja, met toestemming.").first).to_be_visible()
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []


async def test_what_is_not_there_says_so(visit: Visit) -> None:
    page = await visit("/lab/nothing", person="fleur", expects="404")
    await expect(page.get_by_text("Deze melding is er niet (meer).")).to_be_visible()


async def test_with_nothing_asked_it_says_so(visit: Visit) -> None:
    page = await visit("/lab?which=late&page=99999999&search=x", person="fleur", phone=True)
    await expect(page.get_by_text("Ik vind geen melding die hierbij past.")).to_be_visible()
    await expect(page.get_by_text("Er is nog niets beantwoord.")).to_be_visible()
    assert await find_barriers(page) == []


async def test_a_colleague_without_the_role_reads_which_one_it_takes(visit: Visit) -> None:
    page = await visit("/lab", person="sanne", expects="403")
    await expect(page.get_by_text("rol AI Lab")).to_be_visible()
