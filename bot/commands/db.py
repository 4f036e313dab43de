"""`prompt-club db`: bring the database up to date or back, back it up, and move it to PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from alembic.util import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from bot.commands.settings import settings_or_exit
from storage import migrations
from storage.alone import serving_alone
from storage.backup import NoBackup, back_up, name_backup
from storage.copying import CopyRefused, copy
from storage.database import Database, WrongDatabaseUrl
from storage.migrations import UnknownRevision
from storage.unreachable import explain

app = typer.Typer(help="The database: upgrade it, go back, back it up, or move it.", no_args_is_help=True)
_console = Console(stderr=True, highlight=False)
_Result = TypeVar("_Result")


@app.command("upgrade")
def upgrade(revision: Annotated[str, typer.Argument(help="How far; by default all the way.")] = "head") -> None:
    """Bring the database up to date. `run` does this by itself."""
    database = Database(settings_or_exit().database_url)
    with _problems_in_words(database):
        _run(migrations.upgrade(database, revision), database)
        _say(f"{database.shown} is at {revision}.")


@app.command("downgrade")
def downgrade(
    revision: Annotated[str, typer.Argument(help="How far back, e.g. 0001.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Take the database back to an older version, after a backup on SQLite. What only newer ones keep is lost."""
    database = Database(settings_or_exit().database_url)
    if not yes:
        question = f"{database.shown} goes back to {revision}; what only newer versions keep is deleted. Go on?"
        typer.confirm(question, abort=True, err=True)
    with _problems_in_words(database), serving_alone(database.url):
        if database.is_sqlite and database.file_exists:
            _make_backup(database, name_backup(database, datetime.now()))
        _run(migrations.downgrade(database, revision), database)
        _say(f"{database.shown} is at {revision}.")


@app.command("backup")
def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; by default beside the database.")] = None,
) -> None:
    """Copy the SQLite file, whole and consistent, also while the club runs."""
    database = Database(settings_or_exit().database_url)
    with _problems_in_words(database):
        _make_backup(database, file or name_backup(database, datetime.now()))


@app.command("copy")
def copy_to(
    target: Annotated[str, typer.Argument(help="postgresql://user@host/database, empty; password in PGPASSWORD.")],
) -> None:
    """Move from SQLite to PostgreSQL: every row, each compared afterwards, or nothing at all."""
    source = Database(settings_or_exit().database_url)
    with _problems_in_words(source):
        new = Database(target)
    with _problems_in_words(source, new):
        with serving_alone(source.url), _bar() as bar:
            task = bar.add_task("")

            def show(table: str, done: int, of: int) -> None:
                bar.update(task, description=table, completed=done, total=of)

            counts = _run(copy(source, new, show), source, new)
        _show_counts(counts)
        _say(f"All of it is in {new.shown}, the same on both sides. Set DATABASE_URL to it and start again.")


def _make_backup(database: Database, file: Path) -> None:
    size = _run(back_up(database, file), database)
    _say(f"{file}: {size / 1_000_000:.1f} MB, whole and checked.")


def _show_counts(counts: dict[str, int]) -> None:
    shown = Table("table", "rows")
    for table, rows in counts.items():
        shown.add_row(table, f"{rows:,}")
    Console().print(shown)


def _bar() -> Progress:
    columns = (TextColumn("{task.description:20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_console, transient=True)


def _run(work: Coroutine[Any, Any, _Result], *databases: Database) -> _Result:
    async def run() -> _Result:
        try:
            return await work
        finally:
            for database in databases:
                await database.dispose()

    return asyncio.run(run())


@contextmanager
def _problems_in_words(database: Database, server: Database | None = None) -> Iterator[None]:
    """One line that says what is wrong, and exit status 1."""
    try:
        yield
    except (NoBackup, CopyRefused) as refused:
        _say(str(refused))
        raise typer.Exit(1) from None
    except (UnknownRevision, WrongDatabaseUrl, CommandError) as wrong:
        _say(f"{database.shown}: {wrong}")
        raise typer.Exit(1) from None
    except (DBAPIError, OSError) as problem:
        of_sqlite = isinstance(problem, DBAPIError) and isinstance(problem.orig, sqlite3.Error)
        _say(explain((database if server is None or of_sqlite else server).url, problem))
        raise typer.Exit(1) from None


def _say(words: str) -> None:
    _console.print(words, markup=False, soft_wrap=True)
