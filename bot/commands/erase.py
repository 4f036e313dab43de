"""`prompt-club erase`: takes the name off everything that is kept of somebody who has left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.looking import stop, with_database
from bot.commands.settings import settings_or_exit
from storage import erasing, register
from storage.database import Database


def erase(
    email: Annotated[str, typer.Argument(help="Of somebody who has left.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is right.")] = False,
) -> None:
    """Take the name off everything that is kept of somebody who has left; figures and the audit log stay whole."""
    settings = settings_or_exit()
    if not yes:
        typer.confirm(f"Erase {email}? This cannot be undone.", abort=True)
    now = datetime.now(UTC)

    async def work(database: Database) -> None:
        async with database.transaction() as tx:
            id = await register.find_by_email(tx, email)
            if id is None:
                stop(f"Nobody is known by {email}.")
            today = now.astimezone(ZoneInfo(settings.time_zone)).date()
            try:
                await erasing.erase(tx, id, today, now)
            except erasing.StillHere:
                stop(f"{email} still works here by the register: end their employment first.")

    with_database(settings, work)
    typer.echo(f"Done: nothing is kept under the name of {email} any more.")
