"""Who was not reached, in a real browser: by whom they are in the workspace, or by a personal link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect
from sqlalchemy import update
from sqlmodel import col

from bot.commands.demo_app import seat_colleagues
from storage import outbox, page_sessions, people
from storage.people import Profile
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOT_INSTALLED = "the app is not installed for this person"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


async def write(stage: WebStage, tx: Transaction, name: str, number: int, kind: str, **settled: Any) -> None:
    now = stage.app.now()
    known = await people.get_or_add_person(tx, "teams", "T1", name, now)
    if not known.name:
        known = await people.save_profile(tx, known, Profile(name), now)
    key = f"{name}{number}"
    place = {"platform": "teams", "tenant": "T1", "id": "a:1", "kind": "direct", "user": name}
    card = {"summary": "zeer geheim"}
    await outbox.add(
        tx,
        key=key,
        kind=kind,
        place=place,
        place_key=key,
        card=card,
        due_at=now - timedelta(hours=number),
        person_id=known.id,
    )
    await tx.execute(update(OutboxRow).where(col(OutboxRow.key) == key).values(**settled))


async def fill(stage: WebStage) -> None:
    async with stage.app.database.transaction() as tx:
        for number in range(20):
            await write(stage, tx, "Noor Bakker", number, "answer", state="sent")
        later = stage.app.now() + timedelta(hours=1)
        await write(stage, tx, "Noor Bakker", 30, "notice", due_at=later, reason="Teams did not answer in time")
        for number in range(3):
            await write(stage, tx, "Bram <Visser>", number, "nudge", state="failed", reason=NOT_INSTALLED)
        await write(stage, tx, "Cleo Maas", 3, "digest", state="unclear", reason="no answer within 30 seconds")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_numbers_reasons_and_people(visit: Visit, stage: WebStage, phone: bool, dark: bool) -> None:
    await fill(stage)
    page = await visit("/deliveries", person="fleur", phone=phone, dark=dark)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bezorging")
    await expect(page.get_by_role("rowheader")).to_have_text(["Bram <Visser>"] * 3 + ["Cleo Maas"])
    await expect(page.locator(".numbers")).to_contain_text("Wacht al langer dan tien minuten")
    await expect(page.locator(".why li").first).to_have_text(
        "3 keer: de app is niet geïnstalleerd voor deze collega"
    )
    assert "geheim" not in await page.content()
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []


async def test_a_filter_narrows_and_another_language_keeps_it(visit: Visit, stage: WebStage) -> None:
    await fill(stage)
    page = await visit("/deliveries", person="fleur")
    await page.get_by_label("Soort").select_option(label="weekbericht")
    await page.get_by_role("button", name="Toon").click()
    await expect(page.get_by_role("rowheader")).to_have_text(["Cleo Maas"])
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("rowheader")).to_have_text(["Cleo Maas"])
    await expect(page.get_by_label("Kind")).to_have_value("digest")
    await expect(page.get_by_role("cell", name="Unclear")).to_contain_text("No answer within 30 seconds")
    await page.get_by_label("What became of it").select_option(label="Lapsed")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_text("I find nothing like this.")).to_be_visible()


async def test_with_nothing_to_tell_it_says_so(visit: Visit) -> None:
    page = await visit("/deliveries", person="fleur", phone=True)
    await expect(page.get_by_text("Iedereen die iets moest horen, is bereikt.")).to_be_visible()
    assert await find_barriers(page) == []


async def test_a_colleague_without_the_role_reads_which_one_it_takes(visit: Visit) -> None:
    page = await visit("/deliveries", person="sanne", expects="403")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hier kun je nog niet bij")
    await expect(page.get_by_text("rol Beheerder")).to_be_visible()
    assert await find_barriers(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_in_by_a_personal_link_and_out_again(visit: Visit, stage: WebStage, phone: bool) -> None:
    await fill(stage)
    async with stage.app.database.transaction() as tx:
        fleur = await people.find_by_email(tx, "fleur.janssens@voorbeeldbv.example")
        assert fleur is not None
        secret = await page_sessions.make_link(tx, fleur.id, "/deliveries", stage.app.now())
    page = await visit(f"/in/{secret}", person="sanne", phone=phone, expects="4")
    assert await find_barriers(page) == []
    await page.get_by_role("button", name="Open de pagina").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bezorging")
    assert secret not in page.url
    await page.get_by_role("button", name="Uitloggen").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Je bent uitgelogd")
    assert await find_barriers(page) == []
    await page.go_back()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hier kun je nog niet bij")
    await page.goto(f"{stage.address}in/{secret}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    assert await find_barriers(page) == []


async def test_from_the_chat_to_the_page(visit: Visit, stage: WebStage) -> None:
    page = await visit("/", person="fleur")
    await page.get_by_label("Je bericht").fill("/promptclub bezorging")
    await page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Bekijk wie en waarom")
    await expect(link).to_be_visible()
    assert (await link.get_attribute("href") or "").endswith("/deliveries"), "no secret where none is needed"
