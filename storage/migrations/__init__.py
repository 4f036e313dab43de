"""Alembic, run by the program itself: a database is brought up to date when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.transaction import Transaction

_LOCK = text("SELECT pg_advisory_xact_lock(20261121)")
"""On PostgreSQL, so that of many replicas one upgrades and the others wait; SQLite's write lock does it there."""


class UnknownRevision(Exception):
    """A newer Prompt Club made this database; in words, with what to do."""


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


@cache
def _read_scripts() -> ScriptDirectory:
    """Alembic compiles every script anew each time it looks, which is most of a start that has nothing to do."""
    return ScriptDirectory.from_config(configuration())


def find_newest() -> str:
    """The revision that this version of the program works with."""
    newest = _read_scripts().get_current_head()
    assert newest is not None
    return newest


async def upgrade(database: Database, revision: str = "head") -> None:
    """All or nothing; safe to call at every start and by many replicas at once."""
    await _migrate(database, command.upgrade, revision)


async def downgrade(database: Database, revision: str) -> None:
    await _migrate(database, command.downgrade, revision)


async def find_revision(tx: Transaction) -> str | None:
    """Where the database is now; None where there is nothing yet."""
    now: str | None = await tx.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    return now


async def find_revisions(database: Database) -> tuple[str | None, str | None]:
    """Where the database is now, and the newest there is."""
    async with database.reading() as tx:
        return await find_revision(tx), find_newest()


async def _migrate(database: Database, go: Callable[[Config, str], None], revision: str) -> None:
    async with database.changing_tables() as tx:
        if not database.is_sqlite:
            await tx.execute(_LOCK)
        now = await find_revision(tx)
        check_known(now)
        if now == revision or (revision == "head" and now == find_newest()):
            return
        await tx.run_sync(lambda connection: go(configuration(connection), revision))


def check_known(revision: str | None) -> None:
    """Raises UnknownRevision for one that a newer version of the program made."""
    known = {script.revision for script in _read_scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise UnknownRevision(
            f"A newer Prompt Club made this database: it is at revision {revision}, and this one knows up to "
            f"{find_newest()}. Install the newer one again, or go back with it: "
            f"`prompt-club db downgrade {find_newest()}`."
        )
