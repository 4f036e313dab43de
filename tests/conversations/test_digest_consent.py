"""The question of the week: only with a yes of whoever asked it, and whose it is stays between them and the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.conversations.digest import actions
from bot.model.effects import OpenForm, Refusal
from knowledge.content import Knowledge
from storage import digest_questions, digests, forgetting, people
from storage.database import Database
from tests.conversations.dialog import direct, text_of
from tests.conversations.digests import DUE, DigestHouse
from tests.conversations.roles import meet

QUESTION = "Mag ik een verslag laten samenvatten als ik de namen eruit haal?"


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[DigestHouse]:
    async with DigestHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "gijs", role="ai_lab")
        await house.ask("sanne", "klantmail", "mag_mits", QUESTION)
        await house.ask("bram", "klantmail", "mag_mits", "Mag een mail?")
        await house.drafted()
        yield house


async def pick(house: DigestHouse, text: str = QUESTION) -> None:
    await house.press("fleur", "Kies de vraag van de week")
    options = house.form.fields[0].options  # type: ignore[union-attr]
    await house.submit("fleur", {"question": next(o.value for o in options if text[:30] in o.label)})
    await house.ring()


async def test_with_a_yes_it_is_in_the_post_without_a_name(house: DigestHouse) -> None:
    await pick(house)
    request = text_of(house.chat("sanne"))
    assert "zonder je naam" in request
    assert QUESTION in request
    assert house.messages(direct("bram")) == []
    await house.press("sanne", "Ja, dat mag")
    assert "Er is een ja" in text_of(house.chat("fleur"))
    await house.ring(DUE)
    post = text_of(house.posts()[0])
    assert "De vraag van de week" in post
    assert QUESTION in post
    for told in (post, *(text_of(card) for editor in ("fleur", "gijs") for card in house.messages(direct(editor)))):
        assert "Sanne" not in told


async def test_without_an_answer_it_stays_out_and_nothing_is_asked_afterwards(house: DigestHouse) -> None:
    await pick(house)
    await house.ring(DUE)
    assert QUESTION not in text_of(house.posts()[0])
    await house.press("sanne", "Ja, dat mag")
    assert "al weg" in text_of(house.chat("sanne"))
    assert len(house.posts()) == 1


async def test_a_request_that_has_not_left_is_taken_back_when_the_post_goes(house: DigestHouse) -> None:
    await house.press("fleur", "Kies de vraag van de week")
    options = house.form.fields[0].options  # type: ignore[union-attr]
    await house.submit("fleur", {"question": options[0].value})
    await house.press("fleur", "Verstuur het nu")
    await house.ring()
    assert house.messages(direct("sanne")) == house.messages(direct("bram")) == []


async def test_no_is_fine_and_the_editor_may_pick_another(house: DigestHouse) -> None:
    await pick(house)
    assert isinstance(await house.press_raw("fleur", await open_pick(house)), Refusal), "one at a time"
    await house.press("sanne", "Liever niet")
    assert "Kies gerust een andere" in text_of(house.chat("fleur"))
    await house.press_raw("fleur", await open_pick(house))
    assert isinstance(house.effect, OpenForm)
    assert QUESTION not in house.effect.form.intro, "nobody is asked twice"
    await pick(house, "Mag een mail?")
    await house.press("bram", "Ja, dat mag")
    await house.ring(DUE)
    post = text_of(house.posts()[0])
    assert "Mag een mail?" in post
    assert QUESTION not in post


async def open_pick(house: DigestHouse) -> str:
    async with house.database.reading() as tx:
        digest = await digests.find_open(tx, "plain:algemeen", house.clock())
    assert digest is not None
    return actions.OpenPick(digest=digest.id).pack()


async def test_a_yes_can_be_taken_back_until_it_goes(house: DigestHouse) -> None:
    await pick(house)
    await house.press("sanne", "Ja, dat mag")
    await house.press("sanne", "Toch liever niet")
    await house.press("sanne", "Ja, dat mag")  # the older button
    await house.ring(DUE)
    assert QUESTION not in text_of(house.posts()[0])


async def test_the_words_that_got_a_yes_are_not_reworded(house: DigestHouse) -> None:
    await pick(house)
    await house.press("sanne", "Ja, dat mag")
    await house.press("fleur", "Pas een regel aan")
    options = house.form.fields[0].options  # type: ignore[union-attr]
    line = next(o.value for o in options if QUESTION[:20] in o.label)
    await house.submit("fleur", {"line": line, "what": "reword", "text": "Iets heel anders"})
    await house.submit("fleur", {"line": line, "what": "drop", "text": ""})
    await house.ring(DUE)
    post = text_of(house.posts()[0])
    assert QUESTION not in post
    assert "Iets heel anders" not in post


async def test_nobody_else_answers_for_the_asker(house: DigestHouse) -> None:
    await pick(house)
    async with house.database.reading() as tx:
        digest = await digests.find_open(tx, "plain:algemeen", house.clock())
        assert digest is not None
        consent = await digest_questions.find_running_consent(tx, digest.id)
    assert consent is not None
    for somebody in ("fleur", "bram", "vreemde"):
        effect = await house.press_raw(somebody, actions.Agree(consent=consent.id, yes=True).pack())
        assert isinstance(effect, Refusal)
    assert isinstance(await house.press_raw("bram", actions.Agree(consent="verzonnen", yes=True).pack()), Refusal)
    await house.ring(DUE)
    assert QUESTION not in text_of(house.posts()[0])


async def test_a_question_that_was_not_offered_cannot_be_picked(house: DigestHouse) -> None:
    house.clock.moment -= timedelta(days=30)
    old = await house.ask("dewi", "klantmail", "mag_mits", "Een oude vraag")
    lab = await house.ask("dewi", None, None, "Een vraag zonder antwoord")
    house.clock.moment += timedelta(days=30)
    for id in (old, lab, "verzonnen", ""):
        await house.press("fleur", "Kies de vraag van de week")
        assert isinstance(await house.submit("fleur", {"question": id}), Refusal)
    await house.ring()
    assert house.messages(direct("dewi")) == []


async def test_who_is_forgotten_is_not_quoted(house: DigestHouse) -> None:
    await pick(house)
    await house.press("sanne", "Ja, dat mag")
    async with house.database.transaction() as tx:
        sanne = await people.find_person(tx, "plain", "", "sanne")
        assert sanne is not None
        await forgetting.forget_asked(tx, sanne.id, house.clock())
    await house.ring(DUE)
    assert QUESTION not in text_of(house.posts()[0])


async def test_somebody_on_holiday_is_not_asked(house: DigestHouse) -> None:
    async with house.database.transaction() as tx:
        sanne = await people.find_person(tx, "plain", "", "sanne")
        assert sanne is not None
        await people.pause_nudges(tx, sanne.id, DUE + timedelta(days=20))
    await pick(house)
    assert house.messages(direct("sanne")) == []
    await house.ring(DUE + timedelta(days=21))
    assert all(QUESTION not in text_of(card) for card in house.messages(direct("sanne")))
