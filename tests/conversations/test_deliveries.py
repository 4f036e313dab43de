"""How delivery went, in chat: numbers and reasons for who may see them, and a personal link to the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.delivery import NeverWill
from bot.model.cards import Card, Link
from knowledge.content import Knowledge
from storage import page_sessions, people
from storage.database import Database
from tests.conversations.dialog import Dialog, text_of
from tests.conversations.readings import read_from
from tests.conversations.roles import meet


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async with Dialog(database, knowledge, read_from({})) as dialog:
        await meet(dialog, "anna", role="admin")
        await meet(dialog, "bram")
        yield dialog


def link_of(card: Card) -> str:
    return next(element.url for element in card.elements if isinstance(element, Link))


async def test_numbers_and_reasons_without_a_name(dialog: Dialog) -> None:
    dialog.platform.failures.append(NeverWill("the channel is archived"))
    await dialog.command("bram", "taal")
    await dialog.command("anna", "bezorging")
    shown = text_of(dialog.last)
    assert "In 7 dagen kwam één bericht niet aan" in shown
    assert "Niet bezorgd: 1" in shown
    assert "- 1 keer: het kanaal is gearchiveerd" in shown
    assert "Bram" not in shown


async def test_in_english(dialog: Dialog) -> None:
    await meet(dialog, "cleo", role="admin", language="en")
    await dialog.command("cleo", "deliveries")
    assert "I had nothing to send in the last 7 days." in text_of(dialog.last)
    await dialog.command("cleo", "deliveries")
    assert "Everything of the last 7 days arrived or is on its way." in text_of(dialog.last)


async def test_the_link_is_the_person_s_own_and_opens_once(dialog: Dialog) -> None:
    anna = await meet(dialog, "anna")
    await dialog.command("anna", "bezorging")
    address = link_of(dialog.last)
    assert address.startswith("http://127.0.0.1:3978/in/")
    assert "werkt één keer" in text_of(dialog.last)
    secret = address.rpartition("/")[2]
    async with dialog.database.transaction() as tx:
        found = await page_sessions.find_link(tx, secret, dialog.clock())
        assert found == page_sessions.Link(anna, "/deliveries", usable=True)
        assert await page_sessions.enter(tx, secret, dialog.clock()) is not None
        assert await page_sessions.enter(tx, secret, dialog.clock()) is None


async def test_who_may_not_gets_no_card_and_no_link(dialog: Dialog) -> None:
    await dialog.command("bram", "bezorging")
    assert dialog.refusal == "Dit hoort bij de rol Beheerder. Anna kan je verder helpen."
    assert dialog.messages() == []


async def test_two_accounts_of_one_person_keep_their_open_page(dialog: Dialog) -> None:
    await dialog.command("anna", "bezorging")
    secret = link_of(dialog.last).rpartition("/")[2]
    async with dialog.database.transaction() as tx:
        entered = await page_sessions.enter(tx, secret, dialog.clock())
        assert entered is not None
        other = await people.get_or_add_person(tx, "slack", "T1", "U1", dialog.clock())
        anna = await page_sessions.find_looking(tx, entered.secret, dialog.clock())
        assert anna is not None
        await people.merge_people(tx, keep=other.id, drop=anna.person_id)
        looking = await page_sessions.find_looking(tx, entered.secret, dialog.clock())
    assert looking is not None
    assert looking.person_id == other.id
