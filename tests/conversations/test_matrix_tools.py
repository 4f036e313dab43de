"""A tool nobody registered: asked for below the answer, looked at by security, decided by the Lab, told to all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.conversations.matrix.tool_cards import CHECKS
from bot.model.effects import FormErrors, OpenForm
from knowledge.content import UNKNOWN_TOOL
from storage import roles, tool_requests
from storage.database import Database
from tests.conversations.dialog import text_of
from tests.conversations.living import LAB, ROW, LivingHouse
from tests.conversations.readings import answers

QUESTION = "Mag een klantmail met NotebookLM?"
ASKED = {"what_for": "Verslagen van Piet op 06-12345678.", "data": "intern", "link": "https://x.example"}
NOTES = {"note_nl": "Met je werkaccount.", "note_en": "With your work account."}


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    reading = answers(ROW, tools=(UNKNOWN_TOOL,), tool_words="NotebookLM")
    async with LivingHouse(database, tmp_path, readings={QUESTION: reading}) as house:
        await house.say_hello("anna")
        yield house


async def ask_for(house: LivingHouse, person: str, name: str = "NotebookLM") -> str:
    await house.command(person, "tools")
    await house.press(person, "Vraag een tool aan")
    await house.submit(person, {**ASKED, "name": name})
    async with house.database.reading() as tx:
        return (await tool_requests.list_open(tx))[-1].id


async def fill_in(house: LivingHouse, person: str, id: str) -> None:
    await house.press_raw(person, actions.OpenToolReview(request=id).pack())
    if isinstance(house.effect, OpenForm):
        await house.submit(person, dict.fromkeys(CHECKS, "Uitgezocht."))


async def decide(house: LivingHouse, person: str, id: str, status: str, limit: str) -> None:
    await house.press_raw(person, actions.OpenToolDecision(request=id).pack())
    if isinstance(house.effect, OpenForm):
        await house.submit(person, {"status": status, "limit": limit, **NOTES})
    await house.follow()


async def test_from_a_grey_answer_to_a_tool_in_the_register(house: LivingHouse) -> None:
    assert "❔ Grijs gebied" in text_of(await house.say("noor", QUESTION))
    await house.press("noor", "Vraag deze tool aan")
    assert house.form.fields[0].value == "NotebookLM"  # type: ignore[union-attr]
    await house.submit("noor", {**ASKED, "name": "NotebookLM"})
    assert "ligt bij het AI Lab" in text_of(house.chat("noor")[-1])
    card = text_of(house.messages(LAB)[-1])
    assert "Aanvraag: NotebookLM" in card
    assert "06-12345678" not in card
    assert "Aanvraag: NotebookLM" in text_of(house.chat("rosa")[-1])
    id = await ask_for(house, "anna", "  notebooklm ")
    assert "Een collega vroeg NotebookLM ook al aan" in text_of(house.chat("anna")[-1])
    await fill_in(house, "rosa", id)
    assert "Uitgezocht." in text_of(house.last)
    await decide(house, "lars", id, "goedgekeurd", "intern")
    for person in ("noor", "anna"):
        assert "De tool is goedgekeurd, voor hooguit interne informatie." in text_of(house.chat(person)[-1])
    tool = house.shelf.current.get_tool("notebooklm")
    assert (tool.status, tool.data_limit) == ("goedgekeurd", "intern")
    assert house.readied[-1].find_tool("notebooklm") is not None
    async with house.database.reading() as tx:
        assert await tool_requests.list_open(tx) == []


async def test_each_right_is_asked_for(house: LivingHouse) -> None:
    id = await ask_for(house, "noor")
    await fill_in(house, "noor", id)
    assert house.refusal.startswith("Dit hoort bij de rol Security en privacy")
    await decide(house, "rosa", id, "goedgekeurd", "intern")
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    await decide(house, "lars", id, "goedgekeurd", "intern")
    assert "Laat eerst een collega met de rol Security en privacy" in house.refusal
    await fill_in(house, "lars", id)  # the Lab's own look is not security's
    await decide(house, "lars", id, "goedgekeurd", "intern")
    assert "Laat eerst een collega met de rol Security en privacy" in house.refusal
    assert house.shelf.current.find_tool("notebooklm") is None


async def test_who_may_do_both_says_no_alone_and_yes_with_a_colleague(house: LivingHouse) -> None:
    async with house.database.transaction() as tx:
        await roles.give(tx, house.ids["lars"], "security", house.clock())
    id = await ask_for(house, "lars")
    await fill_in(house, "lars", id)
    await decide(house, "lars", id, "goedgekeurd", "intern")
    assert "Een ja geven we met twee mensen" in house.refusal
    assert house.shelf.current.find_tool("notebooklm") is None
    await fill_in(house, "rosa", id)
    await decide(house, "lars", id, "goedgekeurd", "intern")
    assert house.shelf.current.get_tool("notebooklm").status == "goedgekeurd"
    other = await ask_for(house, "lars", "Grok")
    await decide(house, "lars", other, "niet_toegestaan", "-")
    assert house.shelf.current.get_tool("grok-2" if house.shelf.current.find_tool("grok-2") else "grok").status == (
        "niet_toegestaan"
    )


async def test_a_decision_needs_a_limit_and_falls_once(house: LivingHouse) -> None:
    id = await ask_for(house, "noor")
    await fill_in(house, "rosa", id)
    await decide(house, "lars", id, "proef", "-")
    assert isinstance(house.effect, FormErrors)
    assert "limit" in house.effect.errors
    await decide(house, "lars", id, "niet_toegestaan", "-")
    assert "Deze tool mogen we niet gebruiken." in text_of(house.chat("noor")[-1])
    await decide(house, "lena", id, "goedgekeurd", "intern")
    assert "al besloten" in house.refusal
    assert house.shelf.current.get_tool("notebooklm").status == "niet_toegestaan"


async def test_two_who_fill_in_the_list_at_once(house: LivingHouse) -> None:
    id = await ask_for(house, "noor")
    await house.press_raw("rosa", actions.OpenToolReview(request=id).pack())
    first = house.effect
    await fill_in(house, "lars", id)
    house.effect = first
    await house.submit("rosa", dict.fromkeys(CHECKS, "Iets anders."))
    assert isinstance(house.effect, FormErrors)
    assert "Een collega heeft dit net veranderd" in next(iter(house.effect.errors.values()))
    assert house.form.fields[0].value == "Uitgezocht."  # type: ignore[union-attr]


async def test_what_is_missing_or_known_is_said_beside_what_was_typed(house: LivingHouse) -> None:
    await house.command("noor", "tools")
    await house.press("noor", "Vraag een tool aan")
    effect = await house.submit("noor", {"name": "copilot", "what_for": "", "data": "verzonnen", "link": ""})
    assert isinstance(effect, FormErrors)
    assert set(effect.errors) == {"name", "what_for", "data"}
    assert "Microsoft 365 Copilot staat al in ons overzicht" in effect.errors["name"]


async def test_being_forgotten_takes_the_name_from_a_request(house: LivingHouse) -> None:
    id = await ask_for(house, "noor")
    async with house.database.transaction() as tx:
        await tool_requests.forget_person(tx, house.ids["noor"])
    await fill_in(house, "rosa", id)
    before = len(house.chat("noor"))
    await decide(house, "lars", id, "niet_toegestaan", "-")
    assert len(house.chat("noor")) == before
