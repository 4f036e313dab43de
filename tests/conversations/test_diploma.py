"""The AI diploma in chat: what I have and need, my team, reminders, results, and a word beside an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from bot.conversations.diploma import actions
from bot.model.events import HOUSE, NOWHERE, Due, Submitted
from bot.nudging import Nudging
from bot.routing import Router
from bot.working_time import find_working_time
from knowledge.content import Knowledge
from storage import certificates, diploma_lists, register
from storage.certificates import Certificate
from storage.database import Database
from storage.diploma_nudges import subject_of
from storage.tables.people import PersonRow
from storage.tables.register import PeriodRow
from tests.conversations.dialog import Dialog, buttons_of, channel, direct, text_of
from tests.conversations.roles import meet
from tests.platforms.reading import read

LONG_AGO = date(2020, 1, 1)
QUESTION = "Mag ik een klantmail laten schrijven?"


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read) as dialog:
        yield dialog


async def place(dialog: Dialog, person: str, function: str, *, unit: str = "Finance", manager: str = "") -> str:
    id = await meet(dialog, person)
    row = {"id": uuid4().hex, "person_id": id, "since": LONG_AGO, "unit": unit, "location": "", "latest": True}
    async with dialog.database.transaction() as tx:
        lead = manager or None
        await tx.execute(insert(PeriodRow).values(**row, function=function, manager_id=lead, started=LONG_AGO))
    return id


async def certify(dialog: Dialog, id: str, level: str, expires: date) -> None:
    one = Certificate(id, level, True, expires - timedelta(days=730), expires)
    async with dialog.database.transaction() as tx:
        await certificates.add(tx, one, dialog.clock())


async def pass_days(dialog: Dialog, day: date) -> None:
    """Ten o'clock in the morning of that day; the clock looked, and what is due was gathered and sent."""
    await move(dialog, day)
    action = actions.LookDaily().pack()
    await dialog.happen(
        Due(key=f"look:{day}:{uuid4().hex}", account=HOUSE, place=NOWHERE, at=dialog.clock(), action=action)
    )
    await gather(dialog)


async def pass_monday(dialog: Dialog, day: date) -> None:
    """The same, and the lists of the week; every due thing comes twice, as from two replicas."""
    await move(dialog, day)
    for action in (actions.LookDaily(), actions.LookWeekly()):
        for _ in range(2):
            due = Due(key=uuid4().hex, account=HOUSE, place=NOWHERE, at=dialog.clock(), action=action.pack())
            await dialog.happen(due)
    await gather(dialog)


def heard(dialog: Dialog, person: str) -> list[str]:
    return [text_of(card) for card in dialog.messages(direct(person))]


async def move(dialog: Dialog, day: date) -> None:
    dialog.clock.pass_by(timedelta(days=(day - dialog.clock().date()).days))


async def gather(dialog: Dialog) -> None:
    knowledge = dialog.desk.knowledge
    nudging = Nudging(
        dialog.database,
        Router(dialog.desk.conversations),
        dialog.clock,
        working_time=lambda: find_working_time(knowledge()),
        time_zone="Europe/Amsterdam",
        on_commit=lambda: None,
    )
    await nudging.gather_due()
    await dialog.settle()


async def test_what_i_have_and_need(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "controller")
    await certify(dialog, id, "basis", date(2028, 3, 1))
    await dialog.command("noor", "diploma")
    told = text_of(dialog.last)
    assert "Je AI-diploma: basis" in told
    assert "Je hebt gevorderd nodig, uiterlijk ma 31 mei 2027" in told
    assert "Dan is jouw afdeling aan de beurt." in told
    assert "basis gehaald, geldig tot wo 1 maart 2028" in told
    assert "[Mijn team]" not in told


async def test_who_is_not_in_the_register_hears_where_to_go(dialog: Dialog) -> None:
    await dialog.command("noor", "diploma")
    assert "HR kan dat rechtzetten" in text_of(dialog.last)


async def test_a_manager_sees_the_team_and_says_who_is_away(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "teamleider")
    noor = await place(dialog, "noor", "controller", manager=bram)
    await place(dialog, "cleo", "medewerker", manager=bram)
    await dialog.command("bram", "diploma")
    await dialog.press("bram", "Mijn team")
    told = text_of(dialog.last)
    assert "Je team: 2 collega's" in told
    assert "Noor: gevorderd, uiterlijk ma 31 mei 2027" in told
    await dialog.press("bram", "Iemand is afwezig")
    today = dialog.clock().date()
    await dialog.submit("bram", {"who": noor, "since": today, "until": today})
    assert "na de eerste dag" in dialog.effect.errors["until"]  # type: ignore[union-attr]
    await dialog.submit("bram", {"who": noor, "since": today, "until": None})
    assert "Noor is afwezig" in text_of(dialog.last)
    async with dialog.database.reading() as tx:
        assert len(await register.find_absences(tx, noor)) == 1


async def test_nobody_says_that_somebody_elses_colleague_is_away(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "teamleider")
    noor = await place(dialog, "noor", "controller", manager=bram)
    await dialog.press_raw("cleo", actions.ShowTeam().pack())
    assert "geen team" in dialog.refusal
    await dialog.press_raw("cleo", actions.AskAbsence().pack())
    assert "geen team" in dialog.refusal
    await dialog.press_raw("bram", actions.AskAbsence().pack())
    await dialog.submit("cleo", {"who": noor, "since": dialog.clock().date(), "until": None})
    assert "geen team" in dialog.refusal


async def test_a_reminder_comes_once_a_step_and_never_after_passing(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "medewerker")
    due = date(2027, 3, 31)
    await pass_days(dialog, due - timedelta(days=30))
    assert "Je AI-diploma basis komt eraan" in text_of(dialog.last)
    told = len(dialog.messages(direct("noor")))
    await pass_days(dialog, due - timedelta(days=29))
    await pass_days(dialog, due - timedelta(days=28))
    assert len(dialog.messages(direct("noor"))) == told, "once a step"
    await certify(dialog, id, "basis", date(2029, 3, 1))
    await pass_days(dialog, due - timedelta(days=14))
    assert len(dialog.messages(direct("noor"))) == told, "never after passing"


async def test_its_buttons_plan_it_and_tell_the_academy(dialog: Dialog) -> None:
    await place(dialog, "noor", "medewerker")
    await meet(dialog, "anna", role="academy")
    due = date(2027, 3, 31)
    await pass_days(dialog, due - timedelta(days=30))
    await dialog.press("noor", "Plan het in")
    await dialog.submit("noor", {"day": date(2020, 1, 1)})
    assert "na vandaag" in dialog.effect.errors["day"]  # type: ignore[union-attr]
    await dialog.submit("noor", {"day": date(2027, 3, 10)})
    assert "wo 10 maart 2027" in text_of(dialog.last)
    await move(dialog, date(2027, 3, 10))
    await gather(dialog)
    assert "Vandaag staat je AI-diploma basis gepland" in text_of(dialog.last)
    await dialog.press("noor", "Ik heb het al")
    assert "zegt: ik heb basis al" in text_of(dialog.messages(direct("anna"))[-1])
    await dialog.press("anna", "Resultaat toevoegen")
    values = {"level": "basis", "passed": "yes", "issued": date(2027, 3, 9), "evidence": "nr 7"}
    await dialog.submit("anna", {"email": "nobody@example.com", **values})
    assert "ken ik niet" in dialog.effect.errors["email"]  # type: ignore[union-attr]
    await dialog.submit("anna", {"email": "noor@example.com", **values})
    assert "Noor heeft basis gehaald, geldig tot vr 9 maart 2029" in text_of(dialog.last)


async def test_only_the_academy_adds_results(dialog: Dialog) -> None:
    await dialog.command("noor", "certificaat")
    assert "academie" in dialog.refusal.lower()
    await dialog.press_raw("noor", actions.AddResult().pack())
    assert "academie" in dialog.refusal.lower()


async def test_a_manager_gets_one_list_of_who_heard_it_themselves(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "medewerker")
    await certify(dialog, bram, "basis", date(2028, 6, 1))
    for name in ("noor", "cleo"):
        await place(dialog, name, "medewerker", manager=bram)
    await pass_days(dialog, date(2027, 4, 1))
    await place(dialog, "late", "medewerker", manager=bram)
    await pass_monday(dialog, date(2027, 4, 5))
    assert heard(dialog, "bram") == [], "they have had less than a week"
    await pass_monday(dialog, date(2027, 4, 12))
    (listed,) = heard(dialog, "bram")
    assert "2 collega's zijn over de dag" in listed
    assert "Cleo: basis, had gekund tot wo 31 maart 2027" in listed
    assert "Late" not in listed, "nobody told them"
    await certify(dialog, await meet(dialog, "cleo"), "basis", date(2029, 4, 1))
    await pass_monday(dialog, date(2027, 4, 19))
    assert "1 collega is over de dag" in heard(dialog, "bram")[-1]


async def test_hr_hears_of_who_has_no_manager_and_of_who_is_far_over_the_day(dialog: Dialog) -> None:
    await meet(dialog, "hanna", role="hr")
    await meet(dialog, "dirk", role="executive")
    bram = await place(dialog, "bram", "medewerker")
    await certify(dialog, bram, "basis", date(2028, 6, 1))
    noor = await place(dialog, "noor", "medewerker", manager=bram)
    await place(dialog, "cleo", "medewerker")
    await pass_monday(dialog, date(2027, 4, 12))
    (listed,) = heard(dialog, "hanna")
    assert "1 collega is lang over de dag" in listed and "Cleo" in listed and "leidinggevende onbekend" in listed
    assert heard(dialog, "dirk") == [], "nobody is far over the day"
    await pass_monday(dialog, date(2027, 6, 7))
    listed = heard(dialog, "hanna")[-1]
    assert "2 collega's zijn lang over de dag" in listed and "Noor: basis" in listed
    (number,) = heard(dialog, "dirk")
    assert "minder dan 5 collega's" in number and "Noor" not in number
    async with dialog.database.transaction() as tx:
        await register.exempt(tx, noor, LONG_AGO, date(2028, 1, 1), "project", dialog.clock())
    before = len(heard(dialog, "hanna"))
    await pass_monday(dialog, date(2027, 6, 14))
    assert "Noor" not in heard(dialog, "hanna")[before]
    assert len(heard(dialog, "dirk")) == 1, "once a month"


async def test_a_button_counts_once_and_says_when_the_next_reminder_comes(dialog: Dialog) -> None:
    await place(dialog, "noor", "medewerker")
    await meet(dialog, "anna", role="academy")
    await meet(dialog, "hanna", role="hr")
    await pass_days(dialog, date(2027, 3, 1))
    for _ in range(3):
        await dialog.press("noor", "Nu niet")
    assert "volgende herinnering komt rond wo 17 maart 2027" in text_of(dialog.last)
    for _ in range(3):
        await dialog.press("noor", "Ik heb het al")
        await dialog.press("noor", "Dit klopt niet")
    assert len(heard(dialog, "anna")) == len(heard(dialog, "hanna")) == 1
    await dialog.press("hanna", "Bekijk")
    assert "Nodig: basis, uiterlijk wo 31 maart 2027" in text_of(dialog.last)
    await dialog.press_raw("noor", actions.ShowPerson(person=await meet(dialog, "anna")).pack())
    assert "HR" in dialog.refusal


async def test_a_certificate_that_is_put_right_brings_no_second_reminder(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "medewerker")
    await meet(dialog, "anna", role="academy")
    await certify(dialog, id, "basis", date(2027, 3, 31))
    await pass_days(dialog, date(2027, 3, 1))
    assert len(heard(dialog, "noor")) == 1
    await dialog.command("anna", "persoon", "noor")
    await dialog.press("anna", "Zet recht: basis, ma 31 maart 2025")
    values = {"level": "basis", "passed": "yes", "issued": date(2025, 4, 2), "evidence": ""}
    await dialog.submit("anna", {**values, "expires": date(2025, 4, 1)})
    assert "na de dag" in dialog.effect.errors["expires"]  # type: ignore[union-attr]
    form = dialog.form.action
    await dialog.submit("anna", {**values, "expires": None})
    assert "geldig tot vr 2 april 2027" in text_of(dialog.last)
    await pass_days(dialog, date(2027, 3, 3))
    assert len(heard(dialog, "noor")) == 1, "the same step in the round of another certificate"
    async with dialog.database.reading() as tx:
        assert len(await certificates.find_of(tx, id)) == 1
        first, second = await certificates.find_history(tx, id)
        assert second.replaces == first.id and first.expires == date(2027, 3, 31), "nothing was overwritten"
    await dialog.happen(Submitted(action=form, values={**values, "expires": None}, **dialog._about("anna")))
    assert "al rechtgezet" in dialog.refusal


async def test_a_manager_asks_for_an_exemption_and_hr_decides_once(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "teamleider")
    noor = await place(dialog, "noor", "medewerker", manager=bram)
    await meet(dialog, "hanna", role="hr")
    today = dialog.clock().date()
    await dialog.command("bram", "diploma")
    await dialog.press("bram", "Mijn team")
    await dialog.press("bram", "Vraag vrijstelling")
    await dialog.submit("bram", {"who": noor, "since": today, "until": today, "reason": " "})
    assert set(dialog.effect.errors) == {"reason", "until"}  # type: ignore[union-attr]
    values = {"who": noor, "since": today, "until": date(2027, 12, 1), "reason": "Project. Bel 06-12345678."}
    await dialog.submit("bram", values)
    asked = heard(dialog, "hanna")[-1]
    assert "Vrijstelling voor Noor?" in asked and "06-12345678" not in asked
    await dialog.press("bram", "Geef vrijstelling")
    assert "HR" in dialog.refusal
    give = next(b for b in buttons_of(dialog.messages(direct("hanna"))[-1]) if b.label == "Geef vrijstelling")
    await dialog.press("hanna", "Geef vrijstelling")
    assert "vrijstelling tot wo 1 december 2027" in heard(dialog, "bram")[-1]
    await dialog.press_raw("hanna", give.action)
    assert "al over beslist" in dialog.refusal
    await pass_days(dialog, date(2027, 3, 1))
    assert not any("komt eraan" in one for one in heard(dialog, "noor"))
    async with dialog.database.reading() as tx:
        assert len(await register.find_exemptions(tx, noor)) == 1


async def test_a_manager_plans_somebody_and_says_who_is_back(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "teamleider")
    noor = await place(dialog, "noor", "medewerker", manager=bram)
    today = dialog.clock().date()
    await dialog.press_raw("bram", actions.AskPlan().pack())
    await dialog.submit("bram", {"who": bram, "day": date(2027, 1, 12)})
    assert "hoort niet" in dialog.refusal
    await dialog.press_raw("bram", actions.AskPlan().pack())
    await dialog.submit("bram", {"who": noor, "day": date(2027, 1, 12)})
    assert "Bram heeft je AI-diploma basis gepland op di 12 januari 2027" in heard(dialog, "noor")[-1]
    await dialog.press_raw("bram", actions.AskAbsence().pack())
    await dialog.submit("bram", {"who": noor, "since": today, "until": None})
    await move(dialog, date(2027, 1, 12))
    await gather(dialog)
    assert not any("Vandaag" in one for one in heard(dialog, "noor")), "she is away"
    await dialog.command("bram", "diploma")
    await dialog.press("bram", "Mijn team")
    await dialog.press("bram", "Iemand is terug")
    await dialog.submit("bram", {"who": noor, "until": date(2027, 1, 13)})
    assert "Noor is terug vanaf wo 13 januari 2027" in text_of(dialog.last)
    await dialog.press_raw("bram", actions.AskBack().pack())
    await dialog.submit("bram", {"who": noor, "until": date(2027, 1, 13)})
    await move(dialog, date(2027, 1, 14))
    await dialog.press_raw("bram", actions.AskBack().pack())
    assert "van niemand" in dialog.refusal


async def test_the_academy_finds_people_and_hr_gives_exemptions(dialog: Dialog) -> None:
    for name in ("noor", "eleanoor"):
        await place(dialog, name, "controller")
    await meet(dialog, "anna", role="academy")
    hanna = await place(dialog, "hanna", "hr-adviseur", unit="HR")
    await meet(dialog, "hanna", role="hr")
    await dialog.command("noor", "persoon", "hanna")
    assert dialog.refusal
    await dialog.command("anna", "persoon", "nobody")
    assert "vind niemand" in dialog.refusal
    await dialog.command("anna", "persoon", "noor")
    await dialog.press("anna", "Noor · Finance")
    told = text_of(dialog.last)
    assert "Heeft nu: geen diploma. Nodig: gevorderd" in told
    assert "[Resultaat toevoegen]" in told and "Geef vrijstelling" not in told
    await dialog.command("hanna", "persoon")
    await dialog.submit("hanna", {"who": "hanna@example.com"})
    await dialog.press("hanna", "Geef vrijstelling")
    today = dialog.clock().date()
    await dialog.submit("hanna", {"who": hanna, "since": today, "until": date(2027, 6, 1), "reason": "drukte"})
    assert "voor jezelf" in dialog.refusal


async def test_hr_sees_who_cannot_be_tied(dialog: Dialog) -> None:
    await meet(dialog, "hanna", role="hr")
    await place(dialog, "noor", "medewerker")
    await dialog.command("noor", "koppelingen")
    assert dialog.refusal
    async with dialog.database.transaction() as tx:
        ghost = {"id": uuid4().hex, "name": "Geest", "email": "geest@example.com", "created_at": dialog.clock()}
        await tx.execute(insert(PersonRow).values(**ghost))
        row = {"id": uuid4().hex, "person_id": ghost["id"], "since": LONG_AGO, "unit": "HR", "location": ""}
        await tx.execute(insert(PeriodRow).values(**row, function="medewerker", latest=True))
    await dialog.command("hanna", "koppelingen")
    told = text_of(dialog.last)
    assert "1 collega staat in het register" in told and "- Geest, geest@example.com" in told
    assert "1 persoon is in de chat" in told and "- Hanna, hanna@example.com" in told
    assert "Noor" not in told


async def test_a_morning_forgets_who_is_over_the_day_no_more(dialog: Dialog) -> None:
    noor = await place(dialog, "noor", "medewerker")
    await pass_days(dialog, date(2027, 4, 12))
    async with dialog.database.reading() as tx:
        assert await diploma_lists.count_behind(tx, date(2027, 4, 1)) == 1
    await certify(dialog, noor, "basis", date(2029, 1, 1))
    await pass_days(dialog, date(2027, 4, 13))
    async with dialog.database.reading() as tx:
        assert await diploma_lists.count_behind(tx, date(2027, 4, 1)) == 0


async def test_an_answer_says_what_the_work_asks_beside_what_i_have(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "medewerker")
    told = text_of(await dialog.say("noor", QUESTION))
    assert "🎓 Dit werk vraagt diploma" in told and "Dat heb je nog niet." in told
    assert "🎓" not in text_of(await dialog.say("cleo", QUESTION)), "of her nothing is known"
    among = await dialog.say("noor", QUESTION, channel("algemeen"))
    assert "🎓" not in text_of(among), "her level is hers alone"
    await certify(dialog, id, "basis", date(2026, 1, 1))
    assert "Jouw diploma is afgelopen" in text_of(await dialog.say("noor", QUESTION))
    await certify(dialog, id, "expert", date(2028, 1, 1))
    assert "🎓" not in text_of(await dialog.say("noor", QUESTION))


def test_a_subject_fits_its_column() -> None:
    assert len(subject_of("0" * 32, "x" * 300)) <= 200
