"""Published cases: found by words, below an answer, in the weekly post; recognised once by each, and withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.conversations.cases import actions
from bot.model.effects import Refusal
from knowledge.content import Knowledge
from storage import digests
from storage.cases import Case
from storage.database import Database
from tests.conversations.dialog import channel, direct, text_of
from tests.conversations.digests import DRAFT, DUE
from tests.conversations.readings import answers, read_from
from tests.conversations.roles import meet
from tests.conversations.sharing import HAPPENED, LEARNED, CaseHouse


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        object.__setattr__(house.desk, "read", read_from({"mag het?": answers("klantmail")}))
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "sanne")
        await meet(house, "bram")
        await house.ring()
        yield house


async def publish(
    house: CaseHouse, person: str = "sanne", *, row: str = "", stance: str = "none", **words: str
) -> Case:
    house.clock.pass_by(timedelta(minutes=1))
    case = await house.share(person, **words)
    if words.get("who") == "anonymous":
        house.clock.pass_by(timedelta(days=1))
        await house.ring()
    await house.press_raw("fleur", actions.Claim(case=case.id).pack())
    if row:
        await house.press_raw("fleur", actions.OpenDesk(case=case.id, form="link").pack())
        await house.submit("fleur", {"row": row, "stance": stance, "tags": "Mail"})
    await house.press_raw("fleur", actions.Decide(case=case.id, what="publish").pack())
    return await house.get(case)


async def found(house: CaseHouse, typed: str) -> str:
    await house.command("bram", "cases", typed)
    return text_of(house.messages(direct("bram"))[-1])


async def test_found_by_any_of_its_words_and_by_its_row(house: CaseHouse) -> None:
    await publish(house, row="klantmail", tool="Microsoft 365 Copilot", task="offertes")
    for typed in ("klantmail", "KLANT", "copilot datum", "dátum", "offerte", "mail"):
        assert LEARNED in await found(house, typed), typed
    for typed in ("factuur", "datum factuur", "atum", "'; DROP TABLE cases; --"):
        assert "nog niemand iets gedeeld" in await found(house, typed), typed
    assert LEARNED in await found(house, "")


async def test_only_what_is_published_is_found(house: CaseHouse) -> None:
    await house.share("sanne")
    assert "Er is nog niets gedeeld" in await found(house, "")


async def test_read_whole_and_recognised_once_by_each(house: CaseHouse) -> None:
    case = await publish(house, row="klantmail")
    await found(house, "klantmail")
    await house.press("bram", "Lees hoe")
    shown = text_of(house.messages(direct("bram"))[-1])
    assert "💡 Dit werkte" in shown
    assert "Gedeeld door Sanne" in shown
    assert "Herkenbaar voor" not in shown
    await house.press("bram", "Herkenbaar")
    assert "Herkenbaar voor 1 collega." in text_of(house.messages(direct("bram"))[-1])
    await house.press_raw("fleur", actions.Recognise(case=case.id).pack())
    assert "Herkenbaar voor 2 collega's." in text_of(house.messages(direct("fleur"))[-1])
    await house.press("bram", "Herkenbaar")
    assert "Herkenbaar voor 1 collega." in text_of(house.messages(direct("bram"))[-1])
    assert "Bram" not in text_of(house.messages(direct("fleur"))[-1]), "who it was is told to nobody"


async def test_a_failure_is_told_without_blame_and_an_anonymous_one_without_a_name(house: CaseHouse) -> None:
    await publish(house, who="anonymous", kind="failure")
    assert "🧭" in await found(house, "datum")
    await house.press("bram", "Lees hoe")
    shown = text_of(house.messages(direct("bram"))[-1])
    assert "Hier leerden we van" in shown
    assert "Gedeeld door een collega" in shown
    assert "Sanne" not in shown


async def test_one_line_below_the_answer_about_the_same_work(house: CaseHouse) -> None:
    await house.say("bram", "mag het?")
    assert "collega" not in text_of(house.last).split("[")[0]
    await publish(house, row="klantmail", stance="overturns")
    await publish(house, row="cv-beoordelen")
    await house.say("bram", "mag het?")
    assert "Zo deed een collega het" not in text_of(house.last), "not what speaks against the row, nor other work"
    await publish(house, row="klantmail", stance="supports")
    await house.say("bram", "mag het?")
    said = text_of(house.last)
    assert said.count("Zo deed een collega het: Vul een datum altijd zelf in.") == 1
    await house.press("bram", "Lees hoe")
    assert HAPPENED in text_of(house.last)
    await publish(house, row="klantmail", kind="failure", learned="Laat een collega meelezen.")
    await house.say("bram", "mag het?")
    assert "Hier leerde een collega van: Laat een collega meelezen." in text_of(house.last)


async def test_what_worked_never_stands_below_a_no(house: CaseHouse) -> None:
    """It may have been allowed there, with other data; here it would read as a yes."""
    forbidden = answers("klantmail", data=("bijzonder",))
    object.__setattr__(house.desk, "read", read_from({"mag het?": forbidden}))
    await house.say("bram", "mag het?")
    verdict = text_of(house.last).splitlines()[0]
    assert "Mag niet" in verdict or "Grijs" in verdict
    await publish(house, row="klantmail", stance="supports")
    await house.say("bram", "mag het?")
    assert "Zo deed een collega het" not in text_of(house.last)
    await publish(house, row="klantmail", kind="failure", learned="Haal de gegevens eruit.")
    await house.say("bram", "mag het?")
    assert "Hier leerde een collega van: Haal de gegevens eruit." in text_of(house.last)


async def test_in_the_weekly_post_only_with_a_yes(house: CaseHouse) -> None:
    await publish(house, learned="Eerste les.")
    await publish(house, "bram", learned="Tweede les.", digest="no")
    await publish(house, "bram", learned="Derde les.", kind="failure")
    post = await house_posts(house)
    assert "Wat bij collega's werkte" in post
    assert "Eerste les. (Sanne)" in post
    assert "Waar collega's van leerden" in post
    assert "Derde les. (Bram)" in post
    assert "Tweede les." not in post


async def test_an_anonymous_case_is_in_the_weekly_post_without_a_name(house: CaseHouse) -> None:
    await house.share("sanne", who="anonymous", learned="Zonder naam.")
    (case,) = await house.all_cases()
    await house.press_raw("fleur", actions.Claim(case=case.id).pack())
    await house.press_raw("fleur", actions.Decide(case=case.id, what="publish").pack())
    post = await house_posts(house)
    assert "- Zonder naam." in post
    assert "Sanne" not in post


async def test_withdrawn_after_the_draft_it_is_not_posted(house: CaseHouse) -> None:
    case = await publish(house, learned="Toch maar niet.")
    house.clock.moment = DRAFT + timedelta(hours=5)
    await house.command("fleur", "weekbericht")
    await house.press("fleur", "Bekijk het concept (algemeen)")
    assert "Toch maar niet." in text_of(house.messages(direct("fleur"))[-1])
    await house.press_raw("sanne", actions.OpenOwn(case=case.id).pack())
    await house.choose("sanne", "withdraw")
    await house.press("fleur", "Verstuur het nu")
    post = text_of(house.posts()[0])
    assert "Toch maar niet." not in post
    async with house.database.reading() as tx:
        (sent,) = await digests.find_sent(tx)
    assert "Toch maar niet." not in str(sent.card)


async def test_withdrawn_after_the_post_the_line_goes_from_it(house: CaseHouse) -> None:
    case = await publish(house, learned="Achteraf weg.")
    await publish(house, "bram", learned="Blijft staan.")
    assert "Achteraf weg." in await house_posts(house)
    await house.press_raw("sanne", actions.OpenOwn(case=case.id).pack())
    await house.choose("sanne", "withdraw")
    (post,) = house.posts()
    assert "Achteraf weg." not in text_of(post)
    assert "Blijft staan." in text_of(post)
    async with house.database.reading() as tx:
        (sent,) = await digests.find_sent(tx)
    assert "Achteraf weg." not in str(sent.card)


async def test_the_buttons_of_a_case_that_is_gone(house: CaseHouse) -> None:
    case = await publish(house)
    await house.press_raw("sanne", actions.OpenOwn(case=case.id).pack())
    await house.choose("sanne", "withdraw")
    for action in (actions.Read(case=case.id), actions.Recognise(case=case.id), actions.Read(case="verzonnen")):
        assert isinstance(await house.press_raw("bram", action.pack()), Refusal)
        assert "niet meer voor iedereen open" in house.refusal


async def test_asked_in_a_channel_it_is_answered_privately(house: CaseHouse) -> None:
    await publish(house)
    await house.say("bram", "/promptclub cases datum", channel("algemeen"))
    assert house.messages(channel("algemeen")) == []
    assert LEARNED in text_of(house.messages(direct("bram"))[-1])


async def house_posts(house: CaseHouse) -> str:
    """The weekly post of the next Tuesday, in its channel."""
    house.clock.moment = max(house.clock.moment, DRAFT + timedelta(hours=1))
    await house.ring()
    due = DUE
    while due < house.clock.moment:
        due += timedelta(days=7)
    await house.ring(due - timedelta(days=1) + timedelta(hours=2))
    await house.ring(due + timedelta(minutes=1))
    return text_of(house.posts()[-1])
