"""Keeps a released schema with content in every table: `python -m tests.storage.released 0004`."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from storage.database import Database
from storage.migrations import upgrade
from tests.postgres import Postgres
from tests.storage.filled import fill

FOLDER = Path(__file__).parent
_OF_THE_SESSION = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")
"""Comments, what psql alone understands, and what would outlive the loading."""


async def fill_revision(url: str, revision: str) -> None:
    database = Database(url)
    await upgrade(database, revision)
    async with database.changing_tables() as tx:
        await fill(tx)
    await database.dispose()


def keep_sqlite(revision: str, folder: Path) -> None:
    asyncio.run(fill_revision(f"sqlite:///{folder}/club.sqlite", revision))
    with closing(sqlite3.connect(folder / "club.sqlite")) as connection:
        script = "\n".join(connection.iterdump())
    (FOLDER / f"{revision}.sqlite.sql").write_text(f"{script}\n", encoding="utf-8")


def keep_postgresql(revision: str, folder: Path) -> None:
    with Postgres(folder / "pg") as server:
        url = server.make_database()
        asyncio.run(fill_revision(url, revision))
        script = subprocess.run(
            [server.find_program("pg_dump"), "--inserts", "--no-owner", "--no-privileges", url],
            check=True,
            capture_output=True,
        ).stdout.decode()
    lines = [line for line in script.splitlines() if line and not line.startswith(_OF_THE_SESSION)]
    (FOLDER / f"{revision}.postgresql.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    for revision in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            keep_sqlite(revision, Path(folder))
            keep_postgresql(revision, Path(folder))


if __name__ == "__main__":
    main()
