"""One event, one transaction: a bug keeps nothing, a crash loses nothing, a no keeps nothing but is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.accepted import AcceptedEvents
from bot.conversation import Conversation, Refused, Turn
from bot.dispatcher import Dispatcher
from bot.model.actions import Action
from bot.model.cards import Card
from bot.model.effects import Nothing, Refusal
from bot.model.events import Said
from bot.routing import Router
from knowledge.answers import Reading
from knowledge.content import Knowledge
from storage import inbox, people
from storage.database import Database
from storage.tables.inbox import InboxRow
from storage.tables.outbox import OutboxRow
from storage.tables.people import PersonRow
from tests.conversations.dialog import Dialog, direct, text_of
from tests.conversations.readings import NOTHING, small_talk


class Try(Action, name="testing.try"):
    how: str


class Testing:
    """A conversation that does what the test tells it to."""

    def __init__(self) -> None:
        self.conversation = Conversation("testing")
        self.conversation.on_action(Try, self.act)

    async def act(self, _: object, turn: Turn) -> None:
        assert isinstance(turn.action, Try)
        turn.say(Card.of_words("gezegd"))
        match turn.action.how:
            case "bug":
                raise ZeroDivisionError("secret: jan@example.com")
            case "no":
                raise Refused("liever niet")
            case "soft no":
                turn.refuse("liever niet")


@pytest.fixture
async def dialog(database: Database, knowledge: Knowledge) -> AsyncIterator[Dialog]:
    async def read(question: str) -> Reading:
        if "kapot" in question:
            raise ZeroDivisionError("a bug in the reading")
        return replace(small_talk("greeting"), masked_question=question)

    async with Dialog(database, knowledge, read) as dialog:
        conversations = [*dialog.desk.conversations, Testing().conversation]
        dialog.dispatcher._router = Router(conversations)
        yield dialog


async def count(database: Database, table: type[Any]) -> int:
    async with database.reading() as tx:
        return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def test_a_bug_keeps_nothing_and_is_told_with_a_reference(dialog: Dialog, database: Database) -> None:
    with capture_logs() as logs:
        effect = await dialog.press_raw("anna", Try(how="bug").pack())
    assert isinstance(effect, Refusal)
    (line,) = [entry for entry in logs if entry["event"] == "turn.failed"]
    assert line["reference"] in effect.words
    assert await count(database, OutboxRow) == 0
    assert await count(database, PersonRow) == 0
    assert await count(database, InboxRow) == 0, "the key too: a retry is a fresh try"


async def test_a_refusal_is_said_and_keeps_nothing(dialog: Dialog, database: Database) -> None:
    effect = await dialog.press_raw("anna", Try(how="no").pack())
    assert effect == Refusal("liever niet")
    assert await count(database, OutboxRow) == 0


async def test_a_soft_refusal_keeps_what_was_decided(dialog: Dialog, database: Database) -> None:
    effect = await dialog.press_raw("anna", Try(how="soft no").pack())
    assert effect == Refusal("liever niet")
    assert await count(database, OutboxRow) == 1


async def test_an_old_button_gets_a_polite_answer(dialog: Dialog) -> None:
    effect = await dialog.press_raw("anna", '["gone.away",{}]')
    assert isinstance(effect, Refusal)
    assert "ouder bericht" in effect.words


async def test_a_bug_while_reading_is_apologised_for_once(dialog: Dialog, database: Database) -> None:
    with capture_logs() as logs:
        card = await dialog.say("anna", "dit is kapot")
    (line,) = [entry for entry in logs if entry["event"] == "turn.failed"]
    assert line["reference"] in text_of(card)
    assert len(dialog.messages()) == 1
    async with database.reading() as tx:
        row = (await tx.execute(select(InboxRow))).one()
    assert row.state == "failed"
    assert row.event is None, "what was said is not kept longer than needed"


async def test_what_was_accepted_before_a_crash_is_answered_after_it(
    dialog: Dialog, database: Database, knowledge: Knowledge
) -> None:
    """The process dies between the acknowledgement and the turn: nothing but the inbox row is left."""
    lost: list[str] = []
    dying = Dispatcher(
        database,
        Router(dialog.desk.conversations),
        dialog.clock,
        on_accepted=lost.append,
        on_commit=lambda: None,
        on_stranger=lambda _: None,
    )
    said = Said(text="hoi, mail jan@example.com", **dialog._about("anna"))
    assert await dying.receive(said) == Nothing()
    async with database.reading() as tx:
        kept = (await tx.execute(select(InboxRow))).one()
    assert "jan@example.com" not in str(kept.event), "masked before it is stored"
    assert lost == [said.key]
    dialog.clock.pass_by(timedelta(seconds=1))
    after_restart = AcceptedEvents(database, dialog.clock)
    await after_restart.start(dialog.dispatcher)
    await after_restart.finish()
    await after_restart.stop()
    await dialog.settle()
    assert len(dialog.messages()) == 1


async def test_an_accepted_event_of_another_version_ends_instead_of_waiting_for_ever(
    dialog: Dialog, database: Database
) -> None:
    async with database.transaction() as tx:
        await inbox.accept(tx, "old", {"kind": "of another version"}, dialog.clock())
    accepted = AcceptedEvents(database, lambda: dialog.clock() + timedelta(minutes=1))
    await accepted.start(dialog.dispatcher)
    await accepted.stop()
    async with database.reading() as tx:
        assert await inbox.count_by_state(tx) == {"failed": 1}


async def test_two_replicas_handle_an_accepted_event_once(dialog: Dialog, database: Database) -> None:
    said = Said(text="hoi", **dialog._about("anna"))
    dialog.dispatcher._on_accepted = lambda _: None
    await dialog.dispatcher.receive(said)
    dialog.clock.pass_by(timedelta(seconds=1))
    replicas = [AcceptedEvents(database, dialog.clock) for _ in range(3)]
    for replica in replicas:
        await replica.start(dialog.dispatcher)
    for replica in replicas:
        await replica.finish()
        await replica.stop()
    assert await count(database, OutboxRow) == 1


async def test_a_stranger_is_asked_after_until_the_platform_told(dialog: Dialog, database: Database) -> None:
    await dialog.say("anna", "hoi")
    await dialog.say("anna", "hoi")
    assert len(dialog.strangers) == 2
    async with database.transaction() as tx:
        known = await people.find_person(tx, "plain", "", "anna")
        assert known is not None
        await people.save_profile(tx, known, people.Profile("Anna"), dialog.clock())
    await dialog.say("anna", "hoi")
    assert len(dialog.strangers) == 2
    assert dialog.messages(direct("anna"))


def test_nothing_read_is_no_answer() -> None:
    assert NOTHING.use_case is None
