"""Nothing on any page shuts somebody out: axe finds nothing serious, by day and by night, wide and on a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from pydantic import SecretStr

from tests.pages.conftest import Visit, find_barriers
from tests.platforms.web.stage import WebStage, open_stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_a_first_visit_an_answer_and_a_form(visit: Visit, dark: bool) -> None:
    page = await visit(dark=dark, reduced_motion="reduce")
    await expect(page.locator(".from-bot")).to_have_count(1)
    assert await find_barriers(page) == []
    await page.get_by_label("Je bericht").fill(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.locator(".from-bot").last).to_contain_text("Mag, mits")
    await page.get_by_role("button", name="Startpagina").click()
    await page.locator("summary").click()
    assert await find_barriers(page) == []
    await page.get_by_role("button", name="Klopt dit niet?").click()
    await page.get_by_label("Nee, er klopt iets niet").check()
    await page.get_by_role("button", name="Verstuur", exact=True).click()
    await expect(page.locator(".field.wrong")).to_have_count(1)
    assert await find_barriers(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_a_channel_with_a_thread_and_suggestions(visit: Visit, dark: bool) -> None:
    page = await visit("/c/algemeen", dark=dark, reduced_motion="reduce")
    assert await find_barriers(page) == []
    await page.get_by_label("Je bericht").fill(f"@Prompt Club {QUESTION}")
    await page.keyboard.press("Enter")
    await expect(page.locator(".thread .from-bot")).to_contain_text("Mag, mits")
    await page.get_by_label("Je bericht").press_sequentially("@")
    await expect(page.get_by_role("listbox", name="Voorstellen")).to_be_visible()
    assert await find_barriers(page) == []


async def test_a_phone_with_its_drawer_open(visit: Visit) -> None:
    page = await visit(phone=True, reduced_motion="reduce")
    assert await find_barriers(page) == []
    await page.get_by_role("button", name="Menu", exact=True).click()
    assert await find_barriers(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_gallery(visit: Visit, dark: bool) -> None:
    page = await visit("/gallery", dark=dark)
    await page.locator("details").first.locator("summary").click()
    assert await find_barriers(page) == []


@pytest_asyncio.fixture(loop_scope="session")
async def closed(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with open_stage(tmp_path, web_secret=SecretStr("appeltaart")) as opened:
        yield opened


async def test_the_sign_in_page(browser: Browser, closed: WebStage) -> None:
    page = await browser.new_page(color_scheme="light")
    await page.goto(closed.address)
    await expect(page.get_by_role("heading", name="Kom binnen")).to_be_visible()
    await expect(page.get_by_label("Wachtwoord")).to_be_focused()
    assert await find_barriers(page) == []
    await page.keyboard.type("perentaart")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Wachtwoord")).to_have_accessible_description(
        "Dat is het niet. Kijk nog eens goed, of vraag het na."
    )
    assert await find_barriers(page) == []
    await page.keyboard.type("appeltaart")
    await page.keyboard.press("Enter")
    await page.wait_for_url(closed.address)  # not before its scripts have run, as for who types quickly
    await page.get_by_label("Je bericht").fill(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.locator(".from-bot").last).to_contain_text("Mag, mits")
    await page.context.close()
