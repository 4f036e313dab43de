"""Alembic, run by the program itself: a database is brought up to date when the program starts."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

_LOCK = 20261121
"""Names PostgreSQL's advisory lock, so that of many replicas one upgrades and the others wait."""


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """All or nothing; safe to call at every start and by many replicas at once."""
    async with database.transaction() as tx:
        if not database.is_sqlite:
            await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await tx.run_sync(lambda connection: command.upgrade(configuration(connection), revision))


async def find_revisions(database: Database) -> tuple[str | None, str | None]:
    """Where the database is now, and the newest there is."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    async with database.reading() as tx:
        now = await tx.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    return now, newest


async def downgrade(database: Database, revision: str) -> None:
    async with database.transaction() as tx:
        await tx.run_sync(lambda connection: command.downgrade(configuration(connection), revision))
