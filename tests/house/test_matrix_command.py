"""`prompt-club matrix`: out to a spreadsheet, changed and back, with a preview, a log and how it was."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from rich.console import Console
from typer.testing import CliRunner

from bot.commands.check import check_in_force
from bot.commands.looking import find_agreed
from bot.commands.matrix import app
from bot.in_force import make_version, take_stock
from bot.settings import Settings
from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, read_library
from storage import due, matrix, matrix_proposals, people
from storage.database import Database
from storage.matrix_proposals import Proposal
from storage.migrations import downgrade, upgrade
from storage.people import Profile

Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "knowledge"))


@pytest.fixture
def database(tmp_path: Path, folder: Path) -> Database:
    """As a first start leaves it."""
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")

    async def begin() -> None:
        await upgrade(database)
        knowledge, library = read_library(folder)
        async with database.transaction() as tx:
            await take_stock(tx, library.list_contents(), knowledge, datetime.now(UTC))
            lars = await people.get_or_add_person(tx, "web", "", "lars", datetime.now(UTC))
            await people.save_profile(tx, lars, Profile(name="Lars", email="lars@x.example"), datetime.now(UTC))
        await database.dispose()

    asyncio.run(begin())
    return database


@pytest.fixture
def run(tmp_path: Path, folder: Path, database: Database) -> Run:
    def type_in(*command: str, status: int = 0, answers: str = "") -> str:
        url = f"sqlite:///{tmp_path}/club.sqlite"
        variables = {"DATABASE_URL": url, "PROMPT_CLUB_KNOWLEDGE": str(folder), "COLUMNS": "250"}
        result = CliRunner().invoke(app, [str(part) for part in command], env=variables, input=answers)
        assert result.exit_code == status, result.output
        return result.output

    return type_in


@pytest.fixture
def file(tmp_path: Path, run: Run) -> Path:
    """What is in force, exported."""
    run("export", tmp_path / "matrix.xlsx")
    return tmp_path / "matrix.xlsx"


def set_verdict(file: Path, value: str) -> None:
    """For the mail to a customer with internal data."""
    book = load_workbook(file)
    sheet = book["matrix"]
    (line,) = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == "klantmail"]
    (place,) = [cell.column for cell in sheet[1] if cell.value == "verdict intern"]
    sheet.cell(line, place).value = value
    book.save(file)


def look_up(database: Database) -> tuple[int, str, str]:
    async def look() -> tuple[int, str, str]:
        async with database.reading() as tx:
            found = await matrix.find_version(tx, "row", "klantmail")
        await database.dispose()
        assert found is not None and found.content is not None
        return found.version, found.source, found.content["verdicts"]["intern"]

    return asyncio.run(look())


def agree_in_chat(database: Database) -> None:
    async def agree() -> None:
        async with database.transaction() as tx:
            held = await matrix.find_version(tx, "row", "klantmail")
            assert held is not None and held.content is not None
            content = {**held.content, "task": "mailen"}
            standing = (await matrix.list_standing(tx))["row", "klantmail"]
            now = datetime.now(UTC)
            await matrix.add_versions(
                tx, [make_version("row", "klantmail", content, standing, now, source="chat")], now
            )
        await database.dispose()

    asyncio.run(agree())


def test_out_and_back_changes_nothing(run: Run, file: Path, database: Database) -> None:
    assert "Nothing changes." in run("import", file)
    assert look_up(database) == (1, "file", "mag_mits")


def test_a_dry_run_shows_every_cell_and_keeps_nothing(run: Run, file: Path, database: Database) -> None:
    set_verdict(file, "mag")
    told = run("import", file, "--dry-run")
    assert "klantmail verdicts.intern" in told
    assert "Allows more than now: klantmail" in told
    assert look_up(database) == (1, "file", "mag_mits")


def list_proposals(database: Database) -> tuple[list[Proposal], int]:
    """What was proposed, and how many times it will be told to who decides."""

    async def look() -> tuple[list[Proposal], int]:
        async with database.reading() as tx:
            found = [
                proposal
                for batch in await matrix_proposals.list_batches(tx)
                for proposal in await matrix_proposals.list_open_of(tx, batch.id, most=50)
            ]
            planned = await due.find_due(tx, datetime.now(UTC), 10)
        await database.dispose()
        return found, len(planned)

    return asyncio.run(look())


def test_it_becomes_proposals_after_a_yes_and_nothing_holds_yet(run: Run, file: Path, database: Database) -> None:
    set_verdict(file, "mag")
    run("import", file, "--by", "lars@x.example", status=1, answers="n\n")
    assert list_proposals(database) == ([], 0)
    told = run("import", file, "--by", "Lars@x.example", "--why", "Bel 06-12345678.", answers="y\n")
    assert "Made 1 proposal. Nothing holds yet." in told
    assert "/promptclub voorstellen" in told
    assert "1 of them allow more than now" in told
    (proposal,), planned = list_proposals(database)
    assert (proposal.ref, proposal.looser, proposal.base > 0, planned) == ("klantmail", True, True, 1)
    assert "06-12345678" not in proposal.why
    assert proposal.proposed_by is not None
    assert look_up(database) == (1, "file", "mag_mits")
    again = run("import", file, "--by", "lars@x.example", "--yes")
    assert "1 of these wait already" in again
    assert len(list_proposals(database)[0]) == 1


@pytest.mark.parametrize(
    ("by", "said"), [((), "Say who proposes this"), (("--by", "weg@x.example"), "has spoken to the bot yet")]
)
def test_somebody_known_proposes_it(
    run: Run, file: Path, database: Database, by: tuple[str, ...], said: str
) -> None:
    set_verdict(file, "mag_niet")
    assert said in run("import", file, "--yes", *by, status=1)
    assert list_proposals(database) == ([], 0)


def test_the_log_tells_what_was_agreed(run: Run, database: Database) -> None:
    agree_in_chat(database)
    assert "task: schrijven -> mailen" in run("log", "klantmail")
    assert "klantmail" in run("show", "--on", datetime.now(UTC).date().isoformat())
    assert "Nothing was in force then." in run("show", "--on", "2000-01-01")
    assert "the file lags behind" in run("diff")


def test_with_one_mistake_nothing_is_proposed(run: Run, file: Path, database: Database) -> None:
    book = load_workbook(file)
    book["tools"]["D3"] = "misschien"
    book.save(file)
    set_verdict(file, "mag_niet")
    told = run("import", file, "--yes", "--by", "lars@x.example", status=1)
    assert "tools!D3: found 'misschien'" in told
    assert "Nothing was proposed." in told
    assert list_proposals(database) == ([], 0)


def test_what_was_agreed_since_the_export_is_not_overwritten(run: Run, file: Path, database: Database) -> None:
    agree_in_chat(database)
    told = run("import", file, "--yes", status=1)
    assert "found '1'; in force is 2: export again" in told
    assert look_up(database)[:2] == (2, "chat")


@pytest.mark.parametrize("command", [("show", "--on", "gisteren"), ("import", "/nergens.xlsx"), ("log", "x")])
def test_what_cannot_be_is_said_in_words(run: Run, command: tuple[str, ...]) -> None:
    told = run(*command, status=1)
    assert "Traceback" not in told


def test_files_that_say_what_is_in_force(run: Run) -> None:
    assert "The files say what is in force." in run("diff")


def agreed(told: StringIO) -> Knowledge:
    """As `prompt-club ask` finds it."""
    return find_agreed(Console(file=told))


def test_a_question_is_answered_by_what_is_in_force(
    tmp_path: Path, folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, told = f"sqlite:///{tmp_path}/club.sqlite", StringIO()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    monkeypatch.setenv("PROMPT_CLUB_KNOWLEDGE", str(folder))
    assert agreed(told).revision == 0
    assert told.getvalue() == "", "the files, where nothing was agreed elsewhere"
    agree_in_chat(database)
    monkeypatch.setenv("DATABASE_URL", url)
    assert agreed(told).get_use_case("klantmail").task == "mailen"
    assert "By what is in force in" in told.getvalue()
    asyncio.run(downgrade(database, "0012"))
    with pytest.raises(typer.Exit):
        agreed(told)


def test_check_tells_what_is_in_force(tmp_path: Path, folder: Path, database: Database) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/club.sqlite", knowledge=folder)
    ((_, works, say),) = asyncio.run(check_in_force(settings))
    assert works
    assert "; 0 differ from the files" in say
    agree_in_chat(database)
    ((_, works, say),) = asyncio.run(check_in_force(settings))
    assert works
    assert "; 1 differ from the files" in say
    (folder / "policy.yaml").write_text((folder / "policy.yaml").read_text().replace("id: openbaar", "id: publiek"))
    assert asyncio.run(check_in_force(settings))[0][1] is False
