"""A backup is whole and consistent though others write, carries its name only then, and can be read back."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storage.backup import NoBackup, back_up, name_backup
from storage.database import Database
from storage.migrations import upgrade
from tests.storage.filled import fill, read_all

WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("PRAGMA foreign_keys = ON")
number = 0
while True:
    number += 1
    connection.execute("BEGIN IMMEDIATE")
    for half in "ab":
        connection.execute(
            "INSERT INTO inbox (key, state, attempts, received_at) VALUES (?, 'done', 0, '2026-11-22 09:00:00')",
            (f"w{number}{half}",),
        )
    connection.execute("COMMIT")
    if number == 1:
        print("writing", flush=True)
"""


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm")))


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    async with database.transaction() as tx:
        await fill(tx, 500)
    yield database
    await database.dispose()


async def test_every_value_is_in_it_and_it_is_one_file(club: Database, tmp_path: Path) -> None:
    target = tmp_path / "kept/here.sqlite"
    size = await back_up(club, target)
    assert target.stat().st_size == size
    assert [file.name for file in target.parent.iterdir()] == ["here.sqlite"], (
        "no log beside it, nothing unfinished"
    )
    copied = Database(f"sqlite:///{target}")
    async with club.reading() as ours, copied.reading() as theirs:
        assert await read_all(ours) == await read_all(theirs)
    await copied.dispose()


async def test_while_another_process_writes_each_transaction_is_in_it_whole(club: Database, tmp_path: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(tmp_path / "club.sqlite"), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    assert await writer.stdout.readline() == b"writing\n"
    for number in range(5):
        await back_up(club, tmp_path / f"{number}.sqlite")
    assert writer.returncode is None, "it was not held up nor broken off"
    writer.kill()
    await writer.wait()
    counts = []
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}.sqlite")) as copy:
            counts.append(copy.execute("SELECT count(*) FROM inbox WHERE key LIKE 'w%'").fetchone()[0])
    assert all(count % 2 == 0 for count in counts), counts
    assert counts[-1] > counts[0] > 0, "it wrote meanwhile"


async def test_a_file_that_is_there_is_not_overwritten(club: Database, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    kept.write_text("the backup of last week")
    with pytest.raises(NoBackup, match="there already"):
        await back_up(club, kept)
    assert kept.read_text() == "the backup of last week"


async def test_a_damaged_file_gives_no_backup(club: Database, tmp_path: Path) -> None:
    await club.dispose()
    file = tmp_path / "club.sqlite"
    pages = bytearray(file.read_bytes())
    pages[len(pages) // 2 : len(pages) // 2 + 8192] = b"\x5a" * 8192
    file.write_bytes(pages)
    with pytest.raises(NoBackup, match=r"kept\.sqlite could not be made"):
        await back_up(club, tmp_path / "kept.sqlite")
    assert names_in(tmp_path) == ["club.sqlite"]


async def test_only_the_owner_may_read_a_backup_of_what_only_the_owner_may_read(
    club: Database, tmp_path: Path
) -> None:
    (tmp_path / "club.sqlite").chmod(0o600)
    await back_up(club, tmp_path / "kept.sqlite")
    assert (tmp_path / "kept.sqlite").stat().st_mode & 0o777 == 0o600


async def test_without_a_file_or_on_postgresql_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="not there"):
        await back_up(Database(f"sqlite:///{tmp_path}/none.sqlite"), tmp_path / "kept.sqlite")
    with pytest.raises(NoBackup, match=r"pg_dump .*'postgresql://club:\*\*\*@host/club'"):
        await back_up(Database("postgresql://club:secret@host/club"), tmp_path / "kept.sqlite")
    assert names_in(tmp_path) == []


def test_a_backup_without_a_name_lies_beside_the_file_with_its_moment() -> None:
    named = name_backup(Database("sqlite:////srv/club/club.sqlite"), datetime(2026, 11, 22, 9, 5, 1))
    assert named == Path("/srv/club/club-20261122-090501.sqlite")
