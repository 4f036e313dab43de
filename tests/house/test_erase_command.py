"""`prompt-club erase` as it is typed: only of who has left, and said when nobody is known."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from click.testing import Result
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app
from bot.opening import open_database
from bot.settings import load_settings
from storage.migrations import upgrade
from storage.tables.register import PeriodRow
from tests.storage.staffing import hire


def run(folder: Path, *words: str) -> Result:
    named = {"DATABASE_URL": f"sqlite:///{folder}/club.sqlite", "PROMPT_CLUB_AUDIT": f"{folder}/audit"}
    return CliRunner().invoke(app, ["erase", *words], env=named)


def test_only_who_has_left(tmp_path: Path) -> None:
    database = open_database(
        load_settings(database_url=f"sqlite:///{tmp_path}/club.sqlite", audit=tmp_path / "audit")
    )

    async def begin() -> None:
        await upgrade(database)
        async with database.transaction() as tx:
            await hire(tx, "noor", date(2025, 1, 1), unit="IT", function="medewerker")
        await database.dispose()

    async def leave() -> None:
        async with database.transaction() as tx:
            await tx.execute(update(PeriodRow).values(until=date(2025, 6, 1)))
        await database.dispose()

    asyncio.run(begin())
    assert "still works here" in run(tmp_path, "noor@example.com", "--yes").output
    asyncio.run(leave())
    assert run(tmp_path, "noor@example.com").exit_code == 1, "asks first"
    assert "Done: nothing is kept" in run(tmp_path, "Noor@example.com", "--yes").output
    gone = run(tmp_path, "noor@example.com", "--yes")
    assert (gone.exit_code, "Nobody is known" in gone.output) == (1, True)
