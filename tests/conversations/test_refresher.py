"""A refresher in chat: questions from the matrix, an explanation after each, and what it renews."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversations.diploma import actions
from knowledge.content import Knowledge, Verdict
from knowledge.refresher import draw_questions
from storage import certificates, refreshers
from storage.database import Database
from tests.conversations.dialog import Dialog, buttons_of, text_of
from tests.conversations.roles import meet
from tests.conversations.test_diploma import certify, move, place
from tests.platforms.reading import read


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read) as dialog:
        yield dialog


async def answer_all(dialog: Dialog, person: str, *, wrong: int = 0) -> str:
    """Everything that was told on the way."""
    told = []
    for number in range(8):
        async with dialog.database.reading() as tx:
            one = await refreshers.find_last(tx, await find_id(dialog, person), "basis")
        assert one is not None and one.answered == number
        asked = one.questions[number]
        row = dialog.desk.knowledge().find_use_case(asked["row"])
        assert row is not None
        right = row.verdicts[asked["data"]]
        given = next(verdict for verdict in Verdict if (verdict is not right) == (number < wrong))
        await dialog.press(person, {"mag": "✅ Mag", "mag_mits": "☑️ Mag, mits", "grijs": "❔ Grijs gebied",
                                    "mag_niet": "⛔ Mag niet"}[given.value])  # fmt: skip
        told.append(text_of(dialog.last))
    return "\n".join(told)


async def find_id(dialog: Dialog, person: str) -> str:
    return await meet(dialog, person)


async def test_passing_renews_the_diploma_and_keeps_the_attempt(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "medewerker")
    await certify(dialog, id, "basis", date(2027, 1, 10))
    await move(dialog, date(2026, 12, 20))
    await dialog.command("noor", "diploma")
    await dialog.press("noor", "Fris het op")
    assert "Vraag 1 van 8" in text_of(dialog.last) and "Mag dit? " in text_of(dialog.last)
    before = len(dialog.messages())
    old = buttons_of(dialog.last)[0]
    told = await answer_all(dialog, "noor", wrong=1)
    assert len(dialog.messages()) == before, "one message, from question to question"
    assert "Net anders: " in told and "Klopt: " in told
    assert "7 van de 8 goed. Je diploma basis is vernieuwd, geldig tot " in told
    async with dialog.database.reading() as tx:
        newest = (await certificates.find_of(tx, id))[-1]
        assert (newest.source, newest.issued, newest.passed) == ("refresher", date(2026, 12, 20), True)
        assert newest.evidence.endswith(": 7/8")
    await dialog.press_raw("noor", old.action)
    assert "al beantwoord" in dialog.refusal
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "binnenkort afloopt" in dialog.refusal, "it is valid for two years again"


async def test_failing_is_kept_as_an_attempt_and_may_be_tried_the_next_day(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "medewerker")
    await certify(dialog, id, "basis", date(2026, 11, 1))
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    question = buttons_of(dialog.last)[0]
    await dialog.press_raw("cleo", question.action)
    assert "al beantwoord" in dialog.refusal, "it is Noor's"
    assert "Nog niet genoeg om basis te vernieuwen" in await answer_all(dialog, "noor", wrong=2)
    async with dialog.database.reading() as tx:
        newest = (await certificates.find_of(tx, id))[-1]
        assert not newest.passed and newest.expires is None and newest.evidence.endswith(": 6/8")
        assert sum((await refreshers.find_wrong(tx, 1)).values()) == 2
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "Morgen" in dialog.refusal
    dialog.clock.pass_by(timedelta(days=1))
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "Vraag 1 van 8" in text_of(dialog.last)


async def test_only_at_renewal_and_only_levels_it_may_renew(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "controller")
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "binnenkort afloopt" in dialog.refusal, "she has never had one"
    await certify(dialog, id, "gevorderd", date(2026, 12, 1))
    await dialog.press_raw("noor", actions.StartRefresher(level="gevorderd").pack())
    assert "binnenkort afloopt" in dialog.refusal, "the academy renews that one"


async def test_work_of_high_risk_only_gets_what_security_looked_at(dialog: Dialog) -> None:
    id = await place(dialog, "noor", "controller")
    await certify(dialog, id, "basis", date(2026, 12, 1))
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "nog nagekeken" in dialog.refusal
    await dialog.command("noor", "opfrisvragen")
    assert "security" in dialog.refusal.lower()
    await meet(dialog, "sef", role="security")
    await dialog.command("sef", "opfrisvragen")
    for _ in range(2):
        await dialog.press("sef", "Deze 5 kloppen")
    await dialog.press_raw("noor", actions.StartRefresher(level="basis").pack())
    assert "Vraag 1 van 8" in text_of(dialog.last)
    async with dialog.database.reading() as tx:
        one, looked = await refreshers.find_last(tx, id, "basis"), await refreshers.list_looked(tx)
    assert one is not None and {(asked["row"], asked["version"]) for asked in one.questions} <= looked


def test_what_changed_comes_first_then_what_is_often_wrong(knowledge: Knowledge) -> None:
    rows = [
        replace(row, since=date(2026, 6, 1) if number == 5 else None)
        for number, row in enumerate(knowledge.use_cases)
    ]
    changed = replace(knowledge, use_cases=tuple(rows))
    wrong = {rows[9].id: 0.8, rows[3].id: 0.4}
    drawn = draw_questions(changed, 8, since=date(2026, 1, 1), wrong=wrong, seed="x")
    assert [question.row for question in drawn[:3]] == [rows[5].id, rows[9].id, rows[3].id]
    assert len({question.row for question in drawn}) == 8
    assert drawn == draw_questions(changed, 8, since=date(2026, 1, 1), wrong=wrong, seed="x")
    assert drawn != draw_questions(changed, 8, since=date(2026, 1, 1), wrong=wrong, seed="y")
    assert all(question.data in changed.find_use_case(question.row).verdicts for question in drawn)  # type: ignore[union-attr]
