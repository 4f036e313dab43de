"""The living matrix in a real browser: everyone sees it, finds in it, and reads how a rule came about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import expect

from bot.in_force import make_version
from storage import matrix
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROW = "klantmail"
WHY = "Klanten vroegen erom <b>echt</b>."


async def agree(stage: WebStage) -> None:
    """A cell of the row is stricter from now on."""
    app = stage.app
    async with app.database.transaction() as tx:
        held = await matrix.find_version(tx, "row", ROW)
        assert held is not None and held.content is not None
        content = {**held.content, "verdicts": {**held.content["verdicts"], "intern": "mag_niet"}}
        standing = (await matrix.list_standing(tx))["row", ROW]
        version = make_version("row", ROW, content, standing, app.now(), source="chat")
        await matrix.add_versions(tx, [replace(version, why=WHY)], app.now())


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True)], ids=["desktop-light", "phone-dark"])
async def test_everybody_sees_the_whole(visit: Visit, stage: WebStage, phone: bool, dark: bool) -> None:
    page = await visit("/matrix", person="sanne", phone=phone, dark=dark)
    rows = stage.app.shelf.current.use_cases
    await expect(page.get_by_text(f"{len(rows)} regels", exact=True)).to_be_visible()
    assert await page.locator(".grid tbody tr").count() == len(rows)
    assert await page.locator(".grid td").count() == len(rows) * len(stage.app.shelf.current.policy.data_classes)
    await expect(page.locator("#klantmail")).to_contain_text("⛔ Mag niet")
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("What may we do with AI?")


async def test_it_is_searched_by_words_and_task(visit: Visit) -> None:
    page = await visit("/matrix", person="sanne")
    await page.get_by_label("Zoek", exact=True).fill("LinkedIn post")
    await page.get_by_role("button", name="Laat zien").click()
    await expect(page.locator("#sociale-media")).to_be_visible()
    await expect(page.get_by_text("1 regel", exact=True)).to_be_visible()
    await page.get_by_label("Zoek", exact=True).fill("100% _ ' \\")
    await page.get_by_role("button", name="Laat zien").click()
    await expect(page.get_by_text("Hier is niets over afgesproken.")).to_be_visible()


async def test_a_change_shows_its_history_and_how_it_was(visit: Visit, stage: WebStage) -> None:
    await agree(stage)
    page = await visit("/matrix", person="sanne")
    await expect(page.locator("#klantmail")).to_contain_text("versie 2")
    await page.locator("#klantmail a").click()
    await expect(page.locator(".steps li.panel").first).to_contain_text(WHY)
    await expect(page.locator(".changed").first).to_contain_text(
        "interne informatie: was ☑️ Mag, mits, wordt ⛔ Mag niet"
    )
    assert await find_barriers(page) == []
    then = await visit("/matrix?on=2026-11-02&words=klantmail", person="sanne")
    await expect(then.get_by_text("Zo was het op ma 2 november 2026.")).to_be_visible()
    await expect(then.locator("#klantmail")).to_contain_text("versie 1")


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=999999", "?page=²", "?on=gisteren", "?on=9999-12-31", "?words=%00&task=%00"]
)
async def test_made_up_addresses_do_no_harm(visit: Visit, query: str) -> None:
    page = await visit("/matrix" + query, person="sanne")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def test_a_row_that_is_not_there(visit: Visit) -> None:
    page = await visit("/matrix/bestaat-niet", person="sanne", expects="404")
    await expect(page.get_by_text("Deze regel is er niet.")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_the_register_of_tools(visit: Visit, stage: WebStage, phone: bool) -> None:
    page = await visit("/tools", person="sanne", phone=phone)
    tools = stage.app.shelf.current.tools
    assert await page.locator(".tools tbody tr").count() == len(tools)
    await expect(page.locator("#deepseek")).to_contain_text("niet toegestaan")
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []
    await page.get_by_label("Zoek", exact=True).fill("deepl")
    await page.get_by_role("button", name="Laat zien").click()
    await expect(page.get_by_text("2 tools", exact=True)).to_be_visible()
    await page.locator("#deepl-pro a").click()
    await expect(page.get_by_role("heading", name="Hoe het zo kwam")).to_be_visible()
    await expect(page.locator(".steps li.panel")).to_contain_text("Zo begon het.")
    assert await find_barriers(page) == []
