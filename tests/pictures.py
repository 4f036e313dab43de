"""`make pictures`: the pictures in docs/pictures, taken of the real pages with the real reading; `python -m
tests.pictures loop`: only those of the loop.

Slack is shown as the gallery draws it, from the very payload that goes over the line; `teams.png` was taken of
Microsoft's own test client and is not made here.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.app import App
from bot.settings import load_settings
from tests.browser import FLAGS, find_browser
from tests.pages.loop import open_club, walk

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUESTION = "Mag ik Copilot een mail aan een klant laten herschrijven?"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOP = {"width": 1000, "height": 760}


OF_THE_LOOP = {
    "loop-ask": "sanne",
    "loop-lab": "fleur",
    "loop-rule": "fleur",
    "loop-approve-2": "amina",
    "loop-known": "tom",
    "loop-told": "sanne",
}
"""Pictures of the walk that README shows; the others are for the eye of who changes it."""


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    await take_the_loop()
    if "loop" not in sys.argv:
        await take_the_rest()


async def take_the_loop() -> None:
    """Each picture beside its name as the person saw it at that moment, small enough to read beside another."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        club = open_club(Path(folder), cache=Path("var/cache"), real=True)
        _, address = await stack.enter_async_context(club)
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=str(find_browser()), args=list(FLAGS))

        async def visit(person: str, path: str) -> Page:
            context = await browser.new_context(
                viewport=LOOP,
                locale="nl-NL",
                timezone_id="Europe/Amsterdam",  # type: ignore[arg-type]
            )
            await context.add_cookies([{"name": "prompt_club_person", "value": person, "url": address}])
            page = await context.new_page()
            await page.goto(address + path)
            return page

        async def show(name: str, page: Page) -> None:
            if name in OF_THE_LOOP:
                await page.wait_for_timeout(1200)
                await page.screenshot(path=FOLDER / f"{name}.png")

        await walk(visit, show)
        await browser.close()


async def take_the_rest() -> None:
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
