"""The delivery report on both databases: what became of the messages, who was not reached, what waits too long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage import deliveries, outbox, people
from storage.database import Database
from storage.deliveries import STATES, Filter
from storage.people import Profile
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def write(tx: Transaction, key: str, when: datetime = NOW, kind: str = "nudge", **settled: Any) -> None:
    """One message to Noor, settled as said."""
    noor = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
    place = {"platform": "slack", "tenant": "T1", "id": "D1", "kind": "direct", "user": "U1"}
    await outbox.add(
        tx,
        key=key,
        kind=kind,
        place=place,
        place_key=key,
        card={"summary": "geheim"},
        due_at=when,
        person_id=noor.id,
    )
    if settled:
        await tx.execute(update(OutboxRow).where(col(OutboxRow.key) == key).values(**settled))


@pytest.fixture
async def filled(database: Database) -> AsyncIterator[Database]:
    async with database.transaction() as tx:
        noor = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        await people.save_profile(tx, noor, Profile("Noor Bakker", "noor@example.com"), NOW)
        await write(tx, "arrived", state="sent")
        await write(tx, "gone", state="failed", reason="the channel is archived", claimed_at=NOW)
        await write(tx, "gone too", NOW - DAY, state="failed", reason="the channel is archived")
        await write(tx, "perhaps", kind="digest", state="unclear", reason="no answer")
        await write(tx, "waits", NOW - timedelta(hours=1), attempts=3, due_at=NOW + DAY, reason="away")
        await write(tx, "just now", NOW - timedelta(minutes=1))
        await write(tx, "long ago", NOW - 30 * DAY, state="failed", reason="the channel is archived")
    yield database


async def test_messages_are_counted_by_what_became_of_them(filled: Database) -> None:
    async with filled.reading() as tx:
        counts = await deliveries.count(tx, NOW - 7 * DAY)
    assert {(one.state, one.kind, one.reason): one.number for one in counts} == {
        ("sent", "nudge", None): 1,
        ("failed", "nudge", "the channel is archived"): 2,
        ("unclear", "digest", "no answer"): 1,
        ("waiting", "nudge", "away"): 1,
        ("waiting", "nudge", None): 1,
    }


async def test_who_was_not_reached_and_since_when(filled: Database) -> None:
    async with filled.reading() as tx:
        found = await deliveries.find(tx, Filter(NOW - 7 * DAY))
    assert [one.key for one in found] == ["perhaps", "gone", "gone too"]
    gone = found[1]
    assert (gone.name, gone.place_kind, gone.reason) == ("Noor Bakker", "direct", "the channel is archived")
    assert (gone.since, gone.tried_at) == (NOW, NOW)
    assert "geheim" not in repr(found), "what a message says is nobody's business here"


async def test_a_filter_narrows(filled: Database) -> None:
    async with filled.reading() as tx:

        async def keys(**wanted: Any) -> list[str]:
            return [one.key for one in await deliveries.find(tx, Filter(NOW - 7 * DAY, **wanted))]

        assert await keys(kind="digest") == ["perhaps"]
        assert await keys(platform="teams") == []
        assert await keys(states=("sent",)) == ["arrived"]
        assert len(await keys(states=STATES)) == 6
        assert len(await deliveries.find(tx, Filter(NOW - 7 * DAY), most=2)) == 2


async def test_what_waits_is_counted_from_when_it_was_first_due(filled: Database) -> None:
    async with filled.reading() as tx:
        late = await deliveries.find_waiting_longer(tx, NOW - timedelta(minutes=10))
        assert await deliveries.count_waiting_longer(tx, NOW - timedelta(minutes=10)) == 1
        assert await deliveries.count_waiting_longer(tx, NOW) == 2
    assert [(one.key, one.attempts, one.since) for one in late] == [("waits", 3, NOW - timedelta(hours=1))]
