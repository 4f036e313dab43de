"""`prompt-club db`: bring the database up to date, or back."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from alembic.util import CommandError
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from bot.commands.settings import settings_or_exit
from storage import migrations
from storage.database import Database

app = typer.Typer(help="The database: upgrade it, or go back.", no_args_is_help=True)


@app.command("upgrade")
def upgrade(revision: Annotated[str, typer.Argument(help="How far; by default all the way.")] = "head") -> None:
    """Bring the database up to date. `run` does this by itself."""
    asyncio.run(_migrate(revision, back=False))


@app.command("downgrade")
def downgrade(revision: Annotated[str, typer.Argument(help="How far back, e.g. 0001.")]) -> None:
    """Take the database back to an older version."""
    asyncio.run(_migrate(revision, back=True))


async def _migrate(revision: str, *, back: bool) -> None:
    database = Database(settings_or_exit().database_url)
    try:
        await (migrations.downgrade if back else migrations.upgrade)(database, revision)
        Console(stderr=True).print(f"{database.shown} is at {revision}.", markup=False)
    except (CommandError, DBAPIError, OSError) as problem:
        what = problem.orig if isinstance(problem, DBAPIError) else problem
        Console(stderr=True).print(f"{database.shown}: {what}", markup=False)
        raise typer.Exit(1) from None
    finally:
        await database.dispose()
