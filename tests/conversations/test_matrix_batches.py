"""What came with one spreadsheet: brought to who decides, approved together, and each by its own rules."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversations.matrix import actions
from bot.model.effects import Refusal
from bot.model.events import Pressed
from knowledge.changes import is_looser
from storage import due, matrix, matrix_proposals, people
from storage.database import Database
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.living import LAB, ROW, LivingHouse
from tests.conversations.test_matrix import approve, propose

BATCH = "b" * 32


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def import_changes(house: LivingHouse, person: str, changes: dict[str, dict[str, Any]]) -> None:
    """As `prompt-club matrix import` leaves it: for each row, what becomes of its cells."""
    house_account, nowhere = (
        {"platform": "house", "tenant": "", "user": "clock"},
        direct("x").model_dump(mode="json"),
    )
    async with house.database.transaction() as tx:
        for ref, values in changes.items():
            held = await matrix.find_version(tx, "row", ref)
            assert held is not None and held.content is not None
            verdicts = {**held.content["verdicts"], **values.get("verdicts", {})}
            content = {**held.content, **values, "verdicts": verdicts}
            await matrix_proposals.add_proposal(
                tx,
                kind="row",
                ref=ref,
                base=held.revision,
                content=content,
                looser=is_looser(house.shelf.current, "row", held.content, content),
                why="Besproken.",
                ticket_id=None,
                proposed_by=house.ids[person],
                proposed_at=house.clock(),
                batch=BATCH,
            )
        action = actions.BringBatch(batch=BATCH).pack()
        await due.plan(tx, key="b", action=action, account=house_account, place=nowhere, due_at=house.clock())
    await house.ring()


LOOSER, STRICTER = {"verdicts": {"intern": "mag"}}, {"verdicts": {"intern": "mag_niet"}}


async def test_a_spreadsheet_is_brought_and_approved_together(house: LivingHouse) -> None:
    await house.say_hello("anna")
    await house.ask("anna", "Mag een klantmail?", "mag_mits")
    await house.ask("anna", "Mag een memo?", "mag", row="interne-mail")
    await import_changes(house, "noor", {ROW: LOOSER, "interne-mail": STRICTER})
    card = text_of(house.messages(LAB)[-1])
    assert "2 voorstellen uit een spreadsheet" in card
    assert "was ☑️ Mag, mits, wordt ✅ Mag" in card
    assert "2 voorstellen uit een spreadsheet" in text_of(house.chat("rosa")[-1]), "a reviewer is needed"
    assert house.chat("lena") == []
    await house.press_raw("lars", actions.ApproveBatch(batch=BATCH).pack())
    done = text_of(house.last)
    assert "1 voorstel geldt nu." in done
    assert "1 voorstel wacht nog op een collega" in done
    await house.follow()
    assert (house.verdict(row="interne-mail"), house.verdict()) == ("mag_niet", "mag_mits")
    await house.press("lars", "Bekijk wat openstaat (1)")
    await house.press("lars", "Akkoord met alles")
    await house.follow()
    assert house.verdict() == "mag_mits", "the same person is one person"
    await house.command("rosa", "voorstellen")
    await house.press("rosa", "Spreadsheet van Noor: 1 voorstel")
    await house.press("rosa", "Akkoord met alles")
    await house.follow()
    assert house.verdict() == "mag"
    async with house.database.reading() as tx:
        newest = (await matrix.list_history(tx, "row", ROW))[0]
    assert (newest.source, newest.by, newest.why) == ("sheet", house.ids["noor"], "Besproken.")
    assert "1 voorstel uit je spreadsheet geldt nu." in text_of(house.chat("noor")[-1])
    for _ in range(2):
        await house.ring()
    told = [text_of(card) for card in house.chat("anna") if "veranderd" in text_of(card)]
    assert len(told) == 2, "one for each time something was agreed"


async def test_what_is_agreed_together_is_told_together(house: LivingHouse) -> None:
    await house.say_hello("anna")
    await house.ask("anna", "Mag een klantmail?", "mag_mits")
    await house.ask("anna", "Mag een memo?", "mag", row="interne-mail")
    await import_changes(house, "noor", {ROW: STRICTER, "interne-mail": STRICTER})
    await house.press("lars", "Akkoord met alles")
    await house.follow()
    await house.ring()
    (told,) = [text_of(card) for card in house.chat("anna") if "veranderd" in text_of(card)]
    assert "Mag een klantmail?" in told
    assert "Mag een memo?" in told


async def test_who_brought_it_in_approves_none_of_it(house: LivingHouse) -> None:
    await import_changes(house, "lars", {ROW: STRICTER})
    assert "Voorstel:" in text_of(house.messages(LAB)[-1]), "one alone is brought as a proposal"
    await house.press_raw("lars", actions.ApproveBatch(batch=BATCH).pack())
    assert "je eigen voorstel" in house.refusal
    await house.press_raw("noor", actions.ApproveBatch(batch=BATCH).pack())
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    await house.press_raw("noor", actions.ShowBatch(batch=BATCH).pack())
    assert isinstance(house.effect, Refusal)
    await house.press_raw("lena", actions.ApproveBatch(batch=BATCH).pack())
    await house.follow()
    assert house.verdict() == "mag_niet"
    for press in (actions.ApproveBatch(batch=BATCH), actions.ShowBatch(batch="verzonnen")):
        await house.press_raw("lena", press.pack())
        assert "al besloten" in house.refusal


async def test_what_changed_meanwhile_is_left_open_and_both_are_shown(house: LivingHouse) -> None:
    await import_changes(house, "noor", {ROW: STRICTER, "interne-mail": STRICTER})
    await approve(house, "lars", await propose(house, "noor", "grijs"))
    await house.press_raw("lena", actions.ApproveBatch(batch=BATCH).pack())
    assert "1 regel is intussen zelf veranderd" in text_of(house.last)
    await house.follow()
    assert (house.verdict(), house.verdict(row="interne-mail")) == ("grijs", "mag_niet")
    await house.press("lena", "Bekijk wat openstaat (1)")
    await house.press("lena", "Bekijk dit voorstel")
    card = text_of(house.last)
    assert "Ik overschrijf niets" in card
    assert "wordt ❔ Grijs gebied" in card
    assert "wordt ⛔ Mag niet" in card


async def test_two_who_approve_all_at_once_adopt_each_once(house: LivingHouse) -> None:
    rows = [row.id for row in house.shelf.current.use_cases[:8]]
    await import_changes(house, "noor", {row: {"why": {"nl": "x", "en": "y"}} for row in rows})
    action = actions.ApproveBatch(batch=BATCH).pack()

    async def press(person: str) -> None:
        account, place = account_of(person), direct(person)
        await house.dispatcher.receive(
            Pressed(key=f"p-{person}", account=account, place=place, at=house.clock(), action=action)
        )

    await asyncio.gather(*(press(person) for person in ("lars", "lena", "rosa")))
    async with house.database.reading() as tx:
        for row in rows:
            assert len(await matrix.list_history(tx, "row", row)) == 2
        assert await matrix_proposals.count_open(tx) == 0


async def test_what_was_begun_is_kept_a_while_and_forgotten_with_its_maker(house: LivingHouse) -> None:
    async with house.database.transaction() as tx:
        for person in ("noor", "lars"):
            await matrix_proposals.add_proposal(
                tx,
                state="draft",
                kind="row",
                ref=person,
                base=0,
                content={},
                looser=True,
                why="",
                ticket_id=None,
                proposed_by=house.ids[person],
                proposed_at=house.clock(),
            )
        await matrix_proposals.forget_person(tx, house.ids["noor"])
        assert await matrix_proposals.forget_drafts(tx, house.clock()) == 0
        assert (await people.find_by_id(tx, house.ids["noor"])) is not None
        house.clock.pass_by(matrix_proposals.DRAFTS * 2)
        assert await matrix_proposals.forget_drafts(tx, house.clock()) == 1, "the other was forgotten"
