"""The workspace around the questions: who you are, channels, threads, live pages, a phone, the dark, the keys."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.pages.conftest import PHONE, Visit, is_too_wide
from tests.platforms.web.stage import open_stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Je bericht").fill(words)
    await page.keyboard.press("Enter")


async def test_becoming_somebody_else(visit: Visit) -> None:
    page = await visit()
    await say(page, QUESTION)
    await expect(page.locator(".from-bot").last).to_contain_text("Mag, mits")
    await page.get_by_text("Ik ben", exact=True).click()
    await page.get_by_role("button", name="Mehmet Yılmaz").click()
    await expect(page.get_by_role("heading", name="Hoi Mehmet")).to_be_visible()
    await expect(page.locator(".mine")).to_have_count(0)
    await page.get_by_text("Ik ben", exact=True).click()
    await page.get_by_role("button", name="Sanne de Wit").click()
    await expect(page.locator(".mine")).to_contain_text("klantmail")


async def test_a_mention_is_answered_in_its_thread_for_everyone(visit: Visit) -> None:
    mehmet = await visit("/c/klantenservice", person="mehmet")
    sanne = await visit("/c/klantenservice", person="sanne")
    await say(mehmet, "Wie heeft er morgen dienst?")
    await say(mehmet, f"@Prompt Club {QUESTION}")
    for page in (mehmet, sanne):
        start = page.locator("#messages > .message", has_text="@Prompt Club")
        await expect(start.locator(".thread .from-bot")).to_contain_text("Mag, mits")
        await expect(page.locator("#messages > .message")).to_have_count(2)
    await sanne.get_by_role("button", name="Antwoorden op Mehmet Yılmaz").last.click()
    await expect(sanne.get_by_text("Je antwoordt op Mehmet Yılmaz")).to_be_visible()
    await say(sanne, "Fijn om te weten")
    thread = mehmet.locator("#messages > .message", has_text="@Prompt Club").locator(".thread")
    await expect(thread.locator(".message").last).to_contain_text("Fijn om te weten")
    await expect(sanne.get_by_text("Je antwoordt op Mehmet Yılmaz")).to_be_hidden()


async def test_what_is_typed_while_the_line_before_is_under_way_is_sent_after_it(visit: Visit) -> None:
    page = await visit("/c/marketing", person="tom")

    async def slowly(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.continue_()

    await page.route("**/web/say", slowly)
    await say(page, "eerst dit")
    await say(page, "dan dit")
    messages = page.locator("#messages > .message")
    await expect(messages).to_have_count(2)
    await expect(messages.first).to_contain_text("eerst dit")
    await expect(messages.last).to_contain_text("dan dit")
    await expect(page.get_by_label("Je bericht")).to_have_value("")


async def test_what_could_not_be_sent_stands_before_what_was_typed_since(visit: Visit) -> None:
    page = await visit("/c/marketing", person="tom", expects="400 (Bad Request)")

    async def fail(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.fulfill(status=400)

    await page.route("**/web/say", fail)
    await say(page, "eerst dit")
    await page.get_by_label("Je bericht").fill("dan dit")
    await expect(page.get_by_label("Je bericht")).to_have_value("eerst dit\ndan dit")


async def test_a_dot_says_that_there_is_something_new(visit: Visit) -> None:
    sanne, tom = await visit(person="sanne"), await visit("/c/marketing", person="tom")
    channel = sanne.get_by_role("link", name="marketing")
    await expect(channel).not_to_have_accessible_name(re.compile("nieuw bericht"))
    await say(tom, "Nieuwe folder!")
    await expect(channel).to_have_accessible_name(re.compile("nieuw bericht"))
    await sanne.reload()
    await expect(channel).to_have_accessible_name(re.compile("nieuw bericht"))
    await channel.click()
    await expect(sanne.locator(".message")).to_contain_text("Nieuwe folder!")
    async with sanne.expect_response("**/web/read"):
        pass
    await sanne.reload()
    await expect(channel).not_to_have_accessible_name(re.compile("nieuw bericht"))


async def test_two_tabs_two_people_is_said_and_not_mixed_up(visit: Visit) -> None:
    first = await visit("/c/algemeen", expects="409")
    second = await first.context.new_page()
    await second.goto(first.url)
    await second.get_by_text("Ik ben", exact=True).click()
    await second.get_by_role("button", name="Ruben Bakker").click()
    await expect(second.get_by_role("heading", name="Hoi Ruben")).to_be_visible()
    await say(first, "Wie ben ik?")
    await expect(first.get_by_text("In een ander tabblad ben je nu iemand anders").first).to_be_visible()
    await expect(first.locator(".message")).to_have_count(0)
    await first.get_by_role("link", name="Opnieuw laden").click()
    await expect(first.locator("summary")).to_contain_text("Ruben Bakker")


async def test_a_page_of_an_older_visit_says_so(visit: Visit) -> None:
    page = await visit("/c/algemeen", expects="403")
    await page.context.clear_cookies(name="prompt_club_visit")
    await say(page, "Hoor je me?")
    await expect(page.get_by_text("Deze pagina is verlopen")).to_be_visible()
    await page.get_by_role("link", name="Opnieuw laden").click()
    await expect(page.get_by_label("Je bericht")).to_have_value("Hoor je me?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_contain_text("Hoor je me?")


async def test_a_page_outlives_a_restart_of_the_server(browser: Browser, tmp_path: Path) -> None:
    context = await browser.new_context(timezone_id="Europe/Amsterdam")
    page = await context.new_page()
    async with open_stage(tmp_path) as before:
        port = int(before.address.rstrip("/").rpartition(":")[2])
        await page.goto(f"{before.address}c/algemeen")
        await say(page, "voor")
        await expect(page.locator(".message")).to_have_count(1)
    await expect(page.get_by_text("De verbinding is even weg")).to_be_visible()
    async with open_stage(tmp_path, port=port) as after:
        tom = await after.visitor("bram")
        await tom.say("terwijl je weg was", "algemeen")
        await expect(page.locator(".message").last).to_contain_text("terwijl je weg was")
        await expect(page.get_by_text("De verbinding is even weg")).to_be_hidden()
        await expect(page.locator(".message")).to_have_count(2)
        await context.close()


# ------------------------------------------------------------ looks


async def test_on_a_phone_everything_fits_and_the_side_bar_is_a_drawer(visit: Visit) -> None:
    page = await visit(person="fleur", phone=True)
    menu, side = page.get_by_role("button", name="Menu", exact=True), page.locator("#side")
    await expect(side).not_to_be_visible()
    assert not await is_too_wide(page)
    await say(page, QUESTION)
    answer = page.locator(".from-bot").last
    await expect(answer).to_contain_text("Mag, mits")
    assert not await is_too_wide(page)
    box = await page.locator(".composer").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]
    await menu.click()
    await expect(side).to_be_visible()
    await expect(menu).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("Escape")
    await expect(side).not_to_be_visible()
    await expect(menu).to_be_focused()
    await menu.click()
    await side.get_by_role("link", name="ai-lab").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("ai-lab")


async def test_on_a_phone_buttons_are_big_enough_to_press(visit: Visit) -> None:
    page = await visit(phone=True)
    await say(page, QUESTION)
    await expect(page.locator(".from-bot").last).to_contain_text("Mag, mits")
    for button in await page.locator("button:visible").all():
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 28, await button.inner_text()


async def background(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def test_dark_where_the_computer_is_dark_or_somebody_wants_it(visit: Visit) -> None:
    light, dark = await visit(), await visit(dark=True)
    day, night = await background(light), await background(dark)
    assert day != night
    await light.get_by_label("Weergave").select_option("dark")
    assert await background(light) == night
    await light.reload()
    assert await background(light) == night
    await dark.get_by_label("Weergave").select_option("light")
    assert await background(dark) == day


async def test_in_english(visit: Visit) -> None:
    page = await visit()
    await page.get_by_label("Taal").select_option("en")
    await expect(page.get_by_role("heading", name="Hi Sanne, what would you like to use AI for?")).to_be_visible()
    assert await page.locator("html").get_attribute("lang") == "en"
    await expect(page.get_by_label("Your message")).to_be_visible()


async def test_nothing_moves_for_who_wants_it_quiet(visit: Visit) -> None:
    page = await visit(reduced_motion="reduce")
    await say(page, QUESTION)
    await expect(page.locator(".from-bot").last).to_contain_text("Mag, mits")
    moving = await page.evaluate("document.getAnimations().filter((each) => each.playState === 'running').length")
    assert moving == 0


# ------------------------------------------------------------ keys


async def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    page = await visit("/c/algemeen")
    skip = page.get_by_role("link", name="Naar het gesprek")
    await tab_to(page, skip, back=True)
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await page.keyboard.type(f"@Prompt Club {QUESTION}")
    await page.keyboard.press("Enter")
    answer = page.locator(".from-bot").last
    await expect(answer.get_by_role("heading", name="Mag, mits")).to_be_visible()
    target = answer.get_by_role("button", name="Bijzondere persoonsgegevens")
    await tab_to(page, target, back=True)
    await page.keyboard.press("Enter")
    await expect(answer.get_by_role("heading", name="Mag niet")).to_be_visible()
    assert await page.evaluate("document.activeElement.closest('.from-bot') !== null"), (
        "focus stays with the answer"
    )
    form_button = answer.get_by_role("button", name="Klopt dit niet?")
    await tab_to(page, form_button)
    await page.keyboard.press("Space")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form_button).to_be_focused()


async def tab_to(page: Page, target: object, *, back: bool = False) -> None:
    for _ in range(40):
        if await target.evaluate("(element) => element === document.activeElement"):  # type: ignore[attr-defined]
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError("the keyboard does not get there")


async def test_somebody_else_with_the_keyboard(visit: Visit) -> None:
    page = await visit()
    await page.locator("summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Mehmet Yılmaz")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Hoi Mehmet")).to_be_visible()
