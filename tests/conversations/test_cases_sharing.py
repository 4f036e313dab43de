"""Sharing a case: shown back before it is kept, nothing lost, changed and withdrawn whenever one likes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversations.cases import actions
from bot.conversations.cases.draft import LONGEST, split_long
from bot.model.effects import FormErrors, Nothing, OpenForm, Refusal
from bot.model.events import Said
from knowledge.content import Knowledge
from storage import forgetting, people
from storage.codes import new_code, sum_of
from storage.database import Database
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.readings import answers, read_from
from tests.conversations.roles import meet
from tests.conversations.sharing import DID, HAPPENED, LAB, LEARNED, TEAM, CaseHouse


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "sanne")
        yield house


async def test_it_is_shown_back_before_it_is_kept(house: CaseHouse) -> None:
    await house.command("sanne", "case")
    await house.fill_in("sanne", happened="Mail naar jan@voorbeeld.nl ging mis.", tool="Copilot")
    assert isinstance(house.effect, FormErrors)
    assert house.effect.errors == {}
    assert await house.all_cases() == []
    back = text_of_form(house)
    assert "jan@voorbeeld.nl" not in back
    assert "onleesbaar gemaakt" in house.form.intro
    assert DID in back
    await house.keep("sanne")
    assert isinstance(house.effect, Nothing)
    (case,) = await house.all_cases()
    assert (case.did, case.kind, case.tool, case.name, case.state) == (DID, "success", "Copilot", "Sanne", "new")
    assert "jan@voorbeeld.nl" not in case.happened
    assert "Dank je wel" in text_of(house.messages(direct("sanne"))[-1])
    (card,) = house.at_the_lab()
    assert "Van Sanne." in text_of(card)
    assert "[Ik pak hem op]" in text_of(card)


async def test_what_is_changed_while_it_is_shown_back_is_masked_too(house: CaseHouse) -> None:
    await house.command("sanne", "case")
    await house.fill_in("sanne")
    await house.fill_in("sanne", learned="Bel 06-12345678 als het misgaat.")
    assert isinstance(house.effect, FormErrors)
    assert await house.all_cases() == []
    await house.keep("sanne")
    (case,) = await house.all_cases()
    assert "06-12345678" not in case.learned
    assert case.learned.startswith("Bel ")


async def test_every_time_it_is_shown_its_fields_have_other_ids(house: CaseHouse) -> None:
    """Slack keeps what was typed in a field it has seen before, and would show that in place of what is masked."""
    await house.command("sanne", "case")
    seen = {field.id for field in house.form.fields}
    await house.fill_in("sanne")
    assert seen.isdisjoint(field.id for field in house.form.fields)


@pytest.mark.parametrize("missing", ["kind", "did", "happened", "who", "digest"])
async def test_what_is_missing_is_asked_for_and_the_rest_stays(house: CaseHouse, missing: str) -> None:
    await house.command("sanne", "case")
    await house.fill_in("sanne", **{missing: ""})
    assert isinstance(house.effect, FormErrors)
    assert list(house.effect.errors) == [missing]
    assert missing == "happened" or HAPPENED in text_of_form(house)
    assert await house.all_cases() == []


async def test_choices_that_we_did_not_offer_are_none(house: CaseHouse) -> None:
    await house.command("sanne", "case")
    await house.fill_in("sanne", kind="<b>", who="root", digest="misschien")
    assert isinstance(house.effect, FormErrors)
    assert set(house.effect.errors) == {"kind", "who", "digest"}


@pytest.mark.parametrize("said", ["Ik wil iets delen", "ik wil graag een ervaring delen: het werkte", "casus"])
async def test_in_other_words(house: CaseHouse, said: str) -> None:
    about = {"key": "said", "account": account_of("sanne"), "place": direct("sanne"), "at": house.clock()}
    await house.happen(Said.model_validate({**about, "text": said}))
    assert isinstance(house.effect, OpenForm)
    assert house.form.title == "Deel een casus"
    assert ("het werkte" in text_of_form(house)) == ("het werkte" in said)


async def test_a_text_of_ten_thousand_characters_is_kept_whole(house: CaseHouse) -> None:
    long = " ".join(f"woord{number}" for number in range(1_200))[:10_000].rstrip()
    await house.command("sanne", "case", long)
    assert len(house.form.fields) == 8 + 3
    await house.submit("sanne", filled(house, did=DID, kind="failure", who="named", digest="no"))
    await house.keep("sanne")
    (case,) = await house.all_cases()
    assert case.happened.split() == long.split()
    assert text_of(house.at_the_lab()[0]).count("woord") < 120, "what is shown is short"


async def test_what_is_too_long_is_said_before_anything_is_lost(house: CaseHouse) -> None:
    await house.command("sanne", "case", "x" * (LONGEST + 1))
    assert isinstance(house.effect, Refusal)
    assert "12.001 tekens" in house.refusal
    assert "12.000" in house.refusal


def test_a_text_without_a_space_is_split_too() -> None:
    assert split_long("") == ("",)
    assert "".join(split_long("x" * 7_000)) == "x" * 7_000
    assert all(len(part) <= 3_000 for part in split_long("ab " * 3_000))


async def test_the_row_an_answer_was_about_goes_along(database: Database, knowledge: Knowledge) -> None:
    async with CaseHouse(database, knowledge) as house:
        object.__setattr__(house.desk, "read", read_from({"mag het?": answers("klantmail")}))
        await house.say("sanne", "mag het?")
        assert "[Deel je ervaring]" not in text_of(house.last), "an answer stays short"
        await house.press("sanne", "Klopt dit niet?")
        await house.submit("sanne", {"right": "yes"})
        await house.press("sanne", "Deel je ervaring")
        await house.fill_in("sanne")
        await house.keep("sanne")
        (case,) = await house.all_cases()
        assert case.use_case == "klantmail"


async def test_one_s_own_case_is_changed_and_the_lab_sees_it(house: CaseHouse) -> None:
    case = await house.share("sanne")
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Publiceer")
    assert "gepubliceerd" in text_of(house.messages(direct("sanne"))[-1])
    await house.press("sanne", "Bekijk of verander")
    assert "Collega's kunnen hem lezen." in house.form.intro
    await house.choose("sanne", "change")
    assert LEARNED in text_of_form(house)
    await house.fill_in("sanne", learned="Vul datums en bedragen zelf in.", digest="no")
    await house.keep("sanne")
    newest = await house.get(case)
    assert (newest.learned, newest.state, newest.in_digest) == ("Vul datums en bedragen zelf in.", "new", False)
    assert newest.published_at is None
    assert len(house.at_the_lab()) == 1
    assert "datums en bedragen" in text_of(house.at_the_lab()[0])
    assert "[Ik pak hem op]" in text_of(house.at_the_lab()[0])


async def test_withdrawn_its_words_are_gone_everywhere(house: CaseHouse) -> None:
    case = await house.share("sanne")
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Publiceer")
    await house.press("sanne", "Bekijk of verander")
    await house.choose("sanne", "withdraw")
    assert "ingetrokken" in house.form.intro
    assert house.offered() == ["nothing"]
    newest = await house.get(case)
    assert (newest.state, newest.did, newest.happened, newest.person_id) == ("withdrawn", "", "", None)
    assert "ingetrokken" in text_of(house.at_the_lab()[0])
    assert DID not in text_of(house.at_the_lab()[0])
    await house.command("sanne", "cases", "klantmail")
    assert "nog niemand iets gedeeld" in text_of(house.messages(direct("sanne"))[-1])


async def test_nobody_else_opens_or_changes_it(house: CaseHouse) -> None:
    case = await house.share("sanne")
    for somebody in ("fleur", "bram"):
        for action in (
            actions.OpenOwn(case=case.id),
            actions.Agree(case=case.id, yes=True),
            actions.OpenOwn(case="verzonnen"),
        ):
            assert isinstance(await house.press_raw(somebody, action.pack()), Refusal)
    await house.press("sanne", "Bekijk of verander")
    form = house.form
    await house.press_raw("bram", actions.OpenOwn(case=case.id).pack())
    house.effect = OpenForm(form)
    assert isinstance(await house.choose("bram", "withdraw"), Refusal)
    house.effect = OpenForm(form.model_copy(update={"action": actions.Own(code="VERZONNEN").pack()}))
    assert isinstance(await house.choose("bram", "withdraw"), Refusal)
    assert (await house.get(case)).state == "new"


async def test_a_long_reason_fits_wherever_it_is_told(house: CaseHouse) -> None:
    await house.share("sanne")
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Deel hem niet")
    await house.submit("fleur", {"reason": "Omdat. " * 428})
    assert "Omdat." in text_of(house.messages(direct("sanne"))[-1])
    await house.press("sanne", "Bekijk of verander")
    assert "Omdat." in house.form.intro
    await house.command("sanne", "cases")
    await house.press("sanne", "Mijn casussen")
    assert "Omdat." in text_of(house.messages(direct("sanne"))[-1])


async def test_what_one_shared_on_a_row(house: CaseHouse) -> None:
    await house.share("sanne")
    await house.command("sanne", "cases")
    await house.press("sanne", "Mijn casussen")
    mine = text_of(house.messages(direct("sanne"))[-1])
    assert LEARNED in mine
    assert "nog niet naar gekeken" in mine


async def test_who_is_forgotten_leaves_the_lesson_without_a_name(house: CaseHouse) -> None:
    case = await house.share("sanne")
    async with house.database.transaction() as tx:
        sanne = await people.find_person(tx, "plain", "", "sanne")
        assert sanne is not None
        await forgetting.forget_asked(tx, sanne.id, house.clock())
    newest = await house.get(case)
    assert (newest.person_id, newest.name, newest.did) == (None, None, DID)
    assert isinstance(await house.press_raw("sanne", actions.OpenOwn(case=case.id).pack()), Refusal)


async def test_the_channel_it_came_from_is_no_part_of_it(house: CaseHouse) -> None:
    await house.command("sanne", "case")
    await house.fill_in("sanne")
    await house.keep("sanne")
    assert house.messages(TEAM) == []
    assert len(house.messages(LAB)) == 1


def test_codes_are_read_as_people_write_them() -> None:
    code = new_code()
    assert sum_of(code) == sum_of(code.lower().replace("-", " "))
    assert sum_of("K7QF-2M9X") == sum_of("k7of 2m9x")
    assert len({new_code() for _ in range(100)}) == 100


def filled(house: CaseHouse, **values: str) -> dict[str, object]:
    return {field.id: values.get(field.id, getattr(field, "value", "")) for field in house.form.fields}


def text_of_form(house: CaseHouse) -> str:
    return "\n".join(str(getattr(field, "value", "")) for field in house.form.fields)
