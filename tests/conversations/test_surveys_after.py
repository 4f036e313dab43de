"""What follows a survey: themes, doubts to the Lab, mistakes as cases, tools, a vote, proposals, and again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from bot.conversations.surveys.repeating import QUARTER
from bot.model.cards import Card
from bot.model.effects import FormErrors, OpenForm, Refusal
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.themes import Vectors
from storage import audit, surveys, tickets
from storage.database import Database
from tests.conversations.dialog import direct, text_of
from tests.conversations.readings import NOTHING, answers, small_talk
from tests.conversations.roles import meet
from tests.conversations.surveying import CLOSES, TEAM, SurveyHouse

_ENDLESS = "Een twijfel zonder einde"
_LETTERS = {"v": 0, "k": 1, "n": 2}


class AfterHouse(SurveyHouse):
    """Texts that begin with the same letter mean the same; `readings` says what a doubt is read as."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        super().__init__(database, knowledge)
        self.readings: dict[str, Reading] = {}
        object.__setattr__(self.desk, "encode", self._encode)
        object.__setattr__(self.desk, "read", self._read)

    async def _encode(self, texts: Sequence[str]) -> Vectors:
        return np.eye(len(texts) + 3, dtype=np.float32)[
            [_LETTERS.get(text[0].lower(), place + 3) for place, text in enumerate(texts)]
        ]

    async def _read(self, text: str) -> Reading:
        if text == _ENDLESS:
            raise TimeoutError
        found = next((reading for begin, reading in self.readings.items() if text.startswith(begin)), NOTHING)
        return replace(found, masked_question=text)

    def next(self) -> Card:
        return next(card for card in reversed(self.messages(direct("noor"))) if "Wat kan er nu" in card.summary)


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[AfterHouse]:
    async with AfterHouse(database, knowledge) as opened:
        yield opened


async def test_doubts_are_put_together_looked_up_and_brought_to_the_lab(house: AfterHouse) -> None:
    row = house.known.use_cases[0]
    house.readings = {"Verslag": answers(row.id), "Niets": small_talk("greeting")}
    await house.send()
    for number, name in enumerate(TEAM):
        doubt = f"Verslagen erin? {number}" if number < 5 else "Kan het mijn baan kosten?"
        await house.answer(name, hoe_vaak="Soms", waar_twijfel=doubt, staat_een="Notely, Gemini en Klapper.")
    told = text_of(await house.close())
    assert "5 mensen zeiden zoiets als: ‘Verslagen erin?" in told
    assert f"De matrix zegt hier al iets over: {row.title.nl}" in told
    assert "En nog 1 ander antwoord." in told

    told = text_of(house.next())
    assert "Op deze twijfel is nog geen antwoord afgesproken" in told
    assert "[Vraag Notely aan]" in told
    assert "[Vraag Klapper aan]" in told
    assert "Gemini" not in told, "that one is in the register"
    assert not any("Wat kan er nu" in text_of(card) for card in house.messages(direct("tom")))
    await house.press("noor", "Stuur 1 twijfel naar het AI Lab")
    assert "heeft de twijfel" in text_of(house.chat("noor"))
    async with house.database.reading() as tx:
        (ticket,) = await tickets.find_like(tx, None, 5)
    assert ticket.text == "Kan het mijn baan kosten?"
    await house.press("noor", "Stuur 1 twijfel naar het AI Lab")
    assert "al gedaan" in house.refusal
    await house.press("noor", "Vraag Notely aan")
    assert isinstance(house.effect, OpenForm)
    assert house.form.fields[0].value == "Notely"


async def test_a_doubt_that_cannot_be_read_holds_nothing_up(house: AfterHouse) -> None:
    await house.send()
    for number, name in enumerate(TEAM[:5]):
        await house.answer(name, waar_twijfel=f"Twijfel {number}" if number else _ENDLESS)
    assert _ENDLESS in text_of(await house.close())
    assert "5 twijfels" in text_of(house.next())


async def test_a_theme_of_four_is_no_theme(house: AfterHouse) -> None:
    await house.send()
    for number, name in enumerate(TEAM):
        await house.answer(name, waar_twijfel=f"{'Verslag' if number < 4 else 'Iets'} {number}")
    told = text_of(await house.close())
    assert "zoiets als" not in told
    assert "Verslag 0" in told


async def test_mistakes_are_shared_by_whoever_wants_to_and_nobody_knows_who_told_them(house: AfterHouse) -> None:
    await house.send()
    for name in TEAM[:5]:
        await house.answer(name, waren_er="Een mail ging verkeerd")
    await house.close()
    assert house.result("finn") == house.result("tom") == house.result("noor"), "also who told of nothing"
    await house.press_own("finn", "Deel je ervaring")
    assert isinstance(house.effect, OpenForm)
    assert not any("verkeerd" in str(field.value) for field in house.form.fields)


async def test_from_proposals_over_a_vote_to_who_adopts_them(house: AfterHouse) -> None:
    await meet(house, "dirk", role="executive")
    await house.send("principes")
    for number, name in enumerate(TEAM):
        await house.answer(name, welke_afspraak=f"Eigen zin {number % 5}")
    await house.close()
    await house.press("noor", "Laat het team kiezen")
    await house.ring()
    await house.press("noor", "Verstuur aan 6 collega's")
    assert "kies jullie drie" in text_of(house.chat("tom"))
    for number, name in enumerate(TEAM):
        await house.press_own(name, "Vul in")
        assert [field.label for field in house.form.fields] == ["Eerste keuze", "Tweede keuze", "Derde keuze"]
        offered = {option.label.split(". ", 1)[1]: option.value for option in house.form.fields[0].options}  # type: ignore[union-attr]
        assert len(offered) == 8, "three the organisation has, five they wrote, each once"
        picked = ["Eigen zin 0", "Eigen zin 1" if number else "Eigen zin 2", "AI helpt, maar beslist niet."]
        values = {field.id: offered[label] for field, label in zip(house.form.fields, picked, strict=True)}
        await house.submit(name, values)
        assert house.code()
    closes = (await house.round()).closes_at
    for _ in range(4):
        await house.ring(closes)
    told = text_of(house.result("tom"))
    assert "AI helpt, maar beslist niet. (6 stemmen)" in told
    assert "Eigen zin 1 (5 stemmen)" in told
    assert "Eigen zin 2" not in told
    await house.press("noor", "Maak er een voorstel van")
    given: dict[str, Any] = {field.id: field.value for field in house.form.fields}
    assert given["sentence_0_nl"] == "AI helpt, maar beslist niet."
    await house.submit("noor", given)
    assert isinstance(house.effect, FormErrors), "what they wrote is there in one language only"
    await house.submit("noor", {**given, "sentence_1_en": "Own sentence 0", "sentence_2_en": "Own sentence 1"})
    assert "De 2 voorstellen zijn onderweg" in text_of(house.chat("noor")), "the third is agreed on already"
    assert "Eigen zin" in text_of(house.chat("dirk"))
    async with house.database.reading() as tx:
        acts = [line.act for line in await audit.find_lines(tx)]
    assert {"survey.vote", "survey.agreement", "matrix.proposed"} <= set(acts)


async def test_a_philosophy_beside_the_organisations_and_as_a_proposal(house: AfterHouse) -> None:
    await meet(house, "dirk", role="executive")
    await house.send("filosofie")
    for name in TEAM:
        await house.answer(name, moet_ai="Overnemen wat kan", wat_gaat="Vooral controle")
    told = text_of(await house.close())
    assert "Jullie staan bij ‘Overnemen wat kan’, de organisatie bij ‘Alleen ondersteunen’." in told
    await house.press("noor", "Maak er een voorstel van")
    given: dict[str, Any] = {field.id: field.value for field in house.form.fields}
    assert given["sentence_0_nl"].startswith("AI mag werk van ons overnemen")
    assert "Control comes before speed" in given["sentence_0_en"]
    await house.submit("noor", {**given, "sentence_0_nl": "Bel 06-12345678"})
    assert "Het voorstel is onderweg. Vaststellen doet: Directie." in text_of(house.chat("noor"))
    assert "06-12345678" not in text_of(house.chat("dirk"))


async def test_a_quarter_later_its_lead_is_asked_and_sends_it_with_one_press(house: AfterHouse) -> None:
    await house.send("puls")
    for name in TEAM:
        await house.answer(name, hoe_vaak="Soms")
    await house.close()
    await house.press("noor", "Herhaal elk kwartaal")
    first = await house.round()
    assert first.opened_at is not None
    await house.ring(first.opened_at + QUARTER + timedelta(minutes=1))
    assert "Een kwartaal geleden" in text_of(house.chat("noor"))
    await house.press("noor", "Bekijk")
    await house.ring()
    await house.press("noor", "Verstuur aan 6 collega's")
    second = await house.round()
    assert (second.follows, second.repeats) == (first.id, True)
    async with house.database.reading() as tx:
        before = await surveys.find_round(tx, first.id)
    assert before is not None
    assert not before.repeats, "it goes on from the newest"


async def test_nobody_but_its_lead_and_not_while_it_is_open(house: AfterHouse) -> None:
    await meet(house, "lies", role="team_lead")
    await house.send()
    round_ = await house.round()
    for person, verb in (("lies", "to_lab"), ("noor", "vote"), ("noor", "repeat"), ("tom", "open_agreement")):
        await house.press_raw(person, f'["surveys.{verb}",{{"round":"{round_.id}"}}]')
        assert isinstance(house.effect, Refusal), verb
    for forged in ("again", "theme"):
        await house.press_raw("noor", f'["surveys.{forged}",{{"round":"{round_.id}","step":9}}]')
        assert isinstance(house.effect, Refusal), forged
    assert house.clock() < CLOSES


async def test_a_lead_who_left_keeps_nobody_from_what_came_out(house: AfterHouse) -> None:
    await house.send()
    for name in TEAM:
        await house.answer(name, hoe_vaak="Soms")
    async with house.database.transaction() as tx:
        await surveys.forget_person(tx, house.ids["noor"])
    await house.close_up()
    assert "6 van de 6 deden mee." in text_of(house.result("tom"))
    assert not any("Wat kan er nu" in text_of(card) for card in house.messages(direct("noor")))
