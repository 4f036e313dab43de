"""Questions that wait when the agreements change: read once more, offered to the Lab, answered with one press."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversations.lab import actions
from bot.model.effects import Refusal
from bot.model.events import HOUSE, NOWHERE
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation
from storage import due, tickets
from storage.database import Database
from storage.tickets import Ticket
from tests.conversations.dialog import text_of
from tests.conversations.labs import COFFEE, LAB, MAIL, RECORDING, LabHouse, read
from tests.conversations.readings import answers
from tests.conversations.roles import meet


class House(LabHouse):
    """What is read can change, as it does when a rule is agreed on."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        super().__init__(database, knowledge)
        self.learned: dict[str, Reading] = {}
        self.runs = 0
        object.__setattr__(self.desk, "read", self.read)

    async def read(self, question: str) -> Reading:
        found = self.learned.get(question)
        return replace(found, masked_question=question) if found else await read(question)

    async def agree(self, **readings: Reading) -> None:
        """From now on these questions are read so; the clock brings it to whoever wants to know."""
        self.learned |= {globals()[name]: reading for name, reading in readings.items()}
        self.runs += 1
        (action,) = [one for talk in self.desk.conversations for one in talk.agreed]
        account, place = HOUSE.model_dump(mode="json"), NOWHERE.model_dump(mode="json")
        async with self.database.transaction() as tx:
            key = f"agreed:{self.runs}"
            await due.plan(tx, key=key, action=action.pack(), account=account, place=place, due_at=self.clock())
        for _ in range(3):
            await self.ring()

    @property
    def offers(self) -> list[str]:
        return [text_of(card) for card in self.messages(LAB) if "nu beantwoord" in card.summary]

    async def tickets(self) -> dict[str, Ticket]:
        async with self.database.reading() as tx:
            return {one.text: one for one in await tickets.find_waiting(tx, after="", most=50)}


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[House]:
    async with House(database, knowledge) as house:
        await house.hand_over("anna")
        await house.hand_over("cleo", COFFEE)
        yield house


async def test_one_press_gives_the_answers_that_there_are_now(house: House, knowledge: Knowledge) -> None:
    await house.agree()
    assert house.offers == [], "nothing is answered by what is there"
    await house.agree(RECORDING=answers("brainstormen"), COFFEE=answers("klantmail"))
    (offer,) = house.offers
    assert "2 open vragen lijken nu beantwoord" in offer
    assert "Ik verstuur niets uit mezelf." in offer
    assert RECORDING in offer
    assert COFFEE in offer
    assert "geeft antwoord" not in house.chats("anna") + house.chats("cleo"), "never by itself"
    row = knowledge.get_use_case("brainstormen")
    await house.press("fleur", "Geef deze 2 antwoorden")
    assert "Fleur van het AI Lab geeft antwoord:" in house.chat("anna")
    for expected in (f"Hier is nu een afspraak over: ‘{row.title.nl}’.", f"Waarom: {row.why.nl}"):
        assert expected in house.chat("anna")
    assert "geeft antwoord" in house.chat("cleo")
    assert await house.tickets() == {}
    (card,) = [text_of(card) for card in house.messages(LAB) if "is beantwoord" in card.summary]
    assert card.count("is beantwoord.") == 2


async def test_what_was_offered_is_not_offered_again_unless_the_answer_is_another(house: House) -> None:
    await house.agree(RECORDING=answers("brainstormen"))
    await house.agree()
    assert len(house.offers) == 1
    await house.agree(RECORDING=answers("klantmail"))
    assert len(house.offers) == 2


async def test_who_wanted_a_person_though_the_bot_knew_gets_a_person(house: House) -> None:
    house.learned[MAIL] = answers("klantmail")
    await house.command("anna", "vraag", MAIL)
    await house.agree()
    assert house.offers == []


async def test_of_several_one_can_be_given_and_the_others_stay(house: House) -> None:
    await house.agree(RECORDING=answers("brainstormen"), COFFEE=answers("klantmail"))
    ref = (await house.tickets())[COFFEE].id[:6]
    await house.press("fleur", f"Geef dit antwoord op {ref}")
    (card,) = [text_of(card) for card in house.messages(LAB) if "nu beantwoord" in card.summary]
    assert f"Melding {ref} is beantwoord." in card
    assert RECORDING in card
    assert COFFEE not in card
    assert set(await house.tickets()) == {RECORDING}


async def test_an_old_button_answers_nothing_that_changed_or_is_somebody_else_s(house: House) -> None:
    await meet(house, "dirk")
    await house.agree(RECORDING=answers("brainstormen"), COFFEE=answers("klantmail"))
    waiting = await house.tickets()
    give = actions.GiveFound(tickets=tuple(one.id for one in waiting.values())).pack()
    assert isinstance(await house.press_raw("dirk", give), Refusal), "not without the right"
    assert isinstance(await house.press_raw("fleur", actions.GiveFound(tickets=("x",)).pack()), Refusal)
    house.learned[RECORDING] = answers("klantmail")
    await house.press_raw("bram", actions.Claim(ticket=waiting[COFFEE].id).pack())
    await house.press_raw("fleur", give)
    told = house.chat("fleur")
    assert "de afspraak is intussen weer veranderd" in told
    assert "Bram heeft deze melding al" in told
    assert set(await house.tickets()) == {RECORDING, COFFEE}
    assert "geeft antwoord" not in house.chats("anna") + house.chats("cleo")


async def test_more_than_fit_on_a_card_come_on_several(house: House) -> None:
    for number in range(8):
        question = f"Mag ik volstrekt onderwerp{number} bespreken?"
        await house.command("anna", "vraag", question)
        house.learned[question] = answers("klantmail")
    await house.agree()
    assert ["6 open vragen" in house.offers[0], "2 open vragen" in house.offers[1]] == [True, True]


async def test_a_model_that_helps_is_not_asked_all_that_waits_once_more(house: House) -> None:
    async def explain(question: str) -> Explanation:
        reading = replace(answers("klantmail"), masked_question=question)
        return Explanation(reading, (), (), (), (), (), "sure", (), 0.0)

    async def ask_model(question: str) -> Reading:
        raise AssertionError(question)

    object.__setattr__(house.desk, "explain", explain)
    object.__setattr__(house.desk, "read", ask_model)
    await house.agree()
    assert "2 open vragen" in house.offers[0]


async def test_a_reading_that_is_busy_is_tried_again_later(house: House) -> None:
    busy = [TimeoutError()] * 2

    async def slow(question: str) -> Reading:
        if busy:
            raise busy.pop()
        return await house.read(question)

    object.__setattr__(house.desk, "read", slow)
    await house.agree(RECORDING=answers("brainstormen"))
    assert house.offers == []
    for _ in range(4):
        house.clock.pass_by(timedelta(seconds=31))
        await house.ring()
    assert len(house.offers) == 1
