"""The AI diploma in chat: what I have and need, my team, reminders, results, and a word beside an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from bot.conversations.diploma import actions
from bot.conversations.diploma.standing import subject_of
from bot.model.events import HOUSE, NOWHERE, Due
from bot.nudging import Nudging
from bot.routing import Router
from bot.working_time import find_working_time
from knowledge.content import Knowledge
from storage import certificates, register
from storage.certificates import Certificate
from storage.database import Database
from storage.tables.register import PeriodRow
from tests.conversations.dialog import Dialog, channel, direct, text_of
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
    assert "hoort niet" in dialog.refusal


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


async def test_a_manager_gets_one_list_after_the_person_heard_it(dialog: Dialog) -> None:
    bram = await place(dialog, "bram", "medewerker")
    await certify(dialog, bram, "basis", date(2030, 1, 1))
    for name in ("noor", "cleo"):
        await place(dialog, name, "medewerker", manager=bram)
    for day, heard in ((date(2027, 4, 5), False), (date(2027, 4, 12), True)):
        await move(dialog, day)
        action = actions.LookWeekly().pack()
        for _ in range(2):
            await dialog.happen(
                Due(key=uuid4().hex, account=HOUSE, place=NOWHERE, at=dialog.clock(), action=action)
            )
        await gather(dialog)
        lists = [text_of(card) for card in dialog.messages(direct("bram"))]
        assert len(lists) == heard
    assert "2 collega's zijn over de dag" in lists[0]
    assert "Cleo: basis, had gekund tot wo 31 maart 2027" in lists[0]


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
