"""`prompt-club audit` as it is typed: a whole log, one that was tampered with, and nothing in it yet."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.opening import open_database
from bot.settings import load_settings
from storage import audit
from storage.migrations import upgrade

KEY = "a key that is long enough"


def run(folder: Path, *words: str, key: str = KEY) -> Result:
    named = {"DATABASE_URL": f"sqlite:///{folder}/club.sqlite", "PROMPT_CLUB_AUDIT": f"{folder}/audit"}
    return CliRunner().invoke(app, ["audit", *words], env={**named, "PROMPT_CLUB_AUDIT_KEY": key})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With three lines about one row."""

    async def fill() -> None:
        settings = load_settings(
            database_url=f"sqlite:///{tmp_path}/club.sqlite", audit=tmp_path / "audit", audit_key=KEY
        )
        database = open_database(settings)
        await upgrade(database)
        for verdict in ("mag", "grijs", "mag_niet"):
            async with database.transaction() as tx:
                now, details = datetime(2026, 11, 24, 9, 0, tzinfo=UTC), {"verdict": verdict}
                await audit.add(tx, actor=None, act="matrix.changed", about="row:x", now=now, details=details)
        await database.dispose()

    asyncio.run(fill())
    return tmp_path


def test_a_whole_log_is_said_to_be_whole(folder: Path) -> None:
    said = run(folder, "verify")
    assert (said.exit_code, said.output) == (
        0,
        "The audit log is whole: 3 lines, each sealed to the one before it.\n",
    )


def test_each_flaw_is_named_by_line(folder: Path) -> None:
    with sqlite3.connect(folder / "club.sqlite") as file:
        file.execute("UPDATE audit_lines SET details = '{}' WHERE number = 2")
        file.execute("DELETE FROM audit_lines WHERE number = 3")
    said = run(folder, "verify")
    assert said.exit_code == 1
    assert "line 2 was changed, or put in" in said.output
    assert "line 3 missing: the end was cut off" in said.output


def test_another_key_says_which_setting_is_meant(folder: Path) -> None:
    said = run(folder, "verify", key="another key, long enough")
    assert (said.exit_code, "PROMPT_CLUB_AUDIT_KEY" in said.output) == (1, True)


def test_without_anchors_it_says_what_would_not_be_seen(folder: Path) -> None:
    for anchors in (folder / "audit").iterdir():
        anchors.unlink()
    said = run(folder, "verify")
    assert (said.exit_code, "No anchors here" in said.output) == (0, True)


def test_the_newest_lines_are_shown_and_those_about_one_thing(folder: Path) -> None:
    assert "verdict: mag_niet" in run(folder, "show", "--last", "1").output
    lines = [json.loads(line) for line in run(folder, "show", "--about", "row:x", "--json").stdout.splitlines()]
    assert [line["details"]["verdict"] for line in lines] == ["mag_niet", "grijs", "mag"]
    assert "Nothing in the audit log about row:y" in run(folder, "show", "--about", "row:y").output


def test_a_key_that_keeps_nobody_out_is_refused(folder: Path) -> None:
    said = run(folder, "verify", key="short")
    assert said.exit_code != 0
    assert "PROMPT_CLUB_AUDIT_KEY" in said.output and "at least 16 characters" in said.output
