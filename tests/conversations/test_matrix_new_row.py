"""A new row: five questions, all of it shown back to its maker alone, the rest changed or not, then proposed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.matrix import actions
from bot.model.effects import FormErrors, OpenForm, Refusal
from storage import matrix_proposals
from storage.database import Database
from storage.matrix_proposals import Proposal
from tests.conversations.dialog import text_of
from tests.conversations.living import LAB, ROW, LivingHouse
from tests.conversations.test_matrix import approve

SHORT = {"title": "Bloemen schikken", "verdict": "mag", "conditions": (), "instead": "", "why": "Niets gevoeligs."}


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[LivingHouse]:
    async with LivingHouse(database, tmp_path) as house:
        yield house


async def begin(house: LivingHouse, person: str, **values: object) -> None:
    await house.command(person, "voorstel", "bloemen")
    await house.press(person, "Stel een nieuwe regel voor")
    await house.submit(person, {**SHORT, **values})  # type: ignore[arg-type]


async def find_open(house: LivingHouse) -> Proposal:
    async with house.database.reading() as tx:
        return (await matrix_proposals.list_open(tx))[-1]


async def test_five_questions_and_a_look_make_a_proposal(house: LivingHouse) -> None:
    await house.command("noor", "voorstel", "bloemen schikken")
    await house.press("noor", "Stel een nieuwe regel voor")
    assert isinstance(house.effect, OpenForm)
    assert [field.id for field in house.form.fields] == ["title", "verdict", "conditions", "instead", "why"]
    assert house.form.fields[0].value == "bloemen schikken"
    before = len(house.messages(LAB))
    await house.submit("noor", SHORT)
    shown = text_of(house.chat("noor")[-1])
    assert "Zo wordt de nieuwe regel" in shown
    assert "‘Mag ik AI gebruiken voor Bloemen schikken?’" in shown
    assert len(house.messages(LAB)) == before, "nobody else sees it yet"
    await house.press("noor", "Stel dit voor")
    assert "ligt bij het AI Lab" in text_of(house.chat("noor")[-1])
    proposal = await find_open(house)
    assert (proposal.ref, proposal.base, proposal.looser) == ("bloemen-schikken", 0, True)
    await house.press_raw("noor", actions.SendDraft(proposal=proposal.id).pack())
    assert "heb je al ingediend" in house.refusal
    await approve(house, "lars", proposal.id)
    await approve(house, "rosa", proposal.id)
    row = house.shelf.current.get_use_case("bloemen-schikken")
    assert (row.verdicts["openbaar"], row.version) == ("mag", 1)
    assert house.readied[-1].find_use_case("bloemen-schikken") is not None


async def test_the_nearest_row_fills_in_the_rest_and_makes_nothing_milder(house: LivingHouse) -> None:
    near = house.shelf.current.get_use_case(ROW)
    await house.command("noor", "voorstel", ROW)
    await house.press("noor", "Stel een nieuwe regel voor")
    condition = house.form.fields[2].options[0].value  # type: ignore[union-attr]
    assert condition in near.conditions, "those of the nearest row come first"
    missing = await house.submit("noor", {**SHORT, "verdict": "mag_mits"})
    assert isinstance(missing, FormErrors)
    assert set(missing.errors) == {"conditions"}
    await house.submit("noor", {**SHORT, "verdict": "mag_mits", "conditions": (condition, "verzonnen")})
    assert "nam ik over van de regel" in text_of(house.last)
    await house.press("noor", "Stel dit voor")
    content = (await find_open(house)).content
    assert content is not None
    assert (content["task"], content["level"], content["policies"]) == (near.task, near.level, list(near.policies))
    assert content["conditions"] == [condition]
    classes = [one.id for one in house.shelf.current.policy.data_classes]
    for data in classes[classes.index(near.typical_data) + 1 :]:
        assert content["verdicts"][data] in ("grijs", "mag_niet"), "nobody said anything about these"
    assert content["verdicts"]["bijzonder"] == near.verdicts["bijzonder"] == "mag_niet"


async def test_the_rest_can_be_changed_before_it_is_sent(house: LivingHouse) -> None:
    await begin(house, "noor", instead="Een bloemist.")
    assert "dezelfde tekst" in text_of(house.last)
    await house.press("noor", "Pas de rest aan")
    values = {field.id: field.value for field in house.form.fields}  # type: ignore[union-attr]
    assert (values["title_nl"], values["why_en"], values["instead_nl"]) == (
        "Bloemen schikken",
        "Niets gevoeligs.",
        "Een bloemist.",
    )
    broken = await house.submit("noor", {**values, "title_en": "", "example_nl": ""})
    assert isinstance(broken, FormErrors)
    assert set(broken.errors) == {"title_en", "example_nl"}
    english = {"title_en": "Arranging flowers", "why_en": "Nothing sensitive.", "instead_en": "A florist."}
    await house.submit("noor", {**values, **english, "verdict_1": "grijs", "task": "beeld"})
    assert "dezelfde tekst" not in text_of(house.last)
    await house.press("noor", "Stel dit voor")
    content = (await find_open(house)).content
    assert content is not None
    assert content["title"] == {"nl": "Bloemen schikken", "en": "Arranging flowers"}
    assert (content["verdicts"]["intern"], content["task"]) == ("grijs", "beeld")


async def test_what_was_begun_is_its_makers_alone(house: LivingHouse) -> None:
    await begin(house, "noor")
    async with house.database.reading() as tx:
        assert await matrix_proposals.count_open(tx) == 0
    packed = next(b.action for e in house.last.elements if e.kind == "buttons" for b in e.buttons)
    id = packed.partition('"proposal":"')[2][:32]
    kinds = (actions.SendDraft, actions.OpenRest, actions.DropDraft, actions.ShowProposal, actions.Approve)
    for kind in (*kinds, actions.OpenDecline, actions.Withdraw):
        await house.press_raw("lars", kind(proposal=id).pack())
        assert isinstance(house.effect, Refusal), kind
        assert "is er niet meer" in house.refusal
    await house.press_raw("noor", actions.Approve(proposal=id).pack())
    assert isinstance(house.effect, Refusal)
    await house.press("noor", "Toch niet")
    assert "Niemand heeft het gezien" in text_of(house.last)
    await house.press_raw("noor", actions.SendDraft(proposal=id).pack())
    assert "is er niet meer" in house.refusal


async def test_a_ticket_is_not_read_with_a_forged_button(house: LivingHouse) -> None:
    from tests.conversations.test_matrix import open_ticket

    await house.say_hello("anna")
    ticket = await open_ticket(house, "anna")
    await house.press_raw("noor", actions.OpenNew(words="x", ticket=ticket).pack())
    await house.submit("noor", SHORT)
    await house.press("noor", "Stel dit voor")
    assert (await find_open(house)).ticket_id is None
    await house.press_raw("noor", actions.OpenExample(row=ROW, ticket=ticket).pack())
    await house.submit("noor", {"example": "Mag dat echt zo?", "language": "nl", "why": ""})
    assert (await find_open(house)).ticket_id is None


async def test_what_is_proposed_twice_under_one_title_is_not_overwritten(house: LivingHouse) -> None:
    for number in range(2):  # both drafted before either was agreed on
        await begin(house, "noor", why=f"Bloemen {number}.")
    cards = house.chat("noor")
    for card in cards[-3::2]:
        action = next(b.action for e in card.elements if e.kind == "buttons" for b in e.buttons)
        await house.press_raw("noor", action)
    async with house.database.reading() as tx:
        first, second = await matrix_proposals.list_open(tx)
    await approve(house, "lars", first.id)
    await approve(house, "rosa", first.id)
    card = text_of(await approve(house, "lars", second.id))
    assert "Ik overschrijf niets" in card
    await begin(house, "noor")
    assert isinstance(house.effect, FormErrors)
    assert "Dit voorbeeld staat al bij ‘Bloemen schikken’" in house.effect.errors["title"]
