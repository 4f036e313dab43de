"""My data and settings: what is kept is shown, and being forgotten keeps its promise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.model.cards import Facts
from knowledge.content import Knowledge
from storage import page_sessions, people, roles
from storage.database import Database
from storage.people import Profile
from storage.tables.outbox import OutboxRow
from storage.tables.questions import AskerRow, QuestionRow
from storage.tables.roles import RoleRow
from tests.conversations.dialog import Dialog, channel, text_of
from tests.conversations.readings import answers, read_from
from tests.conversations.roles import meet

QUESTION = "Mag ik een klantmail laten schrijven?"


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    readings = {QUESTION: answers(knowledge.use_cases[0].id)}
    async with Dialog(database, knowledge, read_from(readings)) as dialog:
        yield dialog


async def facts(dialog: Dialog, person: str) -> dict[str, str]:
    await dialog.command(person, "gegevens")
    (shown,) = (element for element in dialog.last.elements if isinstance(element, Facts))
    return {fact.label: fact.value for fact in shown.facts}


async def test_all_that_is_kept_of_somebody_is_shown(dialog: Dialog) -> None:
    await dialog.say("anna", QUESTION)
    async with dialog.database.transaction() as tx:
        anna = await people.find_person(tx, "plain", "", "anna")
        assert anna is not None
        await people.save_profile(tx, anna, Profile("Anna", "anna@example.com", "Europe/Brussels"), dialog.clock())
        teams = await people.get_or_add_person(tx, "teams", "T", "29:1", dialog.clock())
        await people.save_profile(tx, teams, Profile("Anna", "anna@example.com"), dialog.clock())
    assert await facts(dialog, "anna") == {
        "Naam": "Anna",
        "E-mail": "anna@example.com",
        "Taal": "niet gekozen: Nederlands, en Engels als je Engels schrijft",
        "Tijdzone": "Europe/Brussels",
        "Bekend via": "Plain en Teams",
        "Vragen": "1 vraag staat op jouw naam",
        "Casussen": "0 casussen staan op jouw naam",
    }


async def test_a_chosen_language_is_shown(dialog: Dialog) -> None:
    await dialog.command("anna", "taal", "nederlands")
    assert (await facts(dialog, "anna"))["Taal"] == "Nederlands"


async def test_who_asked_nothing_may_be_forgotten_too(dialog: Dialog) -> None:
    await dialog.command("anna", "gegevens")
    assert "Haal mijn naam eraf" in text_of(dialog.last), "who never asked may have shared a case"


async def test_being_forgotten_leaves_the_question_and_nothing_that_says_whose_it_was(dialog: Dialog) -> None:
    await dialog.say("anna", QUESTION)
    await dialog.say("bram", QUESTION)
    await dialog.say("bram", QUESTION, channel("algemeen"))
    await dialog.command("anna", "gegevens")
    await dialog.press("anna", "Haal mijn naam eraf")
    await dialog.submit("anna", {"sure": "yes"})
    assert "Eén vraag staat niet meer op jouw naam" in text_of(dialog.last)
    async with dialog.database.reading() as tx:
        assert len((await tx.execute(select(QuestionRow))).all()) == 3
        assert len((await tx.execute(select(AskerRow))).all()) == 2
        cards = (await tx.execute(select(OutboxRow.place_key, OutboxRow.card).order_by(col(OutboxRow.id)))).all()
    kept = [(key.split("/")[2], card is not None) for key, card in cards]
    assert kept == [
        ("dm-anna", False),
        ("dm-bram", True),
        ("algemeen", True),
        ("dm-anna", False),
        ("dm-anna", True),
    ], "the last one is what was said just now"


async def test_being_forgotten_closes_pages_and_leaves_the_roles_of_now(dialog: Dialog) -> None:
    anna, bram = await meet(dialog, "anna", role="ai_lab"), await meet(dialog, "bram")
    await dialog.say("anna", QUESTION)
    now = dialog.clock()
    async with dialog.database.transaction() as tx:
        await roles.give(tx, anna, "hr", now - timedelta(days=9), until=now - timedelta(days=1))
        await roles.give(tx, bram, "hr", now, given_by=anna)
        entered = await page_sessions.enter(tx, await page_sessions.make_link(tx, anna, "/digest", now), now)
        link = await page_sessions.make_link(tx, anna, "/digest", now)
    assert entered is not None
    await dialog.command("anna", "gegevens")
    await dialog.press("anna", "Haal mijn naam eraf")
    await dialog.submit("anna", {"sure": "yes"})
    async with dialog.database.reading() as tx:
        assert await page_sessions.find_looking(tx, entered.secret, now) is None
        assert await page_sessions.find_link(tx, link, now) is None
        assert await roles.find_roles(tx, anna, now) == {"ai_lab"}
        assert not await roles.was_given(tx, anna, "hr")
        (given,) = (await tx.execute(select(RoleRow.given_by).where(col(RoleRow.person_id) == bram))).scalars()
        assert given is None


async def test_changing_ones_mind_changes_nothing(dialog: Dialog) -> None:
    await dialog.say("anna", QUESTION)
    await dialog.command("anna", "gegevens")
    await dialog.press("anna", "Haal mijn naam eraf")
    await dialog.submit("anna", {"sure": "no"})
    assert (await facts(dialog, "anna"))["Vragen"] == "1 vraag staat op jouw naam"
