"""The weekly posts in a real browser: from the draft to the channel to the page, for everybody who may ask."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.commands.demo_app import seat_colleagues
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = "Donderdag lunchen we samen."


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


async def send(visit: Visit) -> Page:
    """As an editor does it, from the first look to the post."""
    page = await visit("/", person="fleur")
    await page.get_by_label("Je bericht").fill("/promptclub weekbericht")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Bekijk het concept").click()
    await page.get_by_role("button", name="Voeg iets toe").click()
    await page.get_by_label("Wat wil je erbij zeggen?").fill(OWN)
    await page.get_by_role("button", name="Opslaan").click()
    await expect(page.locator(".from-bot").last).to_contain_text(OWN)
    await page.get_by_role("button", name="Verstuur het nu").click()
    await expect(page.locator(".from-bot").last).to_contain_text("Fleur Janssens heeft het verstuurd.")
    await expect(page.locator(".from-bot").last.get_by_role("button")).to_have_count(0)
    return page


async def test_an_editor_sends_it_and_it_stands_in_the_channel(visit: Visit) -> None:
    await send(visit)
    channel = await visit("/c/algemeen", person="sanne")
    await expect(channel.locator(".from-bot").last).to_contain_text(OWN)
    assert await find_barriers(channel) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_everybody_reads_it_back(visit: Visit, phone: bool, dark: bool) -> None:
    await send(visit)
    page = await visit("/digest", person="sanne", phone=phone, dark=dark)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Weekberichten")
    await expect(page.locator(".card")).to_contain_text(OWN)
    await page.get_by_role("navigation", name="Per week").get_by_role("link").click()
    assert "/digest/20" in page.url
    await expect(page.locator(".card")).to_contain_text(OWN)
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Weekly posts")


async def test_with_nothing_posted_it_says_so(visit: Visit) -> None:
    page = await visit("/digest", person="sanne", phone=True)
    await expect(page.get_by_text("Er is nog geen weekbericht geweest. Het eerste komt op ")).to_be_visible()
    assert await find_barriers(page) == []


async def test_a_week_without_a_post_and_a_made_up_one(visit: Visit) -> None:
    await send(visit)
    for week in ("2020-W01", "<script>", "..%2F..%2Fetc"):
        page = await visit(f"/digest/{week}", person="sanne", expects="404")
        await expect(page.locator(".card")).to_have_count(0)
