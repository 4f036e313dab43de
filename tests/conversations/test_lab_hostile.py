"""The Lab's tickets under old buttons, forged values, impatience and clumsiness: a kind word, and nothing lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversations.lab import actions
from bot.conversations.lab.forms import UNNAMED
from bot.model.effects import FormErrors, Refusal
from knowledge.content import Knowledge
from storage.codes import new_code
from storage.database import Database
from storage.tables.tickets import LetterRow, TicketRow
from tests.conversations.dialog import buttons_of, direct, text_of
from tests.conversations.labs import COFFEE, LAB, MAIL, RECORDING, LabHouse
from tests.conversations.test_lab_unnamed import ROUND, look_up


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[LabHouse]:
    async with LabHouse(database, knowledge) as house:
        yield house


async def ticket_of(database: Database, text: str) -> TicketRow:
    async with database.reading() as tx:
        return (await tx.execute(select(TicketRow).where(TicketRow.text == text))).one()  # type: ignore[arg-type, return-value]


async def merge(house: LabHouse, database: Database, text: str, into: str) -> None:
    ticket, other = await ticket_of(database, text), await ticket_of(database, into)
    await house.press_raw("fleur", actions.OpenMerge(ticket=ticket.id).pack())
    await house.submit("fleur", {"into": other.id})


async def test_who_asked_what_was_merged_twice_still_reaches_the_lab(house: LabHouse, database: Database) -> None:
    third = "Mag de printer gedichten schrijven?"
    await house.hand_over("anna")
    reply = actions.OpenReply(ticket=(await ticket_of(database, RECORDING)).id).pack()
    await house.hand_over("cleo", COFFEE)
    await house.hand_over("cleo", third)
    await merge(house, database, RECORDING, COFFEE)
    await merge(house, database, COFFEE, third)
    await house.press_raw("anna", reply)
    await house.submit("anna", {"text": "Ik heb nog iets."})
    assert "Ik heb nog iets." in house.thread[-1]
    assert (await ticket_of(database, COFFEE)).state == "closed", "what was merged stays merged"


async def test_nothing_is_merged_into_what_was_closed_meanwhile(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await house.hand_over("cleo", COFFEE)
    recording, coffee = await ticket_of(database, RECORDING), await ticket_of(database, COFFEE)
    await house.press_raw("fleur", actions.OpenMerge(ticket=recording.id).pack())
    form = house.effect
    await house.press_raw("bram", actions.OpenClose(ticket=coffee.id).pack())
    await house.submit("bram", {"text": "Dit is voor HR."})
    for into in (coffee.id, recording.id, "", "x"):
        house.effect = form
        assert isinstance(await house.submit("fleur", {"into": into}), Refusal)
        assert "Kies een andere" in house.refusal
    assert (await ticket_of(database, RECORDING)).state == "open"


async def test_what_is_given_on_while_the_asker_is_to_speak_still_waits_for_them(
    house: LabHouse, database: Database
) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Vraag iets terug")
    await house.submit("fleur", {"text": "Welke opname?"})
    await house.press("fleur", "Geef aan een collega")
    (bram,) = [one for one in house.form.fields[0].options if one.label == "Bram"]  # type: ignore[union-attr]
    await house.submit("fleur", {"who": bram.value, "text": ""})
    assert "Bram wacht op de vraagsteller" in text_of(house.card)
    await house.press("bram", "Geef terug")
    kept = await ticket_of(database, RECORDING)
    assert (kept.state, kept.claimed_by) == ("open", None)
    assert kept.due_by is not None, "what nobody has is due again"


async def test_given_to_a_colleague_before_anybody_looked_the_asker_hears_who_has_it(
    house: LabHouse, database: Database
) -> None:
    await house.hand_over("anna")
    await house.press("fleur", "Geef aan een collega")
    (bram,) = [one for one in house.form.fields[0].options if one.label == "Bram"]  # type: ignore[union-attr]
    await house.submit("fleur", {"who": bram.value, "text": ""})
    assert "Bram van het AI Lab kijkt naar je vraag" in house.chat("anna")
    assert (await ticket_of(database, RECORDING)).reacted_at is not None


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Geef antwoord", "Een heel lang antwoord."),
        ("Vraag iets terug", "Welke?"),
        ("Sluit zonder antwoord", "HR."),
    ],
)
async def test_what_was_typed_too_late_is_still_there_to_copy(house: LabHouse, label: str, typed: str) -> None:
    await house.hand_over("anna")
    await house.press("bram", label)
    form = house.effect
    await house.press("fleur", "Ik pak hem op")
    house.effect = form
    assert isinstance(await house.submit("bram", {"text": typed}), FormErrors)
    assert house.form.fields[0].value == typed
    assert isinstance(house.effect, FormErrors)
    assert "Fleur heeft deze melding al" in house.effect.errors["text"]
    assert typed not in house.chats("anna")


async def test_a_form_of_who_has_no_right_says_so(house: LabHouse, database: Database) -> None:
    await house.hand_over("anna")
    await house.press("bram", "Geef antwoord")
    assert isinstance(await house.submit("cleo", {"text": "Ja hoor."}), Refusal)
    assert "rol AI Lab" in house.refusal
    assert (await ticket_of(database, RECORDING)).state == "open"


async def test_sent_twice_with_one_code_it_is_one_question(house: LabHouse, database: Database) -> None:
    """A second press, or a form that comes back: nothing gets lost behind a code that leads elsewhere."""
    await house.command("anna", "vraag")
    form = house.effect
    await house.submit("anna", {"question": RECORDING, "how": UNNAMED})
    for asked in (RECORDING, COFFEE):
        house.effect = form
        assert isinstance(await house.submit("anna", {"question": asked, "how": UNNAMED}), Refusal)
        assert "Met deze code" in house.refusal
    async with database.reading() as tx:
        assert len((await tx.execute(select(LetterRow))).all()) == 1
    await house.ring(ROUND)
    house.effect = form
    await house.submit("anna", {"question": COFFEE, "how": UNNAMED})
    assert "Met deze code" in house.refusal


async def test_a_forged_code_is_no_code(house: LabHouse, database: Database) -> None:
    for code in ("", "abc", "x" * 60, new_code() + "A"):
        forged = actions.SendQuestion(code=code).pack()
        await house.command("anna", "vraag")
        object.__setattr__(house.form, "action", forged)
        assert isinstance(await house.submit("anna", {"question": RECORDING, "how": UNNAMED}), Refusal)
    async with database.reading() as tx:
        assert (await tx.execute(select(LetterRow))).first() is None


async def test_what_lies_there_with_a_name_cannot_become_nameless(house: LabHouse, database: Database) -> None:
    """It would say that the question is gone from memory, while the Lab reads the name on its card."""
    await house.say("anna", MAIL)
    await house.press("anna", "Vraag het AI Lab")
    press = next(b for b in buttons_of(house.messages(direct("anna"))[0]) if "anoniem" in b.label)
    await house.press_raw("anna", press.action)
    assert "met je naam" in house.refusal
    id = re.findall(r"[0-9a-f]{32}", press.action)[0]
    await house.command("anna", "vraag")
    object.__setattr__(house.form, "action", actions.SendQuestion(code=new_code(), question=id).pack())
    await house.submit("anna", {"note": "", "how": UNNAMED})
    assert "met je naam" in house.refusal, "nor with a form that was open before"
    async with database.reading() as tx:
        assert (await tx.execute(select(LetterRow))).first() is None


async def test_the_unnamed_asker_answers_back_after_it_was_merged_and_closed(
    house: LabHouse, database: Database
) -> None:
    await house.command("anna", "vraag")
    code = actions.SendQuestion.model_validate_json(house.form.action.partition(",")[2][:-1]).code
    await house.submit("anna", {"question": RECORDING, "how": UNNAMED})
    await house.ring(ROUND)
    await house.hand_over("cleo", COFFEE)
    await merge(house, database, RECORDING, COFFEE)
    await house.press_raw("fleur", actions.OpenClose(ticket=(await ticket_of(database, COFFEE)).id).pack())
    await house.submit("fleur", {"text": "Dit is voor HR."})
    assert "Dit is voor HR." in await look_up(house, "anna", code)
    await house.submit("anna", {"text": "Maar HR weet het niet."})
    await house.ring(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    assert "De vraagsteller zegt:\nMaar HR weet het niet." in house.thread
    assert (await ticket_of(database, COFFEE)).state == "claimed", "it is open again"
    assert (await ticket_of(database, RECORDING)).state == "closed"
    assert all("Anna" not in text_of(card) for card in house.messages(LAB))


async def test_the_same_nameless_question_of_two_people_is_one_ticket(house: LabHouse) -> None:
    for person in ("anna", "cleo"):
        await house.command(person, "vraag")
        await house.submit(person, {"question": RECORDING, "how": UNNAMED})
    await house.ring(ROUND)
    await house.ring(ROUND + timedelta(seconds=10))
    (card,) = house.messages(LAB)
    assert "Gevraagd door 2 mensen die anoniem blijven" in text_of(card)
