"""A copy of the SQLite file that is whole and consistent, made while the program writes."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.database import Database


class NoBackup(Exception):
    """It could not be made; in words, with what to do."""


async def back_up(database: Database, target: Path) -> int:
    """Its size in bytes. Raises NoBackup, and then nothing stands at `target`."""
    if not database.is_sqlite:
        address = database.url.set(drivername="postgresql").render_as_string(hide_password=True)
        raise NoBackup(f"PostgreSQL has its own: pg_dump --format=custom --file=club.dump '{address}'")
    if not database.file_exists:
        raise NoBackup(f"{database.shown} is not there: there is nothing to back up.")
    source = Path(database.url.database or "")
    return await asyncio.to_thread(_back_up_file, source, target)


def name_backup(database: Database, now: datetime) -> Path:
    """Beside the file, with the moment in its name."""
    file = Path(database.url.database or "club.sqlite")
    return file.with_name(f"{file.stem}-{now:%Y%m%d-%H%M%S}{file.suffix}")


def _back_up_file(source: Path, target: Path) -> int:
    """Under another name first, so that what carries the name of a backup is one."""
    if target.exists():
        raise NoBackup(f"{target} is there already. Give another name.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        _copy_pages(source, unfinished)
        _write_out(unfinished)
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as problem:
        raise NoBackup(f"{target} could not be made: {problem}") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _copy_pages(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    shutil.copymode(source, target)
    # Opened by address, so that a file which is gone by now is not made anew.
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        # In one step: that is one look at the log, which holds up no writer and which no writer makes begin again.
        original.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        _check(copy)


def _check(copy: sqlite3.Connection) -> None:
    for (finding,) in copy.execute("PRAGMA integrity_check"):
        if finding != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged, and so may the original be: {finding}")
    for table, row, *_ in copy.execute("PRAGMA foreign_key_check"):
        raise sqlite3.DatabaseError(f"row {row} of {table} refers to a row that is not there")


def _write_out(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
