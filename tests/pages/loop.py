"""The whole loop in the web workspace, as its people walk it; what is worth a picture is shown on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from aiohttp.test_utils import TestServer
from playwright.async_api import Locator, Page, expect

from bot.app import App
from bot.commands.demo_app import seat_colleagues
from bot.settings import load_settings
from knowledge.answers import Candidate, Outcome, Reading
from knowledge.trying import find_row_with
from tests.platforms.reading import read

UNKNOWN = "Mag ik AI de bladmuziek voor het personeelsfeest laten arrangeren?"
ANSWER = "Ja, met muziek waar geen rechten van anderen op rusten."
TITLE = "Muziek arrangeren voor een feest"
RULE = "✅ Mag"

Visit = Callable[[str, str], Awaitable[Page]]
"""A page (person, path) for whoever opens it."""
Show = Callable[[str, Page], Awaitable[None]]
"""Takes a picture with this name, or does nothing."""


@asynccontextmanager
async def open_club(folder: Path, *, cache: Path, real: bool) -> AsyncIterator[tuple[App, str]]:
    """The app with its fictional colleagues, and where it is. `real`: it reads as in earnest; else it knows the
    examples of the rows in force, and that at once."""
    settings = load_settings(
        database_url=f"sqlite:///{folder}/club.sqlite",
        cache=cache,
        audit=folder / "audit",
        web=True,
        lab="web:ai-lab",
    )
    held: list[App] = []

    async def read_examples(question: str) -> Reading:
        row = find_row_with(held[0].shelf.current, question)
        reading = await read(question)
        if row is None:
            return replace(reading, outcome=Outcome.HANDOVER, use_case=None, candidates=())
        return replace(reading, outcome=Outcome.ANSWER, use_case=row.id, candidates=(Candidate(row.id, 0.99),))

    app = App(settings) if real else App(settings, read=read_examples)
    held.append(app)
    async with TestServer(app.make_site()) as server:
        await app.start()
        try:
            await seat_colleagues(app.database, app.shelf.current, app.now)
            yield app, str(server.make_url("")).rstrip("/")
        finally:
            await app.stop()


async def nothing(_: str, __: Page) -> None:
    """Takes no picture."""


async def walk(visit: Visit, show: Show = nothing) -> None:
    asker = await visit("sanne", "/")
    await say(asker, UNKNOWN)
    await expect(newest(asker)).to_contain_text("AI Lab", timeout=30_000)
    await newest(asker).get_by_role("button", name="AI Lab").first.click()
    await expect(asker.locator(".from-bot").last).to_contain_text("AI Lab")
    await show("loop-ask", asker)

    lab = await visit("fleur", "/c/ai-lab")
    await answer(lab, show)
    await expect(asker.locator(".from-bot", has_text=ANSWER)).to_have_count(1)
    lab_chat = await visit("fleur", "/")
    await propose(lab, lab_chat, show)

    for number, person in enumerate(("joris", "amina")):
        page = await visit(person, "/c/ai-lab" if number == 0 else "/")
        proposal = page.locator(".from-bot", has_text=f"Voorstel: {TITLE}").last
        await expect(proposal).to_contain_text("twee akkoorden")
        await show(f"loop-approve-{number + 1}", page)
        await proposal.get_by_role("button", name="Akkoord").click()
        done = "Akkoord van Joris Maes." if number == 0 else "Het geldt nu."
        await expect(proposal).to_contain_text(done)

    next_asker = await visit("tom", "/")
    await ask_until_known(next_asker)
    await show("loop-known", next_asker)
    told = asker.locator(".from-bot", has_text="Daar is nu een antwoord op")
    await expect(told).to_contain_text(RULE, timeout=20_000)
    await show("loop-told", asker)
    await asker.reload()
    await expect(told).to_have_count(1)


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Je bericht").fill(words)
    await page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    return page.locator(".from-bot").last


async def answer(lab: Page, show: Show) -> None:
    ticket = lab.locator(".from-bot", has_text=UNKNOWN).last
    await ticket.get_by_role("button", name="Ik pak hem op").click()
    await expect(ticket).to_contain_text("Fleur")
    await show("loop-lab", lab)
    await ticket.get_by_role("button", name="Geef antwoord").click()
    form = lab.get_by_role("dialog")
    await form.get_by_role("textbox").first.fill(ANSWER)
    await form.get_by_role("button", name="Verstuur").click()
    await expect(form).to_be_hidden()


async def propose(lab: Page, chat: Page, show: Show) -> None:
    """From the offer below what was answered to a rule that waits for approval; nobody else sees it before."""
    await lab.get_by_role("button", name="Stel een nieuwe regel voor").click()
    form = lab.get_by_role("dialog")
    await form.get_by_label("Welk werk is het?").fill(TITLE)
    await form.get_by_label(RULE, exact=True).check()
    await expect(form.get_by_label("Waarom?")).to_have_value(ANSWER)
    await show("loop-rule", lab)
    await form.get_by_role("button", name="Verstuur").click()
    draft = chat.locator(".from-bot", has_text="Zo wordt de nieuwe regel").last
    await expect(draft).to_contain_text(UNKNOWN)
    await draft.scroll_into_view_if_needed()
    await show("loop-draft", chat)
    await draft.get_by_role("button", name="Stel dit voor").click()
    await expect(chat.locator(".from-bot", has_text="Je voorstel ligt bij het AI Lab").last).to_be_visible()


async def ask_until_known(page: Page) -> None:
    """Verdicts follow at once; the reading learns the new words in the background."""
    for _ in range(20):
        await say(page, UNKNOWN)
        await page.wait_for_timeout(300)
        await expect(page.locator(".thinking")).to_have_count(0, timeout=20_000)
        if TITLE in await newest(page).inner_text():
            break
        await page.wait_for_timeout(500)
    await expect(newest(page)).to_contain_text(TITLE)
    await expect(newest(page)).to_contain_text(RULE.rsplit(maxsplit=1)[-1])
