"""The weekly post as its readers and editors meet it: drafted, changed, held, posted once, read back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.effects import FormErrors, Refusal
from bot.model.events import Commanded, Pressed
from bot.texts import WORDS
from knowledge.content import Knowledge, Verdict, WhenEmpty
from storage import audit, outbox
from storage.database import Database
from tests.conversations.dialog import account_of, buttons_of, channel, direct, text_of
from tests.conversations.digests import DRAFT, DUE, PLAN, ROOM, DigestHouse
from tests.conversations.roles import meet

SEVERE = {
    "openbaar": Verdict.MAG_NIET, "intern": Verdict.MAG_NIET, "vertrouwelijk": Verdict.MAG_NIET,
    "persoonsgegevens": Verdict.MAG_NIET, "bijzonder": Verdict.MAG_NIET,
}  # fmt: skip


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[DigestHouse]:
    async with DigestHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        await meet(house, "gijs", role="ai_lab", language="en")
        await meet(house, "sanne")
        yield house


async def fill(house: DigestHouse) -> None:
    """A week with something to tell."""
    for person in ("sanne", "bram", "cleo", "dewi"):
        await house.ask(
            person, "klantmail", "mag_mits", f"Mag ik een klantmail laten schrijven, vraagt {person[0]}?"
        )
    for person in ("sanne", "bram"):
        await house.ask(person, "persbericht", "grijs", "Mag een persbericht met AI?")


async def line_named(house: DigestHouse, words: str) -> str:
    """The value of the option in the open form that reads like this."""
    options = house.form.fields[0].options  # type: ignore[union-attr]
    return next(option.value for option in options if words in option.label)


async def test_the_day_before_the_editors_get_the_draft_in_their_own_language(house: DigestHouse) -> None:
    await fill(house)
    draft = text_of(await house.drafted())
    assert "Concept: weekbericht van week 48" in draft
    assert "Dit gaat di 24 november 2026 09:00 naar algemeen" in draft
    assert "door 4 collega's" in draft
    english = text_of(house.chat("gijs"))
    assert "This goes to algemeen on Tue 24 November 2026 09:00" in english
    assert "door 4 collega's" in english, "the post itself is in the language of its channel"
    assert house.messages(direct("sanne")) == []
    assert house.posts() == []


async def test_it_goes_out_at_its_time_and_once(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    for minutes in (-1, 0, 1, 30):
        await house.ring(DUE + timedelta(minutes=minutes))
        house.restart()
    (post,) = house.posts()
    text = text_of(post)
    assert "Weekbericht van week 48" in text
    assert "☑️ Mag, mits: Een mail of brief aan een klant opstellen of herschrijven (door 4 collega's)" in text
    assert "Aantal vragen: Mag, mits: 4." in text
    assert "persbericht" not in text, "two people are too few to tell of"
    assert "vraagt" not in text, "nobody's own words"


async def test_what_was_agreed_since_the_last_one_is_told(house: DigestHouse) -> None:
    await house.drafted()
    await house.ring(DUE)
    house.change_row("klantmail", verdicts=SEVERE)
    house.change_row("persbericht", conditions=("menselijke-check",))
    new = replace(house.known.get_use_case("klantmail"), id="nieuw-werk")
    house.known = replace(house.known, use_cases=(*house.known.use_cases, new))
    await house.ring(DRAFT + timedelta(days=7))
    await house.ring(DUE + timedelta(days=7))
    lines = [line for line in text_of(house.posts()[-1]).splitlines() if line.startswith("- ")]
    assert [line.partition(":")[0] for line in lines] == [
        "- ⛔ Mag niet (was ☑️ Mag, mits)",
        "- ⛔ Mag niet (nieuw)",
        "- ❔ Grijs gebied (bijgewerkt)",
    ]
    await house.ring(DRAFT + timedelta(days=14))
    await house.ring(DUE + timedelta(days=14))
    assert "Een rustige week" in text_of(house.posts()[-1]), "told once"


async def test_a_quiet_week_is_one_line_or_nothing(database: Database, knowledge: Knowledge) -> None:
    silent = replace(PLAN, id="stil", channel="plain:stil", when_empty=WhenEmpty.NOTHING)
    async with DigestHouse(database, knowledge, PLAN, silent) as house:
        await meet(house, "fleur", role="ai_lab")
        await house.drafted()
        await house.ring(DUE)
        assert "Een rustige week: er zijn geen nieuwe afspraken." in text_of(house.posts()[0])
        assert house.posts(channel("stil")) == []


async def test_an_editor_drops_pins_and_rewords(house: DigestHouse) -> None:
    await fill(house)
    for person in ("sanne", "bram", "cleo"):
        await house.ask(person, "interne-mail", "mag", "Mag een interne mail?")
    await house.drafted()
    await house.press("fleur", "Pas een regel aan")
    line = await line_named(house, "mail of brief aan een klant")
    await house.submit("fleur", {"line": line, "what": "drop", "text": ""})
    assert "(weggelaten) ☑️ Mag, mits: Een mail of brief aan een klant" in text_of(house.last)
    await house.press("fleur", "Pas een regel aan")
    line = await line_named(house, "interne mail")
    await house.submit("fleur", {"line": line, "what": "reword", "text": "Intern mailen met AI: ga je gang."})
    await house.press("fleur", "Pas een regel aan")
    await house.submit("fleur", {"line": line, "what": "pin", "text": ""})
    assert "(vastgezet) Intern mailen met AI: ga je gang." in text_of(house.last)
    await house.ring(DUE)
    post = text_of(house.posts()[0])
    assert "Intern mailen met AI: ga je gang." in post
    assert "aan een klant" not in post
    async with house.database.reading() as tx:
        lines = [line for line in await audit.find_lines(tx) if line.act == "digest.line_changed"]
    assert [line.details["what"] for line in reversed(lines)] == ["drop", "reword", "pin"]
    assert "ga je gang" not in str(lines), "nobody's words"


async def test_editors_at_once_never_undo_each_other(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Pas een regel aan")
    line = await line_named(house, "mail of brief")
    theirs = house.effect
    await house.press("gijs", "Change a line")
    await house.submit("gijs", {"line": line, "what": "reword", "text": "Van Gijs"})
    await house.press("gijs", "Add something")
    await house.submit("gijs", {"text": "Ook van Gijs"})
    house.effect = theirs
    await house.submit("fleur", {"line": line, "what": "pin", "text": ""})
    house.effect = theirs
    effect = await house.submit("fleur", {"line": line, "what": "reword", "text": "Van Fleur"})
    assert isinstance(effect, FormErrors)
    assert "Gijs heeft deze regel intussen ook aangepast" in effect.errors["text"]
    assert "‘Van Gijs’" in effect.errors["text"]
    await house.submit("fleur", {"line": line, "what": "reword", "text": "Van Fleur, bewust"})
    newest = text_of(house.last)
    assert "Van Fleur, bewust" in newest
    assert "Ook van Gijs" in newest, "what Gijs added is still there"
    house.effect = theirs
    await house.submit("fleur", {"line": line, "what": "drop", "text": ""})
    await house.press("gijs", "Change a line")
    await house.submit("gijs", {"line": line, "what": "put_back", "text": ""})
    await house.ring(DUE)
    post = text_of(house.posts()[0])
    assert "Van Fleur, bewust" in post, "dropped and put back, the words stay"
    assert "Ook van Gijs" in post


async def test_a_form_says_what_is_missing(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Pas een regel aan")
    line = await line_named(house, "mail of brief")
    figures = await line_named(house, "Afbeelding")
    for values, field in (
        ({"line": line, "what": "reword", "text": " "}, "text"),
        ({"line": figures, "what": "reword", "text": "x"}, "what"),
        ({"line": "verzonnen", "what": "drop", "text": ""}, "line"),
        ({"line": line, "what": "verzonnen", "text": ""}, "what"),
    ):
        effect = await house.submit("fleur", values)
        assert isinstance(effect, FormErrors)
        assert set(effect.errors) == {field}


async def test_words_of_their_own_come_first_and_without_personal_data(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Voeg iets toe")
    await house.submit("fleur", {"text": "Kom donderdag eten. Meld je bij lunch@voorbeeld.nl."})
    await house.ring(DUE)
    lines = text_of(house.posts()[0]).splitlines()
    assert lines[1].startswith("Kom donderdag eten.")
    assert "lunch@voorbeeld.nl" not in lines[1], "what is stored is masked"


async def test_held_it_does_not_go_is_reported_once_and_lapses(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Houd het vast")
    assert "Vastgehouden door Fleur. Het gaat niet vanzelf naar algemeen." in text_of(house.chat("fleur"))
    before = len(house.messages(direct("gijs")))
    for hours in (0, 1, 24):
        await house.ring(DUE + timedelta(hours=hours))
        house.restart()
    assert house.posts() == []
    assert len(house.messages(direct("gijs"))) == before + 1
    assert "Held by Fleur, so it is not in algemeen yet. It can still be sent until" in text_of(house.chat("gijs"))
    await house.ring(DRAFT + timedelta(days=7))
    assert "week 49" in text_of(house.chat("fleur"))
    held = [id for id, shown in house.platform.shown.items() if "week 48" in text_of(shown.card)]
    button = next(b for b in buttons_of(house.platform.shown[held[-1]].card) if "Send it now" in b.label)
    await house.press_raw("gijs", button.action)
    assert house.posts() == []
    assert "its week is over" in text_of(house.last)


async def test_released_before_its_time_it_goes_at_its_time_and_after_it_at_once(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Houd het vast")
    await house.press("fleur", "Laat het toch gaan")
    assert house.posts() == []
    await house.press("fleur", "Houd het vast")
    await house.ring(DUE)
    assert house.posts() == []
    await house.press("gijs", "Send it now")
    assert len(house.posts()) == 1
    assert "Gijs sent it" in text_of(house.chat("gijs"))


async def test_sent_now_by_two_editors_it_is_there_once_and_not_again_at_its_time(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.press("fleur", "Verstuur het nu")
    assert "Fleur heeft het verstuurd" in text_of(house.chat("fleur"))
    await house.press("gijs", "Send it now")
    assert "Fleur sent it" in text_of(house.chat("gijs"))
    await house.ring(DUE)
    await house.ring(DUE + timedelta(days=1))
    assert len(house.posts()) == 1


async def test_a_week_that_has_its_post_gets_no_other_early(house: DigestHouse) -> None:
    await house.drafted()
    await house.ring(DUE)
    house.clock.moment = DUE + timedelta(days=2)
    await house.command("fleur", "weekbericht")
    await house.press("fleur", "Bekijk het concept (algemeen)")
    assert "week 49" in text_of(house.last)
    assert isinstance(await house.press("fleur", "Verstuur het nu"), Refusal)
    assert "Deze week stond er al een weekbericht in algemeen." in house.refusal
    assert len(house.posts()) == 1


async def test_a_draft_looked_at_early_hears_what_comes_later_and_keeps_what_was_done(house: DigestHouse) -> None:
    await house.ring()
    await house.command("fleur", "weekbericht")
    await house.press("fleur", "Bekijk het concept (algemeen)")
    await house.press("fleur", "Voeg iets toe")
    await house.submit("fleur", {"text": "Vroeg bedacht"})
    await fill(house)
    draft = text_of(await house.drafted())
    assert "Vroeg bedacht" in draft
    assert "door 4 collega's" in draft


@pytest.mark.parametrize(
    ("late", "posts"), [(timedelta(hours=47), 1), (timedelta(hours=49), 0), (timedelta(days=6), 0)]
)
async def test_after_a_sleep_it_goes_up_to_two_days_late(house: DigestHouse, late: timedelta, posts: int) -> None:
    await house.drafted()
    await house.ring(DUE + late)
    assert len(house.posts()) == posts


async def test_one_that_was_missed_is_reported_once_and_can_still_be_sent_by_hand(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    before = len(house.messages(direct("gijs")))
    for hours in (72, 73, 96):
        await house.ring(DUE + timedelta(hours=hours))
        house.restart()
    assert house.posts() == []
    assert len(house.messages(direct("gijs"))) == before + 1
    assert "This was to be in algemeen on Tue 24 November 2026 09:00" in text_of(house.chat("gijs"))
    await house.press("gijs", "Send it now")
    assert len(house.posts()) == 1


async def test_two_editors_and_the_clock_at_the_very_same_moment(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    send = next(b.action for b in buttons_of(house.chat("fleur")) if b.label == "Verstuur het nu")
    house.clock.moment = DUE
    presses = [
        Pressed(key=f"p{number}", account=account_of(who), place=direct(who), at=DUE, action=send)
        for number, who in enumerate(("fleur", "gijs", "fleur", "gijs"))
    ]
    other = house.restart()
    house.restart()
    await asyncio.gather(*map(house.dispatcher.receive, presses), other.ring(), house.ringing.ring())
    await house.settle()
    assert len(house.posts()) == 1


async def test_never_in_the_next_week(database: Database, knowledge: Knowledge) -> None:
    sunday = replace(PLAN, cron="0 20 * * 0")
    async with DigestHouse(database, knowledge, sunday) as house:
        await house.ring(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
        await house.ring(datetime(2026, 11, 30, 0, 30, tzinfo=UTC))
        assert house.posts() == []
        await house.ring(datetime(2026, 12, 6, 19, 0, tzinfo=UTC))
        assert len(house.posts()) == 1


async def test_the_platform_is_away_until_it_is_too_late(house: DigestHouse) -> None:
    """What never arrived is not among what can be read back, and its news comes with the next one."""
    await house.drafted()
    house.clock.moment = DUE
    await house.ringing.ring()
    house.clock.moment = DUE + timedelta(days=3)
    await house.settle()
    async with house.database.reading() as tx:
        assert (await outbox.count_by_state(tx))["cancelled"] == 1
    assert house.posts() == []
    await house.command("sanne", "weekbericht")
    assert "Er is nog geen weekbericht geweest." in text_of(house.last)


ELSEWHERE = replace(PLAN, id="elders", channel="nowhere:x", cron="* * * * *")


async def test_who_asks_before_the_first_hears_when_it_comes(database: Database, knowledge: Knowledge) -> None:
    async with DigestHouse(database, knowledge, PLAN, ELSEWHERE) as house:
        house.clock.moment = DUE - timedelta(days=3)
        await house.command("sanne", "weekbericht")
        moment = WORDS["nl"].moment(DUE, "Europe/Amsterdam")
        assert f"Het eerste komt op {moment}, in ‘{PLAN.id}’." in text_of(house.last)


async def test_where_none_can_come_none_is_promised(database: Database, knowledge: Knowledge) -> None:
    async with DigestHouse(database, knowledge, ELSEWHERE) as house:
        await house.command("sanne", "weekbericht")
        assert "er is er ook nog geen gepland" in text_of(house.last)


@pytest.mark.parametrize(
    ("due", "draft"),
    [
        (datetime(2026, 11, 30, 8, 0, tzinfo=UTC), datetime(2026, 11, 27, 8, 0, tzinfo=UTC)),  # a Monday
        (datetime(2026, 12, 28, 8, 0, tzinfo=UTC), datetime(2026, 12, 24, 8, 0, tzinfo=UTC)),  # after Christmas
    ],
)
async def test_the_draft_comes_on_a_working_day(
    database: Database, knowledge: Knowledge, due: datetime, draft: datetime
) -> None:
    async with DigestHouse(database, knowledge, replace(PLAN, cron="0 9 * * 1")) as house:
        await meet(house, "fleur", role="ai_lab")
        await house.ring(draft - timedelta(hours=3))
        before = len(house.messages(direct("fleur")))
        moment = draft
        while moment < due:
            await house.ring(moment)
            moment += timedelta(hours=6)
        assert len(house.messages(direct("fleur"))) == before + 1


async def test_a_post_at_night_is_drafted_in_working_hours(database: Database, knowledge: Knowledge) -> None:
    async with DigestHouse(database, knowledge, replace(PLAN, cron="30 22 * * 4")) as house:
        await meet(house, "fleur", role="ai_lab")
        await house.ring()
        await house.ring(datetime(2026, 11, 25, 15, 59, tzinfo=UTC))
        assert house.messages() == []
        await house.ring(datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
        assert "do 26 november 2026 22:30" in text_of(house.last)


async def test_reading_back_for_oneself_alone(house: DigestHouse) -> None:
    await fill(house)
    await house.drafted()
    await house.ring(DUE)
    await house.command("sanne", "digest")
    text = text_of(house.last)
    assert "Weekbericht van week 48" in text
    assert "algemeen, di 24 november 2026 09:00" in text
    assert "/in/" in text, "a personal link to the page"
    assert "concept" not in text
    await house.command("sanne", "weekbericht", "2026-W48")
    assert "Weekbericht van week 48" in text_of(house.last)
    await house.command("sanne", "weekbericht", "2026-W02")
    assert "Van week 2026-W02 is er geen weekbericht." in text_of(house.last)
    await house.command("sanne", "weekbericht", "2025-W53")
    assert "Schrijf hem als 2026-W47" in house.refusal
    event = Commanded(key="c", account=account_of("fleur"), place=ROOM, at=house.clock(), word="digest", rest="")
    assert isinstance(await house.happen(event), Refusal)
    assert len(house.posts()) == 1, "nothing new in the channel"
    assert "Bekijk het concept" in text_of(house.chat("fleur"))
