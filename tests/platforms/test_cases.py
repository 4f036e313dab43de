"""A case on every platform: the form that is shown back, with a name and without, and then who reads it."""

from __future__ import annotations

from storage import cases
from storage.cases import Case
from tests.platforms.stage import Stage
from tests.platforms.test_tickets import join_lab, press

CASE = {
    "Hoe liep het?": "Het werkte",
    "Wat deed je?": "Ik liet Copilot een klantmail schrijven.",
    "Wat gebeurde er?": "Mail jan@voorbeeld.nl, de datum klopte niet.",
    "Wat leren we ervan?": "Vul een datum zelf in.",
    "Met welke tool?": "Copilot",
    "Bij welk werk?": "",
    "Mag het in het weekbericht?": "Ja, dat mag",
}


async def share(stage: Stage, person: str, who: str) -> None:
    """Filled in, shown back with what is masked, and kept."""
    await stage.command(person, "cases")
    await press(stage, person, "Deel je ervaring")
    form = await stage.form(person)
    assert form is not None
    assert form.title == "Deel een casus"
    await stage.submit(person, {**CASE, "Met je naam?": who})
    back = await stage.form(person)
    assert back is not None
    assert (back.title, back.errors) == ("Klopt het zo?", {})
    assert await all_cases(stage) == []
    masked = CASE["Wat gebeurde er?"].replace("jan@voorbeeld.nl", "[e-mailadres]")
    await stage.submit(person, {**CASE, "Wat gebeurde er?": masked, "Met je naam?": who})


async def all_cases(stage: Stage) -> list[Case]:
    async with stage.app.database.reading() as tx:
        return [Case(*row) for row in await tx.execute(cases.CASE)]


async def test_from_who_shares_to_who_reads(stage: Stage) -> None:
    await join_lab(stage, "bram")
    await stage.say("anna", "hoi")
    await share(stage, "anna", "Ja, met mijn naam")
    assert "Dank je wel" in (await stage.messages("anna"))[-1].text
    await stage.command("bram", "triage")
    for label in ("Bekijk 1", "Ik pak hem op", "Publiceer"):
        await press(stage, "bram", label)
    assert "gepubliceerd" in (await stage.messages("anna"))[-1].text
    await stage.command("bram", "cases", "klantmail")
    await press(stage, "bram", "Lees hoe")
    await press(stage, "bram", "Herkenbaar")
    read = (await stage.messages("bram"))[-1].text
    assert "Vul een datum zelf in." in read
    assert "jan@voorbeeld.nl" not in read
    assert "Herkenbaar voor 1 collega." in read


async def test_without_a_name_no_message_comes_and_the_code_is_in_the_form(stage: Stage) -> None:
    await stage.say("anna", "hoi")
    await share(stage, "anna", "Nee, anoniem")
    form = await stage.form("anna")
    assert form is not None
    assert (form.title, form.labels) == ("Je casus", ("Je code", "Wat wil je doen?"))
    (case,) = await all_cases(stage)
    assert case.anonymous
    assert case.person_id is None
    await stage.submit("anna", {"Je code": "", "Wat wil je doen?": "Intrekken"})
    form = await stage.form("anna")
    assert form is not None
    assert form.labels == ("Wat wil je doen?",)
    assert [one.state for one in await all_cases(stage)] == ["withdrawn"]
    told = [message.text for message in await stage.messages("anna")]
    assert not any("Dank je wel" in text or "ingetrokken" in text for text in told)
