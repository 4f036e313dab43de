"""A survey as a dialog: started under a minute, answered without fear, reminded twice, closed for all alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from bot.groups import RoleGroup
from bot.model.cards import ChoiceField, Form, Picture
from bot.model.effects import FormErrors, Nothing, OpenForm, Refusal
from bot.model.events import Account, Commanded
from knowledge.content import Knowledge
from storage import audit, surveys
from storage.database import Database
from storage.tables.register import PeriodRow
from tests.conversations.dialog import account_of, buttons_of, channel, direct, text_of
from tests.conversations.roles import meet
from tests.conversations.surveying import CLOSES, MONDAY, TEAM, UNTIL, SurveyHouse


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[SurveyHouse]:
    async with SurveyHouse(database, knowledge) as opened:
        yield opened


def form_text(form: Form) -> str:
    return " ".join([form.title, form.intro, *(f"{field.label} {field.hint}" for field in form.fields)])


# ---------------------------------------------------------------- starting


async def test_one_form_with_good_defaults_then_a_look_then_out_it_goes(house: SurveyHouse) -> None:
    await house.command("noor", "enquete")
    assert isinstance(house.effect, OpenForm)
    values = {field.id: field.value for field in house.form.fields}
    assert values["until"] == UNTIL
    assert values["anonymous"] == "yes"
    assert [id for id, value in values.items() if not value] == ["emails"], "everything else needs no touch"
    await house.start()
    card = house.chat("noor")
    told = text_of(card)
    assert "6 collega's" in told
    assert "Waar twijfel je over?" in told
    assert "minstens 5 mensen" in told
    assert all(not house.messages(direct(name)) for name in TEAM), "nothing was sent yet"
    await house.press("noor", "Verstuur aan 6 collega's")
    assert "onderweg naar 6 collega's" in text_of(house.chat("noor"))
    for name in TEAM:
        invited = text_of(house.chat(name))
        assert "Noor vraagt je om een paar minuten, tot ma 30 november 2026 18:00" in invited
        assert "anoniem" in invited
    async with house.database.reading() as tx:
        line = (await audit.find_lines(tx))[0]
    assert (line.act, line.actor) == ("survey.started", house.ids["noor"])


async def test_in_words_and_only_who_may(house: SurveyHouse) -> None:
    await house.command("tom", "enquete")
    assert isinstance(house.effect, Refusal)
    assert "Teamleider" in house.refusal
    await house.command("noor", "survey")
    assert isinstance(house.effect, OpenForm)


WRONG = [
    ({"emails": "sanne@example.com"}, "emails", "minstens 5 collega's"),
    ({"emails": "wie@nergens.example, sanne@example.com"}, "emails", "wie@nergens.example"),
    ({"until": date(2026, 11, 1)}, "until", "vanaf vandaag"),
    ({"until": date(2028, 11, 1)}, "until", "60 dagen"),
    ({"until": None}, "until", "vanaf vandaag"),
    ({"survey": "verzonnen"}, "survey", "Kies er een"),
    ({"who": "team"}, "who", "minstens 5 collega's"),
]


@pytest.mark.parametrize(("values", "where", "said"), WRONG, ids=[f"{case[1]} {case[2]}" for case in WRONG])
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    house: SurveyHouse, values: dict[str, object], where: str, said: str
) -> None:
    await house.command("noor", "enquete")
    right = {"survey": "gedrag", "who": "people", "until": UNTIL, "anonymous": "yes", "emails": ",".join(
        f"{name}@example.com" for name in TEAM)}  # fmt: skip
    await house.submit("noor", {**right, **values})  # type: ignore[arg-type]
    assert isinstance(house.effect, FormErrors)
    assert said in house.effect.errors[where]
    assert list(house.effect.errors) == [where]
    if "survey" not in values:
        assert next(field for field in house.form.fields if field.id == "survey").value == "gedrag"


async def test_the_lead_is_never_among_those_who_answer(house: SurveyHouse) -> None:
    await house.start(people=(*TEAM, "noor"))
    assert "6 collega's" in text_of(house.chat("noor"))


async def test_two_questions_of_ones_own_masked(house: SurveyHouse) -> None:
    await house.start()
    await house.press("noor", "Eigen vragen")
    await house.submit("noor", {"own_1": "Wat wil je leren?", "own_2": "Bel 06-12345678?"})
    told = text_of(house.chat("noor"))
    assert "Wat wil je leren?" in told
    assert "06-12345678" not in told
    await house.press("noor", "Verstuur aan 6 collega's")
    await house.open("tom")
    assert house.form.fields[-2].label == "Wat wil je leren?"


async def test_not_after_all_and_an_old_button(house: SurveyHouse) -> None:
    await house.start()
    send = buttons_of(house.chat("noor"))[0].action
    await house.press("noor", "Toch niet")
    await house.press_raw("noor", send)
    assert "weggegooid" in house.refusal
    assert not house.messages(direct("tom"))


async def test_nobody_sends_what_somebody_else_made(house: SurveyHouse) -> None:
    await meet(house, "lies", role="team_lead")
    await house.start()
    await house.press_raw("lies", buttons_of(house.chat("noor"))[0].action)
    assert isinstance(house.effect, Refusal)
    assert not house.messages(direct("tom"))


async def test_two_leads_start_the_same_round(house: SurveyHouse) -> None:
    await house.send()
    await house.start(people=TEAM[:5])
    await house.press("noor", "Verstuur aan 5 collega's")
    assert "dezelfde vragen al open staan" in house.refusal


async def test_above_the_limit_it_is_asked_once_more(house: SurveyHouse) -> None:
    house.dispatcher._ask_above = 5
    await house.start()
    await house.press("noor", "Verstuur aan 6 collega's")
    assert not house.messages(direct("tom"))
    await house.press("noor", "Ja, verstuur aan 6 mensen")
    assert "anoniem" in text_of(house.chat("tom"))


# ---------------------------------------------------------------- answering


async def test_an_anonymous_answer_leaves_a_code_and_nothing_in_the_chat(house: SurveyHouse) -> None:
    await house.send()
    before = house.platform.sends
    code = await house.answer("tom", hoe_vaak="Elke dag", waar_twijfel="Mag een verslag erin?")
    assert len(code) == 19
    assert house.platform.sends == before, "an answer comes with no message"
    rows = await house.answers()
    assert {row.question for row in rows} == {"hoe-vaak", "twijfel"}, "left out is left out"
    assert {row.person_id for row in rows} == {None}
    await house.submit("tom", {})
    assert isinstance(house.effect, Nothing)


async def test_it_is_changed_with_the_code_until_it_closes(house: SurveyHouse) -> None:
    await house.send()
    code = await house.answer("tom", hoe_vaak="Elke dag")
    await house.open("tom")
    assert "Met je code" in house.form.intro
    await house.submit("tom", {"code": "XXXX"})
    assert isinstance(house.effect, FormErrors)
    assert "ken ik niet" in house.effect.errors["code"]
    await house.submit("tom", {"code": code.lower().replace("-", " ")})
    assert house.form.fields[0].value == "dagelijks", "half done is kept"
    await house.submit("tom", house.fill(hoe_vaak="Nooit", waar_twijfel="Nergens over"))
    rows = await house.answers()
    assert sorted((row.question, *row.chosen) for row in rows) == [("hoe-vaak", "nooit"), ("twijfel",)]


async def test_a_form_that_was_open_twice_counts_once(house: SurveyHouse) -> None:
    await house.send()
    opened = await house.open("tom")
    values = house.fill(waar_twijfel="De eerste")
    await house.submit("tom", values)
    house.effect = OpenForm(opened)
    again = {**values, "q4": "De tweede"}
    await house.submit("tom", again)
    assert isinstance(house.effect, FormErrors)
    assert "deed al mee" in house.form.intro
    assert "De tweede" in [field.value for field in house.form.fields]
    assert [row.words for row in await house.answers()] == ["De eerste"]


async def test_what_is_personal_is_masked_and_shown_back_first(house: SurveyHouse) -> None:
    await house.send()
    await house.open("tom")
    await house.submit("tom", house.fill(waar_twijfel="Mail jan@voorbeeld.nl met AI"))
    assert isinstance(house.effect, FormErrors)
    assert "onleesbaar" in house.form.intro
    assert await house.answers() == []
    await house.submit("tom", house.fill())
    (row,) = await house.answers()
    assert "jan@voorbeeld.nl" not in row.words


async def test_a_colleagues_name_is_warned_of_before_sending(house: SurveyHouse) -> None:
    await house.send()
    await house.open("tom")
    await house.submit("tom", house.fill(waar_twijfel="Wat Sanne laatst deed"))
    assert "Ik lees een naam: Sanne" in house.form.intro
    assert await house.answers() == []
    await house.submit("tom", house.fill(waar_twijfel="Wat een collega laatst deed"))
    assert [row.words for row in await house.answers()] == ["Wat een collega laatst deed"]


async def test_an_empty_form_is_no_answer(house: SurveyHouse) -> None:
    await house.send()
    await house.open("tom")
    await house.submit("tom", house.fill())
    assert isinstance(house.effect, FormErrors)
    assert list(house.effect.errors.values()) == ["Vul minstens één vraag in, of sluit dit venster."]


async def test_with_names_it_is_changed_without_a_code(house: SurveyHouse) -> None:
    await house.send(anonymous=False)
    assert "Je naam staat bij wat je zelf schrijft" in text_of(house.chat("tom"))
    await house.answer("tom", hoe_vaak="Elke dag", waar_twijfel="De cijfers")
    await house.press("tom", "Verander")
    assert house.form.fields[0].value == "dagelijks"
    await house.submit("tom", house.fill(hoe_vaak="Nooit"))
    for name in TEAM[2:]:
        await house.answer(name, hoe_vaak="Elke week", waar_twijfel="Niets")
    told = text_of(await house.close())
    assert "De cijfers (Tom)" in told
    assert "Nooit: 1" in told


async def test_a_stranger_is_not_asked(house: SurveyHouse) -> None:
    await house.send()
    round_ = await house.round()
    await house.press_raw("vreemde", f'["surveys.open",{{"round":"{round_.id}"}}]')
    assert "andere collega's" in house.refusal
    for forged in ("close", "mix"):
        body = f'{{"round":"{round_.id}"}}' if forged == "close" else "{}"
        await house.press_raw("tom", f'["surveys.{forged}",{body}]')
        assert isinstance(house.effect, Refusal)
    assert (await house.round()).state == "open"


async def test_each_in_their_own_language(house: SurveyHouse) -> None:
    await meet(house, "cleo", language="en")
    await house.send()
    assert "Step 1" in text_of(house.chat("cleo"))
    assert "Stap 1" in text_of(house.chat("tom"))


async def test_the_lead_may_choose_one_language_for_all(house: SurveyHouse) -> None:
    await house.start(language="en")
    await house.press("noor", "Verstuur aan 6 collega's")
    assert "Step 1" in text_of(house.chat("tom"))
    await house.press_own("tom", "Fill it in")
    assert house.form.fields[0].label == "How often do you use AI at work?"


# ---------------------------------------------------------------- for whom


async def employ(house: SurveyHouse, units: dict[str, tuple[str, ...]], manager: str = "noor") -> None:
    """Give colleagues a place in the register."""
    async with house.database.transaction() as tx:
        for unit, names in units.items():
            for name in names:
                await tx.execute(
                    insert(PeriodRow).values(
                        id=uuid4().hex, person_id=house.ids[name], since=date(2020, 1, 1), unit=unit, location="",
                        function="", manager_id=house.ids[manager], latest=True,
                    )
                )  # fmt: skip


async def choose(house: SurveyHouse, label: str) -> None:
    """Noor starts it for this group."""
    field = next(field for field in house.form.fields if field.id == "who")
    assert isinstance(field, ChoiceField)
    value = next(option.value for option in field.options if option.label == label)
    await house.submit(
        "noor", {"survey": "gedrag", "who": value, "until": UNTIL, "anonymous": "yes", "language": "own"}
    )


async def test_for_my_team_or_a_department(house: SurveyHouse) -> None:
    await employ(house, {"Zorg": TEAM[:5], "Kantoor": TEAM[5:]})
    await house.command("noor", "enquete")
    await choose(house, "Mijn team (6 collega's)")
    assert "6 collega's uit je team" in text_of(house.chat("noor"))
    await house.command("noor", "enquete")
    await choose(house, "Afdeling Zorg")
    assert "5 collega's van Zorg" in text_of(house.chat("noor"))


async def test_a_few_of_different_teams_are_drawn_and_the_lead_hears_not_whom(house: SurveyHouse) -> None:
    await employ(house, {"Zorg": TEAM[:3], "Kantoor": TEAM[3:]})
    await house.command("noor", "enquete")
    await choose(house, "12 collega's uit verschillende teams, door loting")
    told = text_of(house.chat("noor"))
    assert "6 collega's uit verschillende teams" in told
    assert not any(name.title() in told for name in TEAM)
    await house.press("noor", "Verstuur aan 6 collega's")
    await house.command("noor", "enquete")
    await choose(house, "12 collega's uit verschillende teams, door loting")
    assert isinstance(house.effect, FormErrors), "whoever was asked just now is not drawn again"


async def test_for_everybody_in_this_channel(house: SurveyHouse) -> None:
    asked: list[str] = []

    async def find_members(group: RoleGroup) -> list[Account] | None:
        asked.append(group.name)
        return [account_of(name) for name in (*TEAM, "noor")] if group.group == "kamer" else None

    object.__setattr__(house.desk, "find_members", find_members)
    for name in ("kamer", "elders"):
        about = {"key": name, "account": account_of("noor"), "place": channel(name), "at": house.clock()}
        await house.happen(Commanded(word="enquete", rest="", **about))
        await choose(house, "Iedereen in dit kanaal")
        await house.ring()
        if name == "kamer":
            assert "6 collega's uit het kanaal" in text_of(house.chat("noor"))
    assert asked == ["plain:kamer", "plain:elders"]
    assert "Nodig me daar eerst uit" in text_of(house.chat("noor"))


# ---------------------------------------------------------------- reminding


async def test_reminded_twice_at_most_and_only_who_has_not_answered(house: SurveyHouse) -> None:
    await house.send()
    await house.answer("tom", hoe_vaak="Elke dag")
    await house.press_own("cleo", "Niet voor mij")
    assert "niets meer van mij" in text_of(house.chat("cleo"))
    counts = []
    moment = MONDAY
    while moment < CLOSES - timedelta(hours=1):
        moment += timedelta(hours=3)
        await house.ring(moment)
    for name in ("tom", "cleo", "daan"):
        counts.append(sum("staat nog voor je open" in text_of(card) for card in house.messages(direct(name))))
    assert counts == [0, 0, 2]


# ---------------------------------------------------------------- closing


async def test_the_team_sees_what_the_lead_sees(house: SurveyHouse) -> None:
    await house.send()
    for number, name in enumerate(TEAM):
        doubt = {"waar_twijfel": f"Twijfel {number}"} if number < 4 else {}
        await house.answer(name, hoe_vaak="Elke dag" if number < 4 else "Nooit", **doubt)
    card = await house.close()
    told = text_of(card)
    assert "6 van de 6 deden mee." in told
    assert "Elke dag: 4; Elke week: 0; Soms: 0; Nooit: 2" in told
    assert "Twijfel" not in told.replace("twijfel", ""), "four people are too few"
    assert any(isinstance(element, Picture) for element in card.elements)
    assert all(house.chat(name) == card for name in TEAM)
    assert await house.answers() == []
    await house.ring(CLOSES + timedelta(hours=1))
    assert sum("Wat eruit kwam" in text_of(one) for one in house.messages(direct("tom"))) == 1


async def test_of_four_people_nothing_at_all(house: SurveyHouse) -> None:
    await house.send()
    for name in TEAM[:4]:
        await house.answer(name, hoe_vaak="Nooit", waar_twijfel="Alles")
    told = text_of(await house.close())
    assert "4 van de 6 deden mee." in told
    assert "Nooit" not in told
    assert "Alles" not in told


async def test_closed_while_a_form_was_open(house: SurveyHouse) -> None:
    await house.send()
    form = await house.open("tom")
    values = house.fill(waar_twijfel="Wat ik nog wilde zeggen")
    await house.close()
    house.effect = OpenForm(form)
    await house.submit("tom", values)
    assert isinstance(house.effect, FormErrors)
    assert "net gesloten" in house.form.intro
    assert "Wat ik nog wilde zeggen" in [field.value for field in house.form.fields]
    assert await house.answers() == []
    round_ = await house.round()
    await house.press_raw("tom", f'["surveys.open",{{"round":"{round_.id}"}}]')
    assert "gesloten" in house.refusal


async def test_who_is_forgotten_is_asked_no_more(house: SurveyHouse) -> None:
    await house.send()
    await house.answer("tom", hoe_vaak="Elke dag")
    async with house.database.transaction() as tx:
        await surveys.forget_person(tx, house.ids["tom"])
        await surveys.forget_person(tx, house.ids["noor"])
        round_ = await surveys.find_round(tx, (await surveys.list_asked(tx, house.ids["cleo"], 1))[0].id)
    assert round_ is not None
    assert round_.lead_id is None, "the round goes on without its lead"
    assert len(await house.answers()) == 1
    await house.close_up()
    assert "van de 6" in text_of(house.chat("cleo"))
