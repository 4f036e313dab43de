"""Asking the Lab without a name: it comes in at the round, the answer waits behind a code, and nothing that is kept
leads to the person: every table and every log line is read."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.model.effects import FormErrors, OpenForm, Refusal
from knowledge.content import Knowledge
from storage import people, retention
from storage.codes import sum_of
from storage.database import Database
from storage.tables.people import AccountRow
from storage.tables.tickets import LetterRow, TicketRow
from storage.tables.web import WebMessageRow
from tests.conversations.dialog import channel, direct, text_of
from tests.conversations.labs import COFFEE, LAB, RECORDING, SAME, LabHouse
from tests.storage.filled import read_all

ROUND = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""One o'clock in Amsterdam."""
CODE = re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b")


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[LabHouse]:
    async with LabHouse(database, knowledge) as house:
        yield house


async def ask_unnamed(house: LabHouse, person: str = "anna", text: str = RECORDING, note: str = "") -> str:
    """Asked in the chat, then sent on without a name; the code."""
    await house.say(person, text)
    await house.press(person, "Vraag het AI Lab anoniem")
    found = CODE.search(house.form.intro)
    assert found is not None
    await house.submit(person, {"note": note, "how": "unnamed"})
    assert isinstance(house.effect, OpenForm), "it is done, and the code stands there once more"
    assert [field.value for field in house.form.fields] == [found[0]]  # type: ignore[union-attr]
    return found[0]


async def look_up(house: LabHouse, person: str, code: str) -> str:
    await house.command(person, "antwoord")
    await house.submit(person, {"code": code})
    return house.form.intro if isinstance(house.effect, OpenForm) else house.refusal


async def test_it_comes_in_at_the_round_and_not_before(house: LabHouse) -> None:
    code = await ask_unnamed(house)
    assert house.messages(LAB) == []
    assert "ligt nog in de brievenbus" in await look_up(house, "anna", code)
    await house.ring(ROUND - timedelta(minutes=1))
    assert house.messages(LAB) == []
    await house.ring(ROUND)
    shown = text_of(house.card)
    assert RECORDING in shown
    assert "Gevraagd door iemand die anoniem blijft" in shown
    assert "Gevraagd op di 24 november 2026 13:00" in shown
    assert "Anna" not in shown


async def test_the_answer_waits_behind_the_code(house: LabHouse) -> None:
    code = await ask_unnamed(house)
    await house.ring(ROUND)
    before = len(house.messages(direct("anna")))
    await house.press("fleur", "Vraag iets terug")
    await house.submit("fleur", {"text": "Welke opname?"})
    assert "Welke opname?" in await look_up(house, "anna", f" {code.lower()} ")
    await house.submit("anna", {"text": "Die van 06 12345678."})
    assert "om 9, 13 of 16 uur" in house.form.intro
    await house.ring(ROUND + timedelta(hours=3))
    assert any("De vraagsteller zegt:\nDie van" in text for text in house.thread)
    assert "12345678" not in "".join(house.thread)
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": "Ja, met toestemming."})
    assert "Ja, met toestemming." in await look_up(house, "anna", code)
    assert len(house.messages(direct("anna"))) == before, "no message ever goes to who asked"


async def test_a_wrong_code_says_so(house: LabHouse) -> None:
    await house.command("anna", "antwoord")
    assert isinstance(await house.submit("anna", {"code": "K7QF-2M9X-RT4C-8HWZ"}), FormErrors)
    assert isinstance(await house.submit("anna", {"code": ""}), FormErrors)


async def test_nothing_to_say_back_sends_nothing(house: LabHouse, database: Database) -> None:
    code = await ask_unnamed(house)
    await house.ring(ROUND)
    await look_up(house, "anna", code)
    await house.submit("anna", {"text": ""})
    assert "niets verstuurd" in house.form.intro
    async with database.reading() as tx:
        assert (await tx.execute(select(LetterRow))).first() is None


async def test_an_unnamed_follower_joins_and_both_hear_it(house: LabHouse) -> None:
    await house.hand_over("cleo")
    code = await ask_unnamed(house, text=SAME)
    await house.ring(ROUND)
    assert "Gevraagd door Cleo en nog 1 collega" in text_of(house.card)
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": "Ja."})
    assert "Ja." in house.chat("cleo")
    assert "Ja." in await look_up(house, "anna", code)


async def test_it_can_be_asked_straight_from_the_form(house: LabHouse) -> None:
    await house.command("anna", "vraag")
    code = CODE.search(house.form.intro)
    assert code is not None
    await house.submit("anna", {"question": COFFEE, "how": "unnamed"})
    await house.ring(ROUND)
    assert COFFEE in text_of(house.card)
    assert "nog geen antwoord" in await look_up(house, "anna", code[0])


async def test_a_code_of_one_s_own_making_is_refused(house: LabHouse) -> None:
    await house.command("anna", "vraag")
    assert isinstance(house.effect, OpenForm)
    weak = house.form.model_copy(update={"action": CODE.sub("geheim", house.form.action)})
    house.effect = OpenForm(weak)
    assert isinstance(await house.submit("anna", {"question": COFFEE, "how": "unnamed"}), Refusal)
    await house.ring(ROUND)
    assert house.messages(LAB) == []


async def test_the_button_of_a_question_that_was_sent_on_says_it_is_gone(house: LabHouse) -> None:
    await ask_unnamed(house)
    assert isinstance(await house.press("anna", "Vraag het AI Lab anoniem"), Refusal)
    assert "weet niet meer wie hem stelde" in house.refusal
    assert isinstance(await house.press("anna", "Vraag het AI Lab"), Refusal)
    assert "ging anoniem verder" in house.refusal


async def test_what_the_workspace_kept_of_it_goes_too(house: LabHouse, database: Database) -> None:
    """The web's own chat lies in the same database as the ticket."""
    await house.say("anna", RECORDING)
    async with database.transaction() as tx:
        known = await people.find_person(tx, "plain", "", "anna")
        assert known is not None
        web = {"id": "w", "platform": "web", "tenant": "", "user": "anna", "person_id": known.id}
        await tx.execute(insert(AccountRow).values(**web))
        said_before = (
            ("anna", RECORDING),
            ("anna", "hoi"),
            ("anna", "/promptclub vraag"),
            ("anna", "Vraag!"),
            ("anna", "/promptclub antwoord"),
            ("anna", "/promptclub vraag wie is er?"),
            ("cleo", RECORDING),
        )
        for number, (author, said) in enumerate(said_before):
            row = {"key": f"k{number}", "place": f"dm:{author}", "author": author, "text": said}
            await tx.execute(insert(WebMessageRow).values(**row, said_at=ROUND, change=number))
    await house.press("anna", "Vraag het AI Lab anoniem")
    await house.submit("anna", {"note": "", "how": "unnamed"})
    left = [("anna", "/promptclub antwoord"), ("anna", "/promptclub vraag wie is er?"), ("anna", "hoi")]
    assert await said_in_workspace(database) == [*left, ("cleo", RECORDING)], "nor that the form was asked for"
    await house.command("anna", "antwoord")
    assert await said_in_workspace(database) == [*left[1:], ("cleo", RECORDING)], "nor that they came looking"


async def said_in_workspace(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as tx:
        return sorted((row.author, row.text) for row in await tx.execute(select(WebMessageRow)))


# ---------------------------------------------------------------- nothing leads to the person


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    async with database.reading() as tx:
        return await read_all(tx)


def find(tables: dict[str, list[dict[str, Any]]], *words: str) -> set[str]:
    """The tables in which any of these stands, in whatever column."""
    return {
        name
        for name, rows in tables.items()
        for row in rows
        if any(word.lower() in str(value).lower() for value in row.values() for word in words)
    }


@pytest.mark.parametrize("asked_in", ["a chat", "a channel"])
async def test_nothing_that_is_kept_leads_from_the_ticket_to_the_person(
    house: LabHouse, database: Database, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str],
    asked_in: str,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    house.clock.moment = datetime(2026, 11, 24, 10, 17, 23, tzinfo=UTC)
    await house.say("cleo", COFFEE)
    before = await everything(database)
    if asked_in == "a channel":
        await house.say("anna", RECORDING, channel("algemeen", "t1"))
    else:
        await house.say("anna", RECORDING)
    house.clock.pass_by(timedelta(seconds=41))
    await house.press("anna", "Vraag het AI Lab anoniem")
    code = CODE.search(house.form.intro)
    assert code is not None
    question = re.findall(r"[0-9a-f]{32}", house.form.action)[0]
    house.clock.pass_by(timedelta(seconds=41))
    await house.submit("anna", {"note": "Het is dringend.", "how": "unnamed"})
    after = await everything(database)
    person = next(row["id"] for row in after["people"] if row["name"] == "Anna")

    # The secret and the question's id stand nowhere, and the words only in the letter.
    assert find(after, code[0], code[0].replace("-", ""), code[0].lower(), question) == set()
    assert find(after, RECORDING, "dringend") == {"ticket_letters"}
    (letter,) = after["ticket_letters"]
    assert letter["hash"] == sum_of(code[0])
    assert not any(isinstance(value, datetime) for value in letter.values()), "no moment"
    assert find({"ticket_letters": [letter]}, person, "anna", "dm-anna") == set()

    # Of the person only this is new: which deliveries were handled, and that they spoke.
    for name in (
        "questions",
        "askers",
        "handovers",
        "ticket_askers",
        "due",
        "nudges",
        "confirmations",
        "page_links",
    ):
        assert [row for row in after[name] if row not in before[name]] == [], name
    (answer,) = [row for row in after["outbox"] if row not in before["outbox"]]
    assert answer["card"] is None, "that an answer was sent, as of everybody"
    assert all(row["event"] is None for row in after["inbox"])

    # The round, and the Lab's work after it.
    await house.ring(ROUND)
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Geef antwoord")
    await house.submit("fleur", {"text": "Ja, met toestemming."})
    await look_up(house, "anna", code[0])
    last = await everything(database)
    (ticket,) = last["tickets"]
    assert ticket["opened_at"] == ROUND
    earlier = [row for row in last["outbox"] if row["kind"] == "answer" and row["wanted_at"] < ROUND]
    assert {row["card"] for row in earlier} == {None}, "nobody's answer stands out"
    assert len({row["person_id"] for row in earlier}) == 2
    about = {
        name: [row for row in rows if ticket["id"] in str(row)] for name, rows in last.items() if name != "people"
    }
    assert find(about, person, "anna", "Anna", "dm-anna") == set(), "no row about the ticket names the person"
    mine = {name: [row for row in rows if person in str(row)] for name, rows in last.items()}
    assert find(mine, ticket["id"], letter["hash"], RECORDING, "met toestemming") == set(), (
        "nor the other way round"
    )
    kept = [*last["tickets"], *last["ticket_notes"]]
    moments = [value for row in kept for value in row.values() if isinstance(value, datetime)]
    assert all(moment >= ROUND for moment in moments), "no moment from before the round"

    # What was logged and what stands in the audit log.
    logged = caplog.text + "".join(capsys.readouterr())
    for secret in (code[0], question, RECORDING, person):
        assert secret not in logged
    assert find({"audit_lines": last["audit_lines"]}, person, "anna") == set()


async def test_order_tells_nothing_letters_come_in_shuffled(house: LabHouse, database: Database) -> None:
    """Their ids are random, and that is their order; not that of their coming."""
    for number in range(8):
        await house.command("anna", "vraag")
        await house.submit("anna", {"question": f"Mag ik volstrekt onderwerp{number} bespreken?", "how": "unnamed"})
    await house.ring(ROUND)
    place = text("rowid" if database.is_sqlite else "ctid")
    async with database.reading() as tx:
        stand = (await tx.execute(select(TicketRow).order_by(place))).all()
    assert {row.opened_at for row in stand} == {ROUND}
    numbers = [int(re.findall(r"onderwerp(\d)", row.text)[0]) for row in stand]
    assert sorted(numbers) == list(range(8))
    assert numbers != list(range(8)), "once in forty thousand times this is chance"


async def test_it_is_kept_no_longer_than_the_others(house: LabHouse, database: Database) -> None:
    await ask_unnamed(house)
    await house.ring(ROUND)
    await house.press("fleur", "Sluit zonder antwoord")
    await house.submit("fleur", {"text": "Vraag het HR."})
    async with database.transaction() as tx:
        await retention.tidy(tx, ROUND + timedelta(days=401))
    async with database.reading() as tx:
        assert (await tx.execute(select(TicketRow))).first() is None
