"""Roles in chat: seen, given and taken by who may, and a kind no for everybody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.model.effects import FormErrors, Refusal
from bot.model.events import Commanded, Submitted
from knowledge.content import Knowledge
from storage.database import Database
from tests.conversations.dialog import Dialog, account_of, channel, direct, text_of
from tests.conversations.readings import read_from
from tests.conversations.roles import meet


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read_from({})) as dialog:
        await meet(dialog, "anna", role="admin")
        await meet(dialog, "bram")
        yield dialog


async def test_help_names_only_what_this_person_may_do(dialog: Dialog) -> None:
    for name, hidden in (("anna", False), ("bram", True)):
        await dialog.command(name, "help")
        shown = text_of(dialog.last)
        assert "/promptclub magdit" in shown
        for word in ("rollen", "bezorging"):
            assert (f"/promptclub {word}" not in shown) is hidden, word
    await dialog.command("bram", "rollen")
    assert isinstance(dialog.effect, Refusal), "hidden, and refused all the same"


async def test_a_role_is_given_seen_and_taken_and_the_person_hears_it(dialog: Dialog) -> None:
    await dialog.command("anna", "rollen")
    assert "AI Lab: nog niemand" in text_of(dialog.last)
    assert "Beheerder: Anna" in text_of(dialog.last)
    await dialog.press("anna", "Geef of neem een rol")
    await dialog.submit("anna", {"who": " Bram@Example.com ", "role": "ai_lab", "what": "give"})
    assert "Je hebt nu de rol AI Lab" in text_of(dialog.messages(direct("bram"))[-1])
    assert "heeft nu de rol AI Lab" in text_of(dialog.messages(direct("anna"))[-1])
    await dialog.command("anna", "rollen")
    assert "AI Lab: Bram" in text_of(dialog.last)
    await dialog.press("anna", "Geef of neem een rol")
    await dialog.submit("anna", {"who": "bram@example.com", "role": "ai_lab", "what": "take"})
    assert "Je hebt de rol AI Lab niet meer" in text_of(dialog.messages(direct("bram"))[-1])


async def test_what_was_so_already_changes_nothing_and_bothers_nobody(dialog: Dialog) -> None:
    for what, said in (("take", "had de rol AI Lab niet"), ("give", "heeft nu"), ("give", "had de rol AI Lab al")):
        await dialog.command("anna", "rollen")
        await dialog.press("anna", "Geef of neem een rol")
        await dialog.submit("anna", {"who": "bram@example.com", "role": "ai_lab", "what": what})
        assert said in text_of(dialog.messages(direct("anna"))[-1])
    assert len(dialog.messages(direct("bram"))) == 1


async def test_an_address_nobody_knows_is_said_beside_what_was_typed(dialog: Dialog) -> None:
    await dialog.command("anna", "rollen")
    await dialog.press("anna", "Geef of neem een rol")
    effect = await dialog.submit("anna", {"who": "bran@example.com", "role": "hr", "what": "give"})
    assert isinstance(effect, FormErrors)
    assert "Dit adres ken ik niet" in effect.errors["who"]
    assert [getattr(field, "value", None) for field in effect.form.fields] == ["bran@example.com", "hr", "give"]


async def test_who_may_not_hears_which_role_it_takes_and_who_can_help(dialog: Dialog) -> None:
    await dialog.command("bram", "rollen")
    assert dialog.refusal == "Dit hoort bij de rol Beheerder. Anna kan je verder helpen."
    assert dialog.messages() == []
    await meet(dialog, "cleo", language="en")
    await dialog.command("cleo", "roles")
    assert dialog.refusal == "This belongs to the role Administrator. Anna can help you further."


async def test_an_old_card_gives_nothing_to_who_lost_the_role(dialog: Dialog) -> None:
    await dialog.command("anna", "rollen")
    await dialog.press("anna", "Geef of neem een rol")
    action = dialog.form.action
    await dialog.submit("anna", {"who": "anna@example.com", "role": "admin", "what": "take"})
    assert isinstance(await dialog.press("anna", "Geef of neem een rol"), Refusal)
    forged = Submitted(
        key="forged",
        account=account_of("bram"),
        place=direct("bram"),
        at=dialog.clock(),
        action=action,
        values={"who": "bram@example.com", "role": "admin", "what": "give"},
    )
    assert isinstance(await dialog.happen(forged), Refusal)
    assert isinstance(await dialog.command("bram", "rollen"), Refusal)


async def test_everybody_s_role_and_a_made_up_one_cannot_be_given(dialog: Dialog) -> None:
    for role in ("staff", "koning"):
        await dialog.command("anna", "rollen")
        await dialog.press("anna", "Geef of neem een rol")
        await dialog.submit("anna", {"who": "bram@example.com", "role": role, "what": "give"})
        assert "bestaat niet meer" in dialog.refusal


async def test_asked_among_others_the_answer_is_private(dialog: Dialog) -> None:
    place = channel("algemeen")
    event = Commanded(key="c", account=account_of("anna"), place=place, at=dialog.clock(), word="rollen", rest="")
    await dialog.happen(event)
    assert dialog.messages(place) == []
    assert "Beheerder: Anna" in text_of(dialog.messages(direct("anna"))[-1])
    assert "alleen voor jou" in dialog.refusal


async def test_admins_of_the_settings_may_always(database: Database, knowledge: Knowledge) -> None:
    async with Dialog(database, knowledge, read_from({}), admins=("dewi@example.com",)) as dialog:
        await meet(dialog, "dewi")
        await dialog.command("dewi", "rollen")
        assert "Beheerder: nog niemand" in text_of(dialog.last)
        await meet(dialog, "evi")
        await dialog.command("evi", "rollen")
        assert "Dewi kan je verder helpen" in dialog.refusal
