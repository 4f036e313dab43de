"""Asking in the browser: a question is answered, another press changes the answer, forms help who fills them in."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.pages.conftest import Visit
from tests.platforms.behind import settle
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"


async def ask(page: Page, question: str = QUESTION) -> None:
    await page.get_by_label("Je bericht").fill(question)
    await page.keyboard.press("Enter")


async def test_a_question_is_answered_and_thought_about(visit: Visit) -> None:
    page = await visit()
    await expect(page.get_by_role("heading", name="Hoi Sanne, waar wil je AI voor gebruiken?")).to_be_visible()
    await ask(page)
    answer = page.locator(".from-bot", has_text="Een mail of brief aan een klant")
    await expect(answer.get_by_role("heading", name="Mag, mits")).to_be_visible()
    await expect(page.locator(".mine")).to_have_text(re.compile(QUESTION.replace("?", r"\?")))
    await expect(page.locator(".thinking")).to_have_count(0)
    await expect(page.locator(".day")).to_have_text(["Vandaag"])
    await expect(page.get_by_label("Je bericht")).to_have_value("")
    await expect(page.get_by_role("heading", name="Hoi Sanne")).to_be_hidden()


async def test_while_the_answer_is_on_its_way_somebody_thinks(stage: WebStage, visit: Visit) -> None:
    page = await visit()
    await expect(page.locator(".from-bot")).to_have_count(1)
    stage.line.failures += ["later"]
    await ask(page)
    await expect(page.locator(".thinking")).to_contain_text("Prompt Club denkt na")
    await expect(page.locator(".from-bot")).to_have_count(2)
    await expect(page.locator(".thinking")).to_have_count(0)


async def test_an_example_is_one_press_away(visit: Visit) -> None:
    page = await visit()
    chips = page.locator(".chip")
    assert await chips.count() >= 3
    await chips.first.click()
    await expect(page.locator(".mine")).to_contain_text("klantmail")
    await expect(chips.first).to_be_hidden()


async def test_another_data_class_changes_the_answer_where_it_stands(stage: WebStage, visit: Visit) -> None:
    page = await visit()
    await ask(page)
    answer = page.locator(".from-bot", has_text="Een mail of brief aan een klant")
    before = await answer.get_attribute("id")
    await answer.get_by_role("button", name="Bijzondere persoonsgegevens").click()
    await expect(answer.get_by_role("heading", name="Mag niet")).to_be_visible()
    await settle(stage.app)
    assert await answer.get_attribute("id") == before
    await expect(answer).to_have_count(1)
    await expect(page.locator("#status")).to_contain_text("Het antwoord is aangepast")
    await page.reload()
    await expect(answer.get_by_role("heading", name="Mag niet")).to_be_visible()


async def test_a_form_says_what_is_missing_and_then_thanks(visit: Visit) -> None:
    page = await visit()
    await ask(page)
    opener = page.get_by_role("button", name="Klopt dit niet?")
    await opener.click()
    form = page.get_by_role("dialog", name="Klopt dit niet?")
    await expect(form).to_be_visible()
    await form.get_by_label("Nee, er klopt iets niet").check()
    await form.get_by_role("button", name="Verstuur").click()
    why = form.get_by_label("Wat klopt er niet, of wat mis je?")
    await expect(why).to_have_accessible_description(re.compile("Schrijf kort wat er niet klopt"))
    await expect(why).to_be_focused()
    await expect(form.get_by_label("Nee, er klopt iets niet")).to_be_checked()
    await why.fill("De klant staat er al in.")
    await form.get_by_role("button", name="Verstuur").click()
    await expect(form).to_be_hidden()
    await expect(page.locator(".from-bot").last).to_contain_text("Ik heb het bewaard")
    await expect(opener).to_be_focused()


async def test_a_form_checks_what_is_needed_before_it_is_sent(visit: Visit) -> None:
    page = await visit()
    await page.get_by_role("button", name="Stel een vraag").first.click()
    form = page.get_by_role("dialog")
    box = form.get_by_role("textbox")
    await form.locator("[type=submit]").click()
    await expect(box).to_have_attribute("aria-invalid", "true")
    await expect(box).to_have_accessible_description(re.compile("Vul dit nog even in"))
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await expect(page.get_by_role("button", name="Stel een vraag").first).to_be_focused()


async def test_what_is_typed_never_runs(visit: Visit) -> None:
    page = await visit("/c/algemeen")
    await ask(page, "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script> <b>vet</b>")
    await expect(page.locator(".mine .typed")).to_contain_text("<b>vet</b>")
    assert await page.evaluate("window.hacked") is None
    assert await page.locator(".mine img, .mine b:not(.who b)").count() == 0


async def test_what_was_not_sent_stays_and_is_sent_once(stage: WebStage, visit: Visit) -> None:
    page = await visit("/c/algemeen", expects="Failed to load resource")
    tries = 0

    async def lose_the_answer(route: object) -> None:
        """The server gets it, the page never hears so."""
        nonlocal tries
        tries += 1
        if tries <= 4:
            await route.fetch()  # type: ignore[attr-defined]
            await route.abort()  # type: ignore[attr-defined]
        else:
            await route.continue_()  # type: ignore[attr-defined]

    await page.route("**/web/say", lose_the_answer)
    await ask(page, "Komt dit aan?")
    await expect(page.locator("[data-not-sent]")).to_contain_text("niet verstuurd")
    await expect(page.get_by_label("Je bericht")).to_have_value("Komt dit aan?")
    await page.get_by_role("button", name="Versturen").click()
    await expect(page.get_by_label("Je bericht")).to_have_value("")
    await expect(page.locator("[data-not-sent]")).to_be_hidden()
    await expect(page.locator(".mine")).to_have_count(1)
    assert tries == 5


async def test_a_command_is_offered_while_it_is_typed(visit: Visit) -> None:
    page = await visit()
    box = page.get_by_label("Je bericht")
    await box.press_sequentially("/pr")
    option = page.get_by_role("listbox", name="Voorstellen").get_by_role("option")
    await expect(option).to_have_count(1)
    await expect(option).to_contain_text("laat zien wat ik kan")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("/promptclub help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".from-bot").last).to_contain_text("Dit kan ik voor je doen")


async def test_the_start_page_shows_what_was_asked(visit: Visit) -> None:
    page = await visit()
    await page.get_by_role("button", name="Startpagina").click()
    home = page.get_by_role("complementary", name="Startpagina")
    await expect(home).to_contain_text("Je hebt nog niets gevraagd")
    await ask(page)
    await expect(home).to_contain_text("klantmail laten herschrijven")
    await home.get_by_role("button", name="Startpagina sluiten").click()
    await expect(home).to_be_hidden()
