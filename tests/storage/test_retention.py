"""The retention job deletes what is kept no longer, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage import inbox, people, retention
from storage.database import Database
from storage.tables.inbox import InboxRow
from storage.tables.questions import AskerRow, QuestionRow
from tests.storage.asking import ask

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def noor_asks(database: Database, when: datetime) -> None:
    async with database.transaction() as tx:
        person = await people.get_or_add_person(tx, "web", "", "noor", when)
        await ask(tx, person.id, when)


async def count(database: Database, table: type) -> int:
    async with database.reading() as tx:
        return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def test_the_link_to_the_person_goes_before_the_question(database: Database) -> None:
    for days in (1, 100, 500):
        await noor_asks(database, NOW - timedelta(days=days))
    async with database.transaction() as tx:
        await retention.tidy(tx, NOW)
    assert await count(database, QuestionRow) == 2
    assert await count(database, AskerRow) == 1


async def test_delivery_keys_go_after_a_week_and_what_waits_never(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.accept(tx, "old and done", None, NOW - timedelta(days=8))
        await inbox.accept(tx, "old and waiting", {"kind": "said"}, NOW - timedelta(days=8))
        await inbox.accept(tx, "new", None, NOW)
        await retention.tidy(tx, NOW)
    assert await count(database, InboxRow) == 2
