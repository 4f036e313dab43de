"""What a row says and what was agreed about a tool are changed by a form, and count once colleagues agreed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.model.cards import FormValues
from bot.model.effects import FormErrors
from storage import matrix, matrix_proposals
from storage.database import Database
from storage.matrix_proposals import Proposal
from tests.conversations.dialog import text_of
from tests.conversations.living import LAB, ROW, LivingHouse
from tests.conversations.test_matrix import approve, propose


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def find_open(house: LivingHouse) -> Proposal:
    async with house.database.reading() as tx:
        return (await matrix_proposals.list_open(tx))[-1]


def filled(house: LivingHouse, **values: object) -> FormValues:
    return {**{field.id: field.value for field in house.form.fields}, **values}  # type: ignore[dict-item]


async def test_the_words_of_a_row(house: LivingHouse) -> None:
    await house.command("noor", "voorstel", ROW)
    assert "[Pas de tekst aan]" not in text_of(house.last)
    await house.press_raw("noor", actions.OpenWording(row=ROW).pack())
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    await house.command("lars", "voorstel", ROW)
    await house.press("lars", "Pas de tekst aan")
    values = filled(house, why_nl="Een collega leest mee.", because="Korter.")
    for wrong, field in (({"because": ""}, "because"), ({"title_en": " "}, "title_en")):
        broken = await house.submit("lars", {**values, **wrong})
        assert isinstance(broken, FormErrors)
        assert set(broken.errors) == {field}
    await house.submit("lars", values)
    proposal = await find_open(house)
    assert not proposal.looser
    assert "Waarom (nl): was" in text_of(house.messages(LAB)[-1])
    await approve(house, "lars", proposal.id)
    assert "je eigen voorstel" in house.refusal
    await approve(house, "lena", proposal.id)
    row = house.shelf.current.get_use_case(ROW)
    assert (row.why.nl, row.version) == ("Een collega leest mee.", 2)
    await house.press_raw("lars", actions.OpenWording(row=ROW).pack())
    same = await house.submit("lars", filled(house, because="Zomaar."))
    assert isinstance(same, FormErrors)
    assert "Er is nog niets veranderd" in same.errors["because"]


async def test_another_title_leads_other_questions_to_a_yes(house: LivingHouse) -> None:
    await house.press_raw("lars", actions.OpenWording(row=ROW).pack())
    await house.submit("lars", filled(house, title_nl="Alles schrijven aan iedereen", because="Duidelijker."))
    assert (await find_open(house)).looser
    assert "twee akkoorden" in text_of(house.messages(LAB)[-1])


async def test_words_that_changed_meanwhile_are_both_shown(house: LivingHouse) -> None:
    await house.press_raw("lars", actions.OpenWording(row=ROW).pack())
    opened, values = house.effect, filled(house, why_nl="Anders.", because="Korter.")
    await approve(house, "lena", await propose(house, "noor", "mag_niet"))
    house.effect = opened
    await house.submit("lars", values)
    card = text_of(await approve(house, "lena", (await find_open(house)).id))
    assert "Ik overschrijf niets" in card
    assert "wordt Anders." in card
    assert house.verdict() == "mag_niet"


async def test_a_tool_of_the_register(house: LivingHouse) -> None:
    await house.command("noor", "tools", "deepseek")
    assert "Status: niet toegestaan" in text_of(house.last)
    assert "[Pas deze tool aan]" not in text_of(house.last)
    await house.press_raw("noor", actions.OpenTool(tool="deepseek").pack())
    assert house.refusal.startswith("Dit hoort bij de rol AI Lab")
    await house.command("lars", "tools")
    await house.press("lars", "Pas een tool aan")
    await house.submit("lars", {"words": "DeepSeek"})
    await house.press("lars", "Pas deze tool aan")
    broken = await house.submit("lars", filled(house, status="proef", data_limit="-", because="Een proef."))
    assert isinstance(broken, FormErrors)
    assert set(broken.errors) == {"data_limit"}
    await house.submit(
        "lars",
        filled(house, status="proef", data_limit="openbaar", aliases="deep seek\nDeep  Seek\nr1", because="x"),
    )
    proposal = await find_open(house)
    assert (proposal.kind, proposal.looser) == ("tool", True)
    assert "Status: was niet toegestaan, wordt in proef" in text_of(house.messages(LAB)[-1])
    assert "twee akkoorden" in text_of(house.chat("rosa")[-1])
    await approve(house, "lena", proposal.id)
    assert house.shelf.current.get_tool("deepseek").status == "niet_toegestaan"
    await approve(house, "rosa", proposal.id)
    tool = house.shelf.current.get_tool("deepseek")
    assert (tool.status, tool.data_limit, tool.aliases) == ("proef", "openbaar", ("Deep Seek", "r1"))
    async with house.database.reading() as tx:
        newest = (await matrix.list_history(tx, "tool", "deepseek"))[0]
    assert (newest.version, newest.source, newest.by) == (2, "chat", house.ids["lars"])


async def test_a_tool_nobody_knows(house: LivingHouse) -> None:
    await house.command("lars", "tools", "xyzzy")
    assert "staat niet in ons overzicht" in text_of(house.last)
    await house.press_raw("lars", actions.OpenTool(tool="xyzzy").pack())
    assert "niet meer in ons overzicht" in house.refusal
