"""The principles and the philosophy: everyone sees them, and the board adopts what is proposed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.model.effects import FormErrors
from storage import matrix, matrix_proposals
from storage.database import Database
from tests.conversations.dialog import text_of
from tests.conversations.living import LAB, LivingHouse

OTHER = {"text_nl": "AI helpt, jij beslist.", "text_en": "AI helps, you decide.", "why": "Korter."}


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def propose(house: LivingHouse, which: str) -> str:
    await house.command("noor", "afspraken")
    await house.press("noor", "Stel een wijziging voor")
    await house.submit("noor", {**OTHER, "which": which})
    async with house.database.reading() as tx:
        (one,) = await matrix_proposals.list_open(tx)
    return one.id


async def approve(house: LivingHouse, person: str, id: str) -> None:
    await house.press_raw(person, actions.Approve(proposal=id).pack())
    await house.follow()


async def test_everyone_sees_them_with_their_version(house: LivingHouse) -> None:
    await house.command("noor", "afspraken")
    card = text_of(house.last)
    assert "Bij ons is AI gereedschap." in card
    assert "AI helpt, maar beslist niet." in card
    assert "versie 1, sinds" in card


async def test_a_principle_is_proposed_discussed_and_adopted(house: LivingHouse) -> None:
    id = await propose(house, "mens-beslist")
    for card in (house.messages(LAB)[-1], house.chat("dirk")[-1]):
        assert "was AI helpt, maar beslist niet., wordt AI helpt, jij beslist." in text_of(card)
    for person in ("lars", "rosa", "noor"):
        await approve(house, person, id)
        assert house.refusal
    await approve(house, "dirk", id)
    (principle,) = [one for one in house.shelf.current.policy.principles if one.id == "mens-beslist"]
    assert principle.text.nl == "AI helpt, jij beslist."
    async with house.database.reading() as tx:
        found = await matrix.find_version(tx, "principle", "mens-beslist")
    assert found is not None
    assert (found.version, found.why) == (2, "Korter.")


async def test_the_philosophy_gets_a_version(house: LivingHouse) -> None:
    await approve(house, "dirk", await propose(house, "philosophy"))
    await house.command("noor", "afspraken")
    assert "AI helpt, jij beslist." in text_of(house.last)
    assert "versie 2, sinds" in text_of(house.last)


async def test_a_new_one_comes_beside_the_others(house: LivingHouse) -> None:
    await approve(house, "dirk", await propose(house, "+"))
    assert [one.text.nl for one in house.shelf.current.policy.principles][-1] == "AI helpt, jij beslist."


async def test_what_is_missing_or_the_same_is_said(house: LivingHouse) -> None:
    await house.command("noor", "afspraken")
    await house.press("noor", "Stel een wijziging voor")
    effect = await house.submit("noor", {"which": "mens-beslist", "text_nl": "", "text_en": "x", "why": ""})
    assert isinstance(effect, FormErrors)
    assert set(effect.errors) == {"text_nl", "why"}
    same = {"text_nl": "AI helpt, maar beslist niet.", "text_en": "AI helps, but does not decide.", "why": "x"}
    effect = await house.submit("noor", {"which": "mens-beslist", **same})
    assert isinstance(effect, FormErrors)
    assert "nog niets veranderd" in effect.errors["why"]
