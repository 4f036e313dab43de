"""Proposals and approvals: what is agreed on counts at once, and whoever asked about it hears it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import ClosedTicket
from bot.conversations.matrix import actions
from bot.crossing import add_to_closed
from bot.model.cards import Card
from bot.model.effects import FormErrors, Refusal
from bot.model.events import Pressed
from storage import matrix, matrix_proposals, tickets
from storage.database import Database
from tests.conversations.dialog import account_of, buttons_of, direct, text_of
from tests.conversations.living import LAB, ROW, TITLE, LivingHouse
from tests.conversations.readings import answers


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def list_ids(house: LivingHouse) -> set[str]:
    async with house.database.reading() as tx:
        return {one.id for one in await matrix_proposals.list_open(tx)}


async def propose(house: LivingHouse, person: str, verdict: str, *, place: int = 1, why: str = "Zo is het.") -> str:
    """Another verdict for internal data (place 1); the proposal's id."""
    before = await list_ids(house)
    await house.command(person, "voorstel", ROW)
    await house.press(person, "Stel een ander oordeel voor")
    values = {field.id: field.value for field in house.form.fields}  # type: ignore[union-attr]
    await house.submit(person, {**values, f"verdict_{place}": verdict, "why": why})
    (id,) = await list_ids(house) - before
    return id


async def approve(house: LivingHouse, person: str, id: str) -> Card:
    await house.press_raw(person, actions.Approve(proposal=id).pack())
    await house.follow()
    return house.last


async def test_stricter_takes_one_and_is_in_force_at_once(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag_niet", why="Bel 06-12345678 voor uitleg.")
    card = text_of(house.messages(LAB)[-1])
    assert "interne informatie: was ☑️ Mag, mits, wordt ⛔ Mag niet" in card
    assert "één akkoord is genoeg" in card
    assert "06-12345678" not in card
    assert house.verdict() == "mag_mits"
    await approve(house, "lars", id)
    assert house.verdict() == "mag_niet"
    row = house.shelf.current.get_use_case(ROW)
    assert (row.version, row.since) == (2, house.clock().date())
    assert "geldt nu" in text_of(house.chat("noor")[-1])
    assert await house.audited() == ["matrix.proposed", "matrix.approved", "matrix.adopted"]
    async with house.database.reading() as tx:
        newest = (await matrix.list_history(tx, "row", ROW))[0]
    assert (newest.by, newest.proposal_id, newest.source) == (house.ids["noor"], id, "chat")


async def test_looser_takes_two_of_whom_one_reviews(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag")
    assert "twee akkoorden" in text_of(house.messages(LAB)[-1])
    assert "twee akkoorden" in text_of(house.chat("rosa")[-1]), "who reviews is not in the Lab"
    for person in ("lars", "lars", "lena"):
        await approve(house, person, id)
        assert house.verdict() == "mag_mits"
    await approve(house, "rosa", id)
    assert house.verdict() == "mag"


async def test_a_mixed_change_counts_as_looser(house: LivingHouse) -> None:
    await house.command("noor", "voorstel", ROW)
    await house.press("noor", "Stel een ander oordeel voor")
    values = {field.id: field.value for field in house.form.fields}  # type: ignore[union-attr]
    await house.submit("noor", {**values, "verdict_0": "mag_niet", "verdict_3": "mag_mits", "why": "x"})
    assert "twee akkoorden" in text_of(house.messages(LAB)[-1])


async def test_nobody_approves_their_own_nor_without_the_right(house: LivingHouse) -> None:
    id = await propose(house, "lars", "mag_niet")
    await approve(house, "lars", id)
    assert "je eigen voorstel" in house.refusal
    await approve(house, "noor", id)
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    assert house.verdict() == "mag_mits"


async def test_an_approval_of_who_lost_the_role_does_not_count(house: LivingHouse) -> None:
    from storage import roles

    id = await propose(house, "noor", "mag")
    await approve(house, "lars", id)
    async with house.database.transaction() as tx:
        await roles.take(tx, house.ids["lars"], "ai_lab", house.clock())
    await approve(house, "rosa", id)
    assert house.verdict() == "mag_mits"
    await approve(house, "lena", id)
    assert house.verdict() == "mag"


async def test_a_row_that_changed_meanwhile_is_shown_and_not_overwritten(house: LivingHouse) -> None:
    first = await propose(house, "noor", "mag_niet")
    second = await propose(house, "noor", "grijs")
    await approve(house, "lars", first)
    card = text_of(await approve(house, "lena", second))
    assert "Ik overschrijf niets" in card
    assert "was ☑️ Mag, mits, wordt ⛔ Mag niet" in card
    assert "wordt ❔ Grijs gebied" in card
    assert "[Akkoord]" not in card
    assert house.verdict() == "mag_niet"


async def test_a_decision_is_taken_once(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag_niet")
    await house.press_raw("lars", actions.OpenDecline(proposal=id).pack())
    assert isinstance(await house.submit("lars", {"reason": " "}), FormErrors)
    await house.submit("lars", {"reason": "Dat is al zo."})
    assert "De reden: Dat is al zo." in text_of(house.chat("noor")[-1])
    await approve(house, "lena", id)
    assert "Hier is al over besloten. Het gaat niet door." in house.refusal
    await house.press_raw("noor", actions.Withdraw(proposal=id).pack())
    assert isinstance(house.effect, Refusal)


async def test_proposals_of_others_are_for_who_decides(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag_niet")
    await house.say_hello("anna")
    await house.command("anna", "voorstellen")
    assert "geen voorstellen open" in text_of(house.chat("anna")[-1])
    await house.press_raw("anna", actions.ShowProposal(proposal=id).pack())
    assert isinstance(house.effect, Refusal)
    for person in ("noor", "rosa"):
        await house.command(person, "voorstellen")
        await house.press(person, TITLE)
        assert "Voorgesteld door Noor" in text_of(house.chat(person)[-1])


async def test_only_who_made_it_withdraws_it(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag_niet")
    await house.press_raw("lars", actions.Withdraw(proposal=id).pack())
    assert "Alleen wie het voorstelde" in house.refusal
    await house.press_raw("noor", actions.Withdraw(proposal=id).pack())
    await house.command("noor", "voorstellen")
    assert "geen voorstellen open" in text_of(house.last)


async def test_the_effect_is_told_in_numbers_and_never_of_few_people(house: LivingHouse) -> None:
    for person in ("anna", "bram"):
        await house.ask(person, "Mag een klantmail?", "mag_mits")
    await house.ask("cleo", "Mag een klantmail met namen?", "grijs", data=["persoonsgegevens"])
    await propose(house, "noor", "mag_niet")
    card = text_of(house.messages(LAB)[-1])
    assert "2 vragen gaan van ☑️ Mag, mits naar ⛔ Mag niet." in card
    assert "minder dan drie mensen" in card
    assert "Anna" not in card
    await house.ask("dirk", "Mag een brief aan een klant?", "mag_mits")
    await propose(house, "noor", "grijs")
    assert "Ze kwamen van 3 mensen." in text_of(house.messages(LAB)[-1])


async def test_who_asked_hears_it_once_in_one_message(house: LivingHouse) -> None:
    await house.say_hello("anna", "bram")
    await house.ask("anna", "Mag een klantmail?", "mag_mits")
    await house.ask("anna", "Mag een brief aan een klant?", "mag_mits")
    await house.ask("bram", "Mag een klantmail met namen?", "grijs", data=["persoonsgegevens"])
    await house.ask(None, "Mag een offerte?", "mag_mits")
    id = await propose(house, "noor", "mag_niet")
    await approve(house, "lars", id)
    await house.ring()
    await house.ring()
    (told,) = [card for card in house.chat("anna") if "veranderd" in text_of(card)]
    assert "Je vroeg: ‘Mag een klantmail?’. Dat was ☑️ Mag, mits. Nu is het ⛔ Mag niet." in text_of(told)
    assert "Mag een brief aan een klant?" in text_of(told)
    assert not [card for card in house.chat("bram") if "veranderd" in text_of(card)]
    again = await propose(house, "noor", "mag_niet", place=0)  # another cell: nothing new for them
    await approve(house, "lars", again)
    await house.ring()
    assert len([card for card in house.chat("anna") if "veranderd" in text_of(card)]) == 1


async def test_telling_waits_until_this_process_judges_by_it(house: LivingHouse) -> None:
    await house.say_hello("anna")
    await house.ask("anna", "Mag een klantmail?", "mag_mits")
    id = await propose(house, "noor", "mag_niet")
    await house.press_raw("lars", actions.Approve(proposal=id).pack())  # on another replica: not followed here yet
    before = len(house.chat("anna"))
    await house.ring()
    assert len(house.chat("anna")) == before
    await house.follow()
    from datetime import timedelta

    await house.ring(timedelta(seconds=6))
    assert "veranderd" in text_of(house.chat("anna")[-1])


async def test_an_example_is_added_and_its_asker_hears_the_answer(house: LivingHouse) -> None:
    question = "Mag AI de uitnodiging voor onze relaties verzinnen?"
    await house.say_hello("anna")
    await house.ask("anna", question, None, row=None)
    card = await closed_ticket(house, question)
    assert "Vaste regel maken?" in text_of(card)
    label = next(button.label for button in buttons_of(card) if button.label.startswith("Voorbeeld bij"))
    assert TITLE[:30] in label
    await house.press_raw("lars", next(b.action for b in buttons_of(card) if b.label == label))
    assert house.form.fields[0].value == question  # type: ignore[union-attr]
    await house.submit("lars", {"example": question, "language": "nl", "why": ""})
    async with house.database.reading() as tx:
        (proposal,) = await matrix_proposals.list_open(tx)
    assert (proposal.ticket_id, proposal.looser) == ("t1", True)
    assert "1 vraag gaat van geen antwoord naar ☑️ Mag, mits." in text_of(house.messages(LAB)[-1])
    await approve(house, "lena", proposal.id)
    await approve(house, "rosa", proposal.id)
    assert question in house.shelf.current.get_use_case(ROW).examples["nl"]
    await house.ring()
    assert "Daar is nu een antwoord op: ☑️ Mag, mits." in text_of(house.chat("anna")[-1])


async def closed_ticket(house: LivingHouse, question: str) -> Card:
    """What the seam adds below a closed ticket."""
    from bot.conversation import Turn
    from bot.model.events import Opened, Person

    ticket = ClosedTicket(id="t1", question=question, answer="Ja, dat mag.", nearest=("weg", ROW), data=("intern",))
    async with house.database.transaction() as tx:
        event = Opened(key="x", account=account_of("lars"), place=direct("lars"), at=house.clock())
        turn = Turn(event, Person(id=house.ids["lars"], name="Lars"), tx, house.clock(), "nl")
        return await add_to_closed(house.desk, turn, Card.of_words("Gesloten."), ticket)


async def test_an_example_that_is_known_is_refused_beside_what_was_typed(house: LivingHouse) -> None:
    await house.command("noor", "voorstel", ROW)
    await house.press("noor", "Voeg een voorbeeld toe")
    known = house.shelf.current.use_cases[1].examples["nl"][0]
    effect = await house.submit("noor", {"example": known.upper() + "!", "language": "nl", "why": ""})
    assert isinstance(effect, FormErrors)
    assert "staat al bij ‘Een interne mail of memo schrijven’" in effect.errors["example"]


async def test_an_example_that_went_to_another_row_meanwhile(house: LivingHouse) -> None:
    example, ids = {"example": "Mag dit wel zo?", "language": "nl", "why": ""}, set[str]()
    for row in (ROW, "interne-mail"):
        await house.press_raw("noor", actions.OpenExample(row=row).pack())
        await house.submit("noor", example)
        (new,) = await list_ids(house) - ids
        await house.press_raw("lars", actions.Approve(proposal=new).pack())
        ids.add(new)
    await house.press_raw("rosa", actions.Approve(proposal=min(ids)).pack())
    await house.press_raw("rosa", actions.Approve(proposal=max(ids)).pack())  # not followed yet
    assert "Dit voorbeeld staat al bij" in house.refusal
    await house.follow()
    known = [row for row in house.shelf.current.use_cases if "Mag dit wel zo?" in row.examples["nl"]]
    assert len(known) == 1


async def test_two_who_approve_at_once_adopt_it_once(house: LivingHouse) -> None:
    id = await propose(house, "noor", "mag")
    await asyncio.gather(*(approve_now(house, person, id) for person in ("lars", "lena", "rosa")))
    await house.follow()
    assert house.verdict() == "mag"
    async with house.database.reading() as tx:
        assert len(await matrix.list_history(tx, "row", ROW)) == 2


async def test_two_proposals_about_one_row_at_once_overwrite_nothing(house: LivingHouse) -> None:
    ids = [await propose(house, "noor", verdict) for verdict in ("mag_niet", "grijs", "mag_niet")]
    await asyncio.gather(*(approve_now(house, "lars", id) for id in ids))
    async with house.database.reading() as tx:
        assert len(await matrix.list_history(tx, "row", ROW)) == 2
        assert await matrix_proposals.count_open(tx) == 2


async def approve_now(house: LivingHouse, person: str, id: str) -> None:
    """Without waiting for what others do."""
    action = actions.Approve(proposal=id).pack()
    place = direct(person)
    event = Pressed(key=f"{person}-{id}", account=account_of(person), place=place, at=house.clock(), action=action)
    await house.dispatcher.receive(event)


async def test_agreed_on_here_answered_there_and_told_once(database: Database, tmp_path: Path) -> None:
    """Two replicas on one database: the second answers by what was agreed on with the first."""
    readings = {"Mag een klantmail?": answers(ROW)}
    async with (
        LivingHouse(database, tmp_path, readings=readings) as one,
        LivingHouse(database, tmp_path, readings=readings) as other,
    ):
        await one.say_hello("anna")
        assert "☑️ Mag, mits" in text_of(await one.say("anna", "Mag een klantmail?"))
        id = await propose(one, "noor", "mag_niet")
        await approve(one, "lars", id)
        await other.follow()
        other.start_counting_at(10_000)
        assert "⛔ Mag niet" in text_of(await other.say("anna", "Mag een klantmail?"))
        for house in (one, other):
            await house.ring()
            await house.ring()
        told = [card for house in (one, other) for card in house.chat("anna") if "kreeg" in text_of(card)]
        assert len(told) == 1


async def test_the_followers_of_the_ticket_hear_that_it_became_a_rule(house: LivingHouse) -> None:
    await house.say_hello("anna")
    ticket = await open_ticket(house, "anna")
    await house.press_raw("lars", actions.OpenExample(row=ROW, words="Mag dit zo?", ticket=ticket).pack())
    await house.submit("lars", {"example": "Mag dit zo?", "language": "nl", "why": ""})
    (id,) = await list_ids(house)
    await approve(house, "lena", id)
    await approve(house, "rosa", id)
    await house.ring()
    assert f"is nu een vaste regel: ‘{TITLE}’" in text_of(house.chat("anna")[-1])


async def open_ticket(house: LivingHouse, person: str) -> str:
    """Of somebody who asked the Lab; its id."""
    now = house.clock()
    async with house.database.transaction() as tx:
        ticket = await tickets.add(
            tx,
            text="Mag dit zo?",
            note="",
            language="nl",
            reading={},
            row=None,
            unit="",
            meant_for=None,
            now=now,
            due_by=now,
            answer_by=now,
        )
        await tickets.add_asker(tx, ticket.id, house.ids[person], now)
    return ticket.id


async def test_the_command_gives_a_link_to_the_page(house: LivingHouse) -> None:
    await house.command("noor", "matrix")
    assert "Bekijk de matrix http" in text_of(house.last)
