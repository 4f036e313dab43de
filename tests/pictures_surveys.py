"""The pictures of a survey in docs/pictures: a whole round, played in real browsers with the real reading."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.commands.demo_app import DemoApp
from bot.settings import load_settings
from tests.browser import FLAGS, find_browser
from tests.pages.survey_round import play

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
ON_PHONE = ("survey-answer", "survey-page", "survey-result")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(
            database_url=f"sqlite:///{folder}/club.sqlite", cache=Path("var/cache"), web=True, lab="web:ai-lab"
        )
        app = DemoApp(settings)
        async with TestServer(app.make_site()) as server, async_playwright() as playwright:
            await app.start()
            browser = await playwright.chromium.launch(executable_path=str(find_browser()), args=list(FLAGS))
            await take_survey(app, browser, str(server.make_url("")).rstrip("/"), FOLDER)
            await browser.close()
            await app.stop()


async def take_survey(app: DemoApp, browser: Browser, address: str, folder: Path) -> None:
    """Every moment of a round on a screen, and some on a phone."""

    async def visit(path: str, person: str) -> Page:
        page = await browser.new_page(
            viewport=DESKTOP,  # type: ignore[arg-type]
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        await page.context.add_cookies([{"name": "prompt_club_person", "value": person, "url": address}])
        await page.goto(address + path)
        return page

    async def shoot(page: Page, name: str) -> None:
        whole: dict[str, Any] = {"full_page": name == "survey-page"}
        await page.wait_for_timeout(600)
        await page.screenshot(path=folder / f"{name}.png", **whole)
        if name in ON_PHONE:
            await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            await page.wait_for_timeout(600)
            await page.screenshot(path=folder / f"{name}-phone.png", **whole)
            await page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    await play(app, visit, shoot)


if __name__ == "__main__":
    asyncio.run(main())
