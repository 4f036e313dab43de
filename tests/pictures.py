"""`make pictures`: the pictures in docs/pictures, taken of the real pages with the real reading.

Slack is shown as the gallery draws it, from the very payload that goes over the line; `teams.png` was taken of
Microsoft's own test client and is not made here.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.app import App
from bot.settings import load_settings
from tests.browser import FLAGS, find_browser

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUESTION = "Mag ik Copilot een mail aan een klant laten herschrijven?"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(
            database_url=f"sqlite:///{folder}/club.sqlite", cache=Path("var/cache"), web=True, lab="web:ai-lab"
        )
        app = App(settings)
        async with TestServer(app.make_site()) as server, async_playwright() as playwright:
            await app.start()
            program = find_browser()
            browser = await playwright.chromium.launch(executable_path=str(program), args=list(FLAGS))
            await take_all(browser, str(server.make_url("")).rstrip("/"))
            await browser.close()
            await app.stop()


async def take_all(browser: Browser, address: str) -> None:
    page = await _open(browser, address)
    await page.screenshot(path=FOLDER / "web-start.png")
    await _ask(page, QUESTION)
    await page.screenshot(path=FOLDER / "web-answer.png")
    await page.get_by_role("button", name="Bijzondere persoonsgegevens").click()
    await expect(page.locator(".from-bot").last).to_contain_text("Mag niet")
    await page.wait_for_timeout(1200)
    await page.screenshot(path=FOLDER / "web-other-data.png")
    await page.get_by_role("button", name="Klopt dit niet?").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.wait_for_timeout(400)
    await page.screenshot(path=FOLDER / "web-form.png")
    phone = await _open(browser, address, dark=True, phone=True, path="/c/algemeen")
    await _ask(phone, "@Prompt Club Mag ik sollicitatiebrieven laten beoordelen door ChatGPT?")
    await phone.screenshot(path=FOLDER / "web-phone-dark.png")
    gallery = await _open(browser, address, path="/gallery")
    example = gallery.locator("section, article, li, div").filter(
        has=gallery.get_by_role("heading", name="Antwoord: niet met deze tool")
    )
    drawings = example.last.locator(".drawing")
    await drawings.nth(1).locator(".stage").screenshot(path=FOLDER / "slack-answer.png")
    await gallery.screenshot(path=FOLDER / "gallery.png")


async def _open(
    browser: Browser, address: str, *, path: str = "/", phone: bool = False, dark: bool = False
) -> Page:
    page = await browser.new_page(
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    await page.goto(address + path)
    await page.wait_for_timeout(1200)
    return page


async def _ask(page: Page, question: str) -> None:
    await page.get_by_label("Je bericht").fill(question)
    await page.keyboard.press("Enter")
    await expect(page.locator(".from-bot").last).to_contain_text("Waarom:", timeout=20_000)
    await page.wait_for_timeout(1200)


if __name__ == "__main__":
    asyncio.run(main())
