"""`prompt-club matrix`: out to a spreadsheet, changed and back, with a preview, a log and how it was."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.commands.matrix import app
from bot.in_force import make_version, take_stock
from knowledge.library import DEFAULT_FOLDER, read_library
from storage import matrix
from storage.database import Database
from storage.migrations import upgrade

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


def test_it_is_taken_over_after_a_yes_and_stands_in_the_log(run: Run, file: Path, database: Database) -> None:
    set_verdict(file, "mag_niet")
    run("import", file, status=1, answers="n\n")
    assert look_up(database)[2] == "mag_mits"
    assert "Took over 1" in run("import", file, "--why", "besloten", answers="y\n")
    assert look_up(database) == (2, "sheet", "mag_niet")
    told = run("log", "klantmail")
    assert "verdicts.intern: mag_mits -> mag_niet" in told
    assert "besloten" in told
    assert "klantmail" in run("show", "--on", datetime.now(UTC).date().isoformat())
    assert "Nothing was in force then." in run("show", "--on", "2000-01-01")
    assert "the file lags behind" in run("diff")


def test_with_one_mistake_nothing_is_taken_over(run: Run, file: Path, database: Database) -> None:
    book = load_workbook(file)
    book["tools"]["D3"] = "misschien"
    book.save(file)
    set_verdict(file, "mag_niet")
    told = run("import", file, "--yes", status=1)
    assert "tools!D3: found 'misschien'" in told
    assert "Nothing was taken over." in told
    assert look_up(database) == (1, "file", "mag_mits")


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
