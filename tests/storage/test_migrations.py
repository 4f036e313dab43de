"""Migrations on both databases: they make exactly the tables the code knows, forth and back and forth again."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.migrations import UnknownRevision, downgrade, find_revisions, upgrade
from storage.tables import metadata
from tests.storage.filled import fill, read_all


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    async with database.reading() as tx:
        differences = await tx.run_sync(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert differences == []


async def test_back_and_forth(database: Database) -> None:
    await downgrade(database, "base")
    async with database.reading() as tx:
        left = await tx.run_sync(lambda connection: inspect(connection).get_table_names())
    assert left == ["alembic_version"]
    await upgrade(database)
    now, newest = await find_revisions(database)
    assert now == newest


async def test_many_replicas_may_start_at_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    await asyncio.gather(*(upgrade(database) for database in databases))
    for database in databases:
        assert (await find_revisions(database))[0] is not None
        await database.dispose()


async def test_a_table_made_anew_takes_nothing_along_that_refers_to_it(database: Database) -> None:
    """SQLite changes a table by dropping the old one; with foreign keys on that deletes what hangs on it."""
    async with database.transaction() as tx:
        await fill(tx)
        before = await read_all(tx)
    async with database.changing_tables() as tx:
        await tx.run_sync(_make_questions_anew)
    async with database.reading() as tx:
        assert await read_all(tx) == before
    with pytest.raises(DBAPIError):
        async with database.transaction() as tx:  # foreign keys hold again
            await tx.execute(text("UPDATE askers SET person_id = 'nobody'"))


def _make_questions_anew(connection: Connection) -> None:
    with Operations(MigrationContext.configure(connection)).batch_alter_table(
        "questions", recreate="always" if connection.dialect.name == "sqlite" else "never"
    ) as questions:
        questions.alter_column("text", nullable=True)


async def test_a_change_that_leaves_a_row_without_what_it_refers_to_is_undone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    async with database.transaction() as tx:
        await fill(tx)
    with pytest.raises(sqlite3.IntegrityError, match="refers to a row that is not in questions"):
        async with database.changing_tables() as tx:
            await tx.execute(text("DELETE FROM questions WHERE id = '2'"))
    async with database.reading() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM questions"))).scalar_one() == 3
    await database.dispose()


async def test_a_database_of_a_newer_program_is_refused_in_words(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for go in (upgrade(database), downgrade(database, "0001")):
        with pytest.raises(UnknownRevision, match=r"9999.*Install the newer one again"):
            await go


def test_every_table_says_what_it_keeps_why_and_how_long() -> None:
    from sqlmodel import SQLModel

    for mapper in SQLModel._sa_registry.mappers:
        module = __import__(mapper.class_.__module__, fromlist=["_"])
        text = (module.__doc__ or "").lower()
        for part in ("why:", "keeps:", "how long"):
            assert part in text.replace("\n", " "), f"{mapper.class_.__module__} does not say '{part}'"
