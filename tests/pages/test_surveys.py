"""Surveys in a real browser: started in the workspace; what came out on a page, as a spreadsheet and a sheet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.commands.demo_app import seat_colleagues
from knowledge.survey_questions import write_questions
from storage import people, surveys, surveys_answers
from storage.codes import new_code
from storage.surveys_answers import Answer
from tests.pages.conftest import Visit, find_barriers, is_too_wide
from tests.pages.survey_round import play
from tests.platforms.web.stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DOUBT = "=HYPERLINK mag dat? Één “zin”… van Łukasz Šimůnek ✓ ≥ 中"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def seated(stage: WebStage) -> None:
    await seat_colleagues(stage.app.database, stage.app.shelf.current, stage.app.now)


async def hold_round(stage: WebStage, *, closed: bool = True, lead: str = "mehmet") -> str:
    """Answered by six of whom Sanne is one; its id."""
    knowledge = stage.app.shelf.current
    survey = knowledge.surveys.newest()[0]
    async with stage.app.database.transaction() as tx:
        names = (lead, "sanne", "ruben", "amina", "fleur", "willemijn", "c6")
        ids = [(await people.get_or_add_person(tx, "web", "", name, NOW)).id for name in names]
        id = await surveys.add_draft(
            tx, survey=survey.id, survey_version=1, title={"nl": survey.title.nl, "en": survey.title.en},
            purpose={"nl": "", "en": ""}, questions=write_questions(survey.questions, knowledge.tools),
            lead_id=ids[0], audience="people", unit="", anonymous=True, minimum=5,
            closes_at=stage.app.now() + timedelta(days=2), people=ids[1:], now=NOW,
        )  # fmt: skip
        await surveys.open_round(tx, id, stage.app.now())
        round_ = await surveys.lock_open(tx, id)
        assert round_ is not None
        if closed:
            for number, person in enumerate(ids[1:]):
                await surveys.take_part(tx, id, person)
                answers = {"hoe-vaak": Answer(("soms",)), "twijfel": Answer(words=f"{DOUBT} {number}")}
                await surveys_answers.keep(tx, round_, new_code(), answers)
            await surveys.end_round(tx, id)
            await surveys_answers.publish(tx, round_)
    return id


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
async def test_what_came_out_in_every_shape(visit: Visit, stage: WebStage, phone: bool, dark: bool) -> None:
    await hold_round(stage)
    page = await visit("/surveys", person="sanne", phone=phone, dark=dark)
    assert await find_barriers(page) == []
    await page.get_by_role("link", name="Stap 1: wat doen we nu met AI?").click()
    await expect(page.get_by_text("6 van de 6 deden mee.")).to_be_visible()
    await expect(page.locator(".survey").first).to_contain_text("Soms 6")
    await expect(page.get_by_text("Te weinig antwoorden om te laten zien.").first).to_be_visible()
    await expect(page.get_by_role("link", name="(CSV)")).to_have_count(0)
    assert not await is_too_wide(page)
    assert await find_barriers(page) == []


async def test_the_files(visit: Visit, stage: WebStage) -> None:
    id = await hold_round(stage)
    page = await visit(f"/surveys/{id}", person="mehmet")
    sheet = await page.request.get(f"{page.url}/csv")
    told = (await sheet.body()).decode("utf-8-sig")
    assert "Hoe vaak gebruik je AI in je werk?,6,Soms,6" in told
    assert f"'{DOUBT} 0" in told, "never a formula"
    paper = await page.request.get(f"{page.url}/pdf")
    content = await paper.body()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") <= 2
    assert b"NotoSans" in content
    other = await visit("/surveys", person="sanne")
    assert (await other.request.get(f"{page.url}/csv")).status == 404
    assert (await other.request.get(f"{page.url}/pdf")).status == 200


async def test_while_it_is_open_and_for_others(visit: Visit, stage: WebStage) -> None:
    id = await hold_round(stage, closed=False)
    page = await visit(f"/surveys/{id}", person="mehmet")
    await expect(page.get_by_text("Zolang laat ik niets zien")).to_be_visible()
    assert (await page.request.get(f"{page.url}/pdf")).status == 404
    other = await visit("/surveys", person="tom")
    assert (await other.request.get(page.url)).status == 404
    await expect(other.get_by_text("nog voor geen enquête gevraagd")).to_be_visible()


async def test_over_all_teams_for_who_may(visit: Visit, stage: WebStage) -> None:
    await hold_round(stage)
    page = await visit("/surveys/all", person="willemijn")
    await expect(page.get_by_text("nog geen enquête waaruit")).to_be_visible(), "one team alone is that team's"
    await hold_round(stage, lead="noor")
    await page.reload()
    await expect(page.get_by_text("12 van de 12 gevraagde collega's deden mee.")).to_be_visible()
    await expect(page.get_by_text("Soms")).to_be_visible()
    await expect(page.get_by_text("HYPERLINK")).to_have_count(0)
    assert await find_barriers(page) == []
    other = await visit("/surveys", person="sanne")
    assert (await other.request.get(page.url)).status == 403


async def test_a_whole_round_by_its_lead_and_five_colleagues(visit: Visit, stage: WebStage) -> None:
    async def check(page: Page, name: str) -> None:
        assert await find_barriers(page) == [], name
        assert not await is_too_wide(page), name

    await play(stage.app, visit, check)
