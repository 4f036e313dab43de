"""`prompt-club diploma`: whom a change hits before it holds; earned diplomas keep their term unless asked."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from bot.commands.diploma import app
from knowledge.library import DEFAULT_FOLDER
from storage import certificates, people
from storage.certificates import Certificate
from storage.database import Database
from storage.migrations import upgrade
from storage.tables.register import PeriodRow

TODAY = date.today()
STARTER = (DEFAULT_FOLDER / "diploma.yaml").read_text()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    asyncio.run(_fill(database))
    return database


async def _fill(database: Database) -> None:
    """Three people; one holds basis, earned a year ago."""
    await upgrade(database)
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        for name, unit in (("noor", "Finance"), ("bram", "Finance"), ("cleo", "HR")):
            id = (await people.get_or_add_person(tx, "web", "", name, now)).id
            row = {"id": uuid4().hex, "person_id": id, "since": date(2020, 1, 1), "unit": unit, "location": ""}
            await tx.execute(insert(PeriodRow).values(**row, function="medewerker", latest=True))
            if name == "noor":
                issued = TODAY - timedelta(days=365)
                one = Certificate(id, "basis", True, issued, issued + timedelta(days=730))
                await certificates.add(tx, one, now)
    await database.dispose()


def run(tmp_path: Path, *words: str, knowledge: Path = DEFAULT_FOLDER, status: int = 0) -> str:
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/club.sqlite",
        "PROMPT_CLUB_KNOWLEDGE": str(knowledge),
        "PROMPT_CLUB_AUDIT": str(tmp_path / "audit"),
    }
    result = CliRunner().invoke(app, list(words), env=variables)
    assert result.exit_code == status, result.output
    return result.output


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "new.yaml"
    file.write_text(text)
    return file


def test_a_change_says_first_whom_it_hits(tmp_path: Path, database: Database) -> None:
    assert "Nothing changes for any of 3 people." in run(tmp_path, "effect", str(write(tmp_path, STARTER)))
    earlier = STARTER.replace("basis_for_all_by: 2027-03-31", "basis_for_all_by: 2020-01-31")
    told = run(tmp_path, "effect", str(write(tmp_path, earlier)))
    assert "2 people get an earlier day." in told, "Noor has hers"
    assert "2 people would be over the day at once." in told
    assert "Most with an earlier day: " in told and "Finance 1" in told and "HR 1" in told
    assert "keep their term" not in told
    wrong = run(tmp_path, "effect", str(write(tmp_path, "version: 1\n")), status=1)
    assert "diploma.yaml" in wrong


def test_what_was_earned_keeps_its_term_unless_that_is_chosen(tmp_path: Path, database: Database) -> None:
    shorter = STARTER.replace("validity_months: 24", "validity_months: 18")
    told = run(tmp_path, "effect", str(write(tmp_path, shorter)))
    assert "1 diplomas that were earned keep their term" in told
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for file in DEFAULT_FOLDER.glob("*.yaml"):
        (folder / file.name).write_text(file.read_text())
    (folder / "diploma.yaml").write_text(shorter)
    assert "Changed 1." in run(tmp_path, "terms", "--yes", knowledge=folder)
    assert run(tmp_path, "terms", "--yes", knowledge=folder).startswith("0 diplomas")
    first, second = asyncio.run(_history(database))
    assert second.replaces == first.id and second.expires is not None and first.expires is not None
    assert second.expires < first.expires


async def _history(database: Database) -> list[certificates.Kept]:
    async with database.reading() as tx:
        noor = await people.find_person(tx, "web", "", "noor")
        assert noor is not None
        found = await certificates.find_history(tx, noor.id)
    await database.dispose()
    return found
