"""A whole survey round in real browsers: a lead starts it, five colleagues answer, it closes, all look at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from bot.app import App
from bot.conversations.surveys import actions
from bot.model.actions import Action
from bot.model.events import HOUSE, NOWHERE, Due
from bot.platforms.web.colleagues import load_workspace
from storage import people, surveys

Visit = Callable[..., Awaitable[Page]]
Shoot = Callable[[Page, str], Awaitable[None]]
LEAD, MEMBERS = "mehmet", ("sanne", "ruben", "amina", "fleur", "willemijn")
DOUBTS = (
    "Mag een gespreksverslag in Copilot?",
    "Mag ik een verslag van een gesprek laten samenvatten?",
    "Verslagen van gesprekken: mag dat?",
    "Mag ik gespreksverslagen in Copilot zetten?",
    "Mag een verslag van een gesprek erin?",
)
_STEPS = 6
_PATIENCE = 60_000
"""Milliseconds; much more than it takes to tell six people."""


async def start(page: Page, shoot: Shoot) -> None:
    """Only the addresses are typed."""
    emails = [one.email for one in load_workspace().colleagues if one.id in MEMBERS]
    await page.get_by_label("Je bericht").fill("/promptclub enquete")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.get_by_text("Start een enquête")).to_be_visible()
    await shoot(page, "survey-start")
    await form.get_by_label("Hun e-mailadressen").fill(", ".join(emails))
    await form.get_by_role("button", name="Bekijk").click()
    send = page.get_by_role("button", name=f"Verstuur aan {len(MEMBERS)} collega's")
    await expect(send).to_be_visible()
    await shoot(page, "survey-preview")
    await send.click()
    await expect(page.locator(".from-bot").last).to_contain_text("onderweg")


async def answer(page: Page, number: int, shoot: Shoot) -> None:
    """The form opens with one press; the code is shown once."""
    await page.get_by_role("button", name="Vul in").last.click()
    form = page.get_by_role("dialog")
    await form.get_by_text("Soms" if number % 2 else "Elke week", exact=True).first.click()
    await form.get_by_label("Waar twijfel je over?").fill(DOUBTS[number])
    await form.get_by_label("Waren er misverstanden of fouten?").fill(
        f"Een samenvatting klopte niet, keer {number + 1}"
    )
    await shoot(page, "survey-answer")
    await form.get_by_role("button", name="Verstuur").click()
    await expect(form.get_by_text("Je antwoorden zijn bewaard")).to_be_visible()
    await shoot(page, "survey-kept")
    await form.get_by_role("button", name="Klaar").click()


async def close(app: App) -> str:
    """As the clock does at its time; the round's id."""
    async with app.database.reading() as tx:
        lead = await find_lead(app)
        (round_,) = await surveys.list_led(tx, lead, 1)
    await _ring(app, f"survey:{round_.id}:close", actions.Close(round=round_.id))
    for step in range(_STEPS):
        await _ring(app, f"survey:{round_.id}:theme:{step}", actions.Theme(round=round_.id, step=step))
    return round_.id


async def find_lead(app: App) -> str:
    async with app.database.transaction() as tx:
        return (await people.get_or_add_person(tx, "web", "", LEAD, app.now())).id


async def _ring(app: App, key: str, action: Action) -> None:
    await app.dispatcher.ring(Due(key=key, action=action.pack(), account=HOUSE, place=NOWHERE, at=app.now()))


async def play(app: App, visit: Visit, shoot: Shoot) -> str:
    """All of it; the round's id. `shoot` gets a page and the name of the moment."""

    async def look_away(page: Page, name: str) -> None:
        return None

    lead = await visit("/", person=LEAD)
    await start(lead, shoot)
    for number, name in enumerate(MEMBERS):
        page = await visit("/", person=name)
        if not number:
            await shoot(page, "survey-invitation")
        await answer(page, number, look_away if number else shoot)
    id = await close(app)
    await expect(lead.get_by_text("Wat kan er nu?").last).to_be_visible(timeout=_PATIENCE)
    await _look_at_last(lead)
    await shoot(lead, "survey-next")
    member = await visit("/", person=MEMBERS[0])
    await expect(member.get_by_text("5 van de 5 deden mee.").first).to_be_visible(timeout=_PATIENCE)
    await _look_at_last(member)
    await shoot(member, "survey-result")
    page = await visit(f"/surveys/{id}", person=MEMBERS[0])
    await expect(page.get_by_text("5 van de 5 deden mee.")).to_be_visible(timeout=_PATIENCE)
    await shoot(page, "survey-page")
    return id


async def _look_at_last(page: Page) -> None:
    """Twice: pictures that come in push the rest down."""
    for _ in range(2):
        await page.locator(".from-bot").last.evaluate("message => message.scrollIntoView({block: 'end'})")
        await page.wait_for_timeout(500)
