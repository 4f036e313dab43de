"""Migrations on both databases: they make exactly the tables the code knows, forth and back and forth again."""

from __future__ import annotations

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from storage.database import Database
from storage.migrations import downgrade, find_revisions, upgrade
from storage.tables import metadata


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


def test_every_table_says_what_it_keeps_why_and_how_long() -> None:
    from sqlmodel import SQLModel

    for mapper in SQLModel._sa_registry.mappers:
        module = __import__(mapper.class_.__module__, fromlist=["_"])
        text = (module.__doc__ or "").lower()
        for part in ("why:", "keeps:", "how long"):
            assert part in text.replace("\n", " "), f"{mapper.class_.__module__} does not say '{part}'"
