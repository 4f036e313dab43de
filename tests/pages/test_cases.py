"""Cases in a real browser: shared in the workspace, looked at by the Lab, found on the page by everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.commands.demo_app import seat_colleagues
from storage import cases, cases_search
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

DID = "Ik liet Copilot een klantmail schrijven voor jan@voorbeeld.nl."
HAPPENED = "De toon was goed, maar de datum klopte niet."


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


async def type_in(page: Page, words: str) -> None:
    await page.get_by_label("Je bericht").fill(words)
    await page.keyboard.press("Enter")


async def share(page: Page, who: str) -> None:
    """Filled in, shown back, kept."""
    await type_in(page, "/promptclub case")
    form = page.get_by_role("dialog")
    await form.get_by_label("Het werkte").check()
    await form.get_by_label("Wat deed je?").fill(DID)
    await form.get_by_label("Wat gebeurde er?").fill(HAPPENED)
    await form.get_by_label(who).check()
    await form.get_by_label("Ja, dat mag").check()
    await form.get_by_role("button", name="Verder").click()
    await expect(form.get_by_text("Klopt het zo?")).to_be_visible()
    await expect(form.get_by_label("Wat deed je?")).not_to_have_value(DID)
    assert await find_barriers(page) == []
    await form.get_by_role("button", name="Bewaar").click()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_from_sharing_to_the_page(visit: Visit, phone: bool) -> None:
    page = await visit("/", person="sanne", phone=phone)
    await share(page, "Ja, met mijn naam")
    await expect(page.locator(".from-bot").last).to_contain_text("Dank je wel")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    lab = await visit("/", person="fleur")
    await type_in(lab, "/promptclub triage")
    await lab.get_by_role("button", name="Bekijk 1").click()
    await lab.get_by_role("button", name="Ik pak hem op").click()
    await expect(lab.locator(".from-bot").last).to_contain_text("Fleur Janssens is ermee bezig.")
    await lab.get_by_role("button", name="Publiceer").click()
    await expect(lab.locator(".from-bot").last).to_contain_text("Gepubliceerd door Fleur Janssens.")
    await expect(page.locator(".from-bot").last).to_contain_text("Je casus is gepubliceerd.")
    await page.goto(page.url + "cases?q=klantmail")
    await expect(page.get_by_role("article")).to_contain_text(HAPPENED)
    await expect(page.get_by_role("article")).to_contain_text("Gedeeld door Sanne de Wit")
    assert "jan@voorbeeld.nl" not in await page.content()
    assert not await is_too_wide(page)


async def test_without_a_name_the_code_is_shown_once_and_leads_back(visit: Visit) -> None:
    page = await visit("/", person="sanne")
    await expect(page.locator(".from-bot")).to_have_count(1)  # the welcome
    await share(page, "Nee, anoniem")
    form = page.get_by_role("dialog")
    code = await form.get_by_label("Je code").input_value()
    assert len(code) == 19
    assert await find_barriers(page) == []
    await form.get_by_role("button", name="Doe dit").click()
    await expect(form).to_be_hidden()
    await expect(page.locator(".from-bot")).to_have_count(1)
    await type_in(page, "/promptclub case code")
    await form.get_by_label("Je code").fill(code)
    await form.get_by_role("button", name="Bekijk").click()
    await expect(form.get_by_text("nog niet naar gekeken")).to_be_visible()
    await form.get_by_label("Intrekken").check()
    await form.get_by_role("button", name="Doe dit").click()
    await expect(form.get_by_text("Hij is ingetrokken.")).to_be_visible()


async def fill(stage: WebStage, number: int) -> None:
    """Published, one a minute."""
    begin = datetime(2026, 11, 20, 9, tzinfo=UTC)
    async with stage.app.database.transaction() as tx:
        for one in range(number):
            kind, tool = ("failure", "Gemini") if one % 3 == 0 else ("success", "Microsoft 365 Copilot")
            long = "Een lange les. " * (60 if one == number - 1 else 1)
            words = {"kind": kind, "did": f"Werk {one}", "happened": "<b>Iets</b>", "learned": long, "tool": tool}
            at = begin + timedelta(minutes=one)
            id = await cases.add(
                tx, now=begin, **words, task="", language="nl", in_digest=True, stale=False, published_at=at
            )
            marks = [cases_search.mark("kind", kind)]
            await cases_search.publish(tx, id, list(words.values()), marks)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_the_page_in_every_shape(visit: Visit, stage: WebStage, phone: bool, dark: bool) -> None:
    await fill(stage, 6)
    page = await visit("/cases", person="tom", phone=phone, dark=dark)
    await expect(page.get_by_role("article")).to_have_count(6)
    await expect(page.get_by_role("article").first).to_contain_text("Werk 5")
    await expect(page.get_by_text("<b>Iets</b>").first).to_be_visible()
    await page.get_by_text("De hele tekst").click()
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []


async def test_filters_words_and_pages(visit: Visit, stage: WebStage) -> None:
    await fill(stage, 45)
    page = await visit("/cases", person="tom")
    await expect(page.get_by_role("article")).to_have_count(20)
    await page.get_by_role("link", name="Oudere casussen").click()
    await expect(page.get_by_role("article").first).to_contain_text("Werk 24")
    await page.get_by_role("link", name="Oudere casussen").click()
    await expect(page.get_by_role("article")).to_have_count(5)
    await page.get_by_role("link", name="Terug naar de nieuwste").click()
    await expect(page.get_by_role("article").first).to_contain_text("Werk 44")
    await page.get_by_label("Hoe het liep").select_option(label="Het liep anders dan gedacht")
    await page.get_by_label("Zoek", exact=True).fill("gemini werk")
    await page.get_by_role("button", name="Toon").click()
    await expect(page.get_by_role("article")).to_have_count(15)
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_label("How it went")).to_have_value("failure")
    await expect(page.get_by_role("article")).to_have_count(15)
    await page.get_by_label("Search", exact=True).fill("nothing such")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_text("Nobody has shared anything about ‘nothing such’ yet.")).to_be_visible()


@pytest.mark.parametrize(
    "query", ["before=x", "before=2026-11-20~", "kind=<b>&tool=x&task=y", "q=%00%27%22", "before=9"]
)
async def test_an_address_that_somebody_made_up(visit: Visit, stage: WebStage, query: str) -> None:
    await fill(stage, 2)
    page = await visit(f"/cases?{query}", person="tom")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Casussen")
