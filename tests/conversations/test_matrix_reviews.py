"""Rows are looked at again: by their owner, late ones say so, a policy asks it at once, and files undo nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.model.effects import FormErrors, Refusal
from storage import matrix, matrix_reviews, roles
from storage.database import Database
from tests.conversations.dialog import text_of
from tests.conversations.living import ROW, LivingHouse
from tests.conversations.readings import answers
from tests.conversations.test_matrix import approve, propose

QUESTION = "Mag een klantmail?"


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path, readings={QUESTION: answers(ROW)}) as house:
        await house.ring()  # the regular things begin
        await house.ring(timedelta(minutes=6))
        yield house


async def pass_days(house: LivingHouse, days: int) -> None:
    await house.ring(timedelta(days=days))
    for _ in range(2):
        await house.ring(timedelta(minutes=6))
    await house.follow()


async def own(house: LivingHouse, person: str) -> None:
    async with house.database.transaction() as tx:
        await matrix_reviews.hand_over(tx, ROW, house.ids[person])


def told(house: LivingHouse, person: str) -> str:
    return "\n".join(text_of(card) for card in house.chat(person))


async def test_nobody_is_asked_on_the_first_day(house: LivingHouse) -> None:
    assert told(house, "lars") == ""
    assert house.shelf.current.under_review == frozenset()


async def test_the_lab_is_asked_in_time_and_a_late_row_says_so(house: LivingHouse) -> None:
    await pass_days(house, 62)
    assert "49 regels van de matrix op jouw blik" in told(house, "lars")
    assert told(house, "noor") == ""
    assert house.shelf.current.under_review == frozenset()
    await pass_days(house, 14)
    assert ROW in house.shelf.current.under_review
    assert "wordt herzien" in text_of(await house.say("noor", QUESTION))
    await house.command("lars", "nakijken")
    for _ in range(49):
        await house.press("lars", "Ja, dit klopt nog")
    assert "Er wacht geen regel op jou" in text_of(house.last)
    await house.follow()
    assert house.shelf.current.under_review == frozenset()
    assert "wordt herzien" not in text_of(await house.say("noor", QUESTION))


async def test_an_owner_is_asked_and_the_lab_is_not(house: LivingHouse) -> None:
    await own(house, "rosa")
    await pass_days(house, 62)
    assert "1 regel van de matrix" in told(house, "rosa")
    assert "48 regels" in told(house, "lars")
    await house.command("rosa", "nakijken")
    await house.press("rosa", "Geef het door")
    for wrong in ("noor@example.com", "niemand@example.com"):
        assert isinstance(await house.submit("rosa", {"who": wrong}), FormErrors)
    await house.submit("rosa", {"who": "lena@example.com"})
    assert "Rosa geeft je de regel" in told(house, "lena")


async def test_an_owner_who_lost_the_role_means_the_lab(house: LivingHouse) -> None:
    await own(house, "rosa")
    async with house.database.transaction() as tx:
        await roles.take(tx, house.ids["rosa"], "security", house.clock())
    await pass_days(house, 62)
    assert told(house, "rosa") == ""
    assert "49 regels" in told(house, "lars")
    await house.press_raw("rosa", actions.StillHolds(row=ROW).pack())
    assert isinstance(house.effect, Refusal)


async def test_what_was_agreed_anew_needs_no_look(house: LivingHouse) -> None:
    await approve(house, "lars", await propose(house, "noor", "mag_niet"))
    await pass_days(house, 62)
    assert "48 regels" in told(house, "lena")


async def test_a_new_version_of_a_policy_asks_at_once(house: LivingHouse) -> None:
    await house.command("noor", "beleid")
    assert "Dit hoort bij de rol AI Lab" in house.refusal
    await house.command("lars", "beleid")
    await house.press("lars", "Er is een nieuwe versie")
    assert isinstance(await house.submit("lars", {"policy": "privacybeleid", "what": ""}), FormErrors)
    await house.submit("lars", {"policy": "privacybeleid", "what": "Bel 06-12345678."})
    leaning = {row.id for row in house.shelf.current.use_cases if "privacybeleid" in row.policies}
    assert f"{len(leaning)} regels horen bij ‘Privacybeleid’" in told(house, "lars")
    await house.follow()
    assert house.shelf.current.under_review == leaning
    await house.ring()
    assert "regels van de matrix op jouw blik" in told(house, "lena")
    await house.command("lena", "nakijken")
    card = text_of(house.last)
    assert "een nieuwe versie van ‘Privacybeleid’" in card
    assert "06-12345678" not in card
    await house.press("lena", "Ja, dit klopt nog")
    await house.follow()
    assert len(house.shelf.current.under_review) == len(leaning) - 1
    await house.command("lars", "beleid")
    assert "Versie 2 sinds" in text_of(house.last)
    assert "matrix.policy_version" in await house.audited()


async def edit_file(house: LivingHouse, old: str, new: str) -> None:
    path = house.folder / "matrix.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    await house.follow()
    await house.follow()


async def test_a_file_that_differs_is_settled_by_a_person(house: LivingHouse) -> None:
    await approve(house, "lars", await propose(house, "noor", "mag_niet"))
    await edit_file(house, "intern: mag_mits", "intern: mag")
    assert house.verdict() == "mag_niet"
    await house.ring(timedelta(minutes=6))
    assert "was ⛔ Mag niet, wordt ✅ Mag" in told(house, "lena")
    before = len(house.chat("lena"))
    await house.ring(timedelta(minutes=6))
    assert len(house.chat("lena")) == before, "told once"
    await house.press("lena", "Houd wat nu geldt")
    await house.follow()
    assert house.verdict() == "mag_niet"
    await house.press("lars", "Neem het bestand over")
    assert "al opgelost" in house.refusal


async def test_taking_the_file_makes_it_the_source_again(house: LivingHouse) -> None:
    await approve(house, "lars", await propose(house, "noor", "mag_niet"))
    await edit_file(house, "intern: mag_mits", "intern: grijs")
    await house.ring(timedelta(minutes=6))
    await house.press_raw("noor", await difference_action(house))
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    await house.press("lars", "Neem het bestand over")
    await house.follow()
    assert house.verdict() == "grijs"
    await edit_file(house, "intern: grijs", "intern: mag_niet")
    assert house.verdict() == "mag_niet"


async def difference_action(house: LivingHouse) -> str:
    async with house.database.reading() as tx:
        (one,) = await matrix.list_differences(tx)
    return actions.Settle(kind=one.kind, ref=one.ref, hash=one.hash, take=True).pack()
