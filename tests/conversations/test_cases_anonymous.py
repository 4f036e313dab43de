"""An anonymous case leads to nobody: not in a table, a message, a log or the audit, nor by time or order."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.conversations.cases import actions
from bot.model.effects import OpenForm, Refusal
from bot.model.events import Account, Said, Submitted
from knowledge.content import Knowledge
from storage import retention, web
from storage.codes import sum_of
from storage.database import Database
from tests.conversations.dialog import direct, text_of
from tests.conversations.roles import meet
from tests.conversations.sharing import DID, HAPPENED, LEARNED, MONDAY, CaseHouse
from tests.storage.filled import read_all

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[CaseHouse]:
    async with CaseHouse(database, knowledge) as house:
        await meet(house, "fleur", role="ai_lab")
        house.sanne = await meet(house, "sanne")  # type: ignore[attr-defined]
        await house.ring()  # the regular things begin
        yield house


async def read(house: CaseHouse) -> Tables:
    async with house.database.reading() as tx:
        return await read_all(tx)


async def share(house: CaseHouse, **answers: str) -> str:
    """The code."""
    await house.share("sanne", who="anonymous", **answers)
    return house.code()


def says(row: dict[str, Any], *words: str) -> bool:
    flat = json.dumps(row, default=str)
    return any(word in flat for word in words)


async def test_sharing_changes_nothing_but_the_cases(house: CaseHouse) -> None:
    """Not one message, plan, line of the audit or page visit is there that was not there before."""
    before = await read(house)
    await share(house)
    after = await read(house)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"accounts"} == {"cases", "inbox"}
    assert all(row["event"] is None for row in after["inbox"])
    assert house.messages(direct("sanne")) == []
    for row in after["accounts"]:
        assert not says(row, "case"), "when somebody last spoke is all there is"


async def test_nothing_that_is_kept_joins_the_case_to_its_sharer(
    house: CaseHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole life of a case, with every road back to it; then every row of every table, and every line."""
    code = await share(house)
    (case,) = await house.all_cases()
    await house.ring(MONDAY + timedelta(days=1))
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Schaaf de tekst bij")
    await house.submit("fleur", {"did": DID, "happened": "De datum klopte niet.", "learned": LEARNED})
    await house.come_back("sanne", code)
    await house.choose("sanne", "agree")
    await house.press("fleur", "Publiceer")
    await house.come_back("sanne", code)
    await house.choose("sanne", "change")
    await house.fill_in("sanne", learned="Vul datums en bedragen zelf in.")
    await house.keep("sanne")
    await house.ring(MONDAY + timedelta(days=2))
    tables, lines = await read(house), capsys.readouterr()
    sharer = (house.sanne, "sanne", "Sanne")  # type: ignore[attr-defined]
    about = (case.id, sum_of(code), code, DID, HAPPENED, "datums en bedragen")
    for name, rows in tables.items():
        for row in rows:
            assert not (says(row, *sharer) and says(row, *about)), f"{name}: {row}"
    assert not any(says(row, code, code.replace("-", "")) for rows in tables.values() for row in rows)
    for line in (lines.out + lines.err).splitlines():
        assert not any(word in line for word in (*about, *sharer)), line
    assert all(row["actor"] != house.sanne for row in tables["audit_lines"])  # type: ignore[attr-defined]


async def test_no_time_of_the_case_is_a_time_of_its_sharer(house: CaseHouse) -> None:
    """Whatever names the case was written in the morning, with everything else, and never when they were there."""
    spoken: list[datetime] = []
    house.clock.pass_by(timedelta(hours=3, minutes=17, seconds=23))
    code = await share(house)
    spoken.append(house.clock())
    (case,) = await house.all_cases()
    await house.ring(MONDAY + timedelta(days=1))
    assert "Anoniem." in text_of(house.at_the_lab()[0])
    house.clock.pass_by(timedelta(hours=5, minutes=41, seconds=7))
    await house.come_back("sanne", code)
    await house.choose("sanne", "withdraw")
    spoken.append(house.clock())
    assert "Anoniem." in text_of(house.at_the_lab()[0]), "the card follows in the morning"
    assert (await house.get(case)).did == "", "the words are gone at once"
    await house.ring(MONDAY + timedelta(days=2))
    assert "ingetrokken" in text_of(house.at_the_lab()[0])
    tables = await read(house)
    hours = {moment.strftime("%H:%M") for moment in spoken}
    for name, rows in tables.items():
        for row in rows:
            moments = [value for value in row.values() if isinstance(value, datetime)]
            if name == "cases":
                assert all(moment.strftime("%H:%M:%S.%f") == "00:00:00.000000" for moment in moments)
            elif says(row, case.id):
                assert not hours & {moment.strftime("%H:%M") for moment in moments}, f"{name}: {row}"


async def test_the_order_of_the_rows_does_not_tell_who_came_when(house: CaseHouse) -> None:
    """Each between two others by name, whose moments are known: no row number tells which two."""
    async with house.database.reading() as tx:
        sqlite = tx.dialect.name == "sqlite"
    for _ in range(6):
        await house.share("sanne")
        await share(house)
    async with house.database.transaction() as tx:
        if sqlite:
            with pytest.raises(Exception, match="no such column"):
                await tx.exec_driver_sql("SELECT rowid FROM cases")
            return
    await house.ring(MONDAY + timedelta(days=1))
    async with house.database.transaction() as tx:
        rows = await tx.exec_driver_sql("SELECT DISTINCT xmin::text FROM cases WHERE code_sum IS NOT NULL")
        assert len(rows.all()) == 1, "all were written by one and the same transaction"


async def test_only_the_code_leads_back(house: CaseHouse) -> None:
    code = await share(house)
    (case,) = await house.all_cases()
    assert isinstance(await house.press_raw("sanne", actions.OpenOwn(case=case.id).pack()), Refusal)
    await house.come_back("sanne", "K7QF-2M9X-RT4C-8HWZ")
    assert "Deze code ken ik niet" in str(house.effect)
    await house.come_back("bram", code.lower().replace("-", " "))
    assert isinstance(house.effect, OpenForm)
    assert "nog niet naar gekeken" in house.form.intro
    assert house.offered() == ["nothing", "change", "withdraw"]
    assert house.messages(direct("bram")) == []


async def test_a_code_typed_in_the_chat_opens_the_form_and_is_not_taken_for_a_case(house: CaseHouse) -> None:
    code = await share(house)
    await house.command("sanne", "case", f"code {code.lower()}")
    assert house.form.title == "Ik heb een code"
    await house.submit("sanne", {field.id: getattr(field, "value", "") for field in house.form.fields})
    assert "nog niet naar gekeken" in house.form.intro
    await house.command("sanne", "case", "code review liet ik doen door Copilot")
    assert house.form.title == "Deel een casus"


async def test_the_outcome_and_its_reason_wait_behind_the_code(house: CaseHouse) -> None:
    code = await share(house)
    await house.ring(MONDAY + timedelta(days=1))
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Deel hem niet")
    await house.submit("fleur", {"reason": "De klant is te herkennen."})
    assert house.messages(direct("sanne")) == []
    await house.come_back("sanne", code)
    assert "De reden: De klant is te herkennen." in house.form.intro


async def test_a_no_to_the_lab_s_words_comes_through_the_code_too(house: CaseHouse) -> None:
    code = await share(house)
    await house.ring(MONDAY + timedelta(days=1))
    await house.press("fleur", "Ik pak hem op")
    await house.press("fleur", "Schaaf de tekst bij")
    await house.submit("fleur", {"did": DID, "happened": "Het ging mis.", "learned": ""})
    await house.come_back("sanne", code)
    assert "Het ging mis." in house.form.intro
    await house.choose("sanne", "refuse")
    (case,) = await house.all_cases()
    assert (case.happened, case.proposed) == (HAPPENED, None)
    await house.ring(MONDAY + timedelta(days=2))
    assert "ligt bij wie de casus deelde" not in text_of(house.at_the_lab()[0])


async def test_what_was_typed_in_the_web_workspace_goes_with_it(house: CaseHouse) -> None:
    """There we are the ones who keep what is typed."""
    account = Account(platform="web", tenant="", user="sanne")
    async with house.database.transaction() as tx:
        for place, text in (
            ("dm:sanne", f"/promptclub casus {DID}"),
            ("dm:sanne", "Ik wil iets delen: het ging mis"),
            ("dm:sanne", "  /PromptClub  case"),
            ("dm:sanne", "casus"),
            ("dm:sanne", "/promptclub case code"),
            ("klantenservice", "@Prompt Club case"),
            ("dm:sanne", "Ik wil graag een ervaring delen."),
            ("dm:sanne", "Is casus een goed woord?"),
            ("dm:sanne", "mag ik een mail laten schrijven?"),
        ):
            key = f"{place}{text}"[:100]
            await web.add_message(tx, key=key, place=place, author="sanne", text=text, said_at=house.clock())
    place = direct("sanne").model_copy(update={"platform": "web", "id": "dm:sanne"})
    about = {"key": "w1", "account": account, "place": place, "at": house.clock()}
    await house.happen(Said.model_validate({**about, "text": f"/promptclub casus {DID}"}))
    values = {"kind": "failure", "did": DID, "happened": HAPPENED, "who": "anonymous", "digest": "no"}
    for round in ("", "_r1"):
        given = {f"{name}{round}": value for name, value in values.items()}
        sent = {**about, "key": f"w2{round}", "action": house.form.action, "values": given}
        await house.happen(Submitted.model_validate(sent))
    kept = sorted(row["text"] for row in (await read(house))["web_messages"])
    assert kept == ["Is casus een goed woord?", "mag ik een mail laten schrijven?"], "nor that they began"


async def test_withdrawn_long_ago_not_even_the_sum_of_its_code_is_left(house: CaseHouse) -> None:
    code = await share(house)
    await house.come_back("sanne", code)
    await house.choose("sanne", "withdraw")
    async with house.database.transaction() as tx:
        await retention.tidy(tx, house.clock() + timedelta(days=91))
    assert await house.all_cases() == []
