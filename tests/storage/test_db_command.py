"""`prompt-club db` as it is typed: what it does, what it says, and that it asks before it deletes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from storage.alone import serving_alone
from tests.postgres import Postgres


def db(folder: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        app, ["db", *words], input=typed, env={"DATABASE_URL": f"sqlite:///{folder}/club.sqlite"}
    )


def backups(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if re.fullmatch(r"club-\d{8}-\d{6}\.sqlite", file.name)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert db(tmp_path, "upgrade").exit_code == 0
    return tmp_path


def test_a_backup_gets_a_name_or_takes_the_one_given(folder: Path) -> None:
    assert "whole and checked" in db(folder, "backup").output
    assert len(backups(folder)) == 1
    assert db(folder, "backup", str(folder / "mine.sqlite")).exit_code == 0
    again = db(folder, "backup", str(folder / "mine.sqlite"))
    assert (again.exit_code, "there already" in again.output) == (1, True)


def test_going_back_is_asked_first_and_backed_up(folder: Path) -> None:
    refused = db(folder, "downgrade", "0003", typed="n\n")
    assert refused.exit_code == 1
    assert "is deleted. Go on?" in refused.output
    assert backups(folder) == []
    done = db(folder, "downgrade", "0003", typed="y\n")
    assert done.exit_code == 0
    assert "is at 0003" in done.output
    assert len(backups(folder)) == 1


def test_a_file_that_is_served_is_neither_taken_back_nor_moved(folder: Path, postgres: Postgres) -> None:
    url = f"sqlite:///{folder}/club.sqlite"
    with serving_alone(url):
        # The lock is one of the process and does not keep out the process itself: hence separate ones here.
        for words in (["downgrade", "0003", "--yes"], ["copy", postgres.make_database()]):
            said = subprocess.run(
                [sys.executable, "-m", "bot", "db", *words],
                env={"DATABASE_URL": url, "PATH": ""},
                capture_output=True,
                check=False,
                text=True,
            )
            assert said.returncode == 1
            assert "is being served by another prompt-club" in said.stderr
            assert "Traceback" not in said.stderr
    assert backups(folder) == []


def test_moving_says_how_many_rows_each_table_has_and_names_a_wrong_target(
    folder: Path, postgres: Postgres
) -> None:
    target = postgres.make_database()
    moved = db(folder, "copy", target)
    assert moved.exit_code == 0, moved.output
    assert re.search(r"questions\W+0", moved.output)
    assert "the same on both sides" in moved.output
    wrong = db(folder, "copy", "mysql://host/club")
    assert (wrong.exit_code, "only sqlite and postgresql" in wrong.output) == (1, True)


def test_a_revision_that_does_not_exist_is_said_in_a_line(folder: Path) -> None:
    wrong = db(folder, "upgrade", "7777")
    assert wrong.exit_code == 1
    assert "7777" in wrong.output
    assert "Traceback" not in wrong.output
