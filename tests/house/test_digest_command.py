"""`prompt-club digest` and what `check` says of each channel, as they are typed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.check_channels import check_digests
from bot.settings import Settings
from knowledge.library import DEFAULT_FOLDER, load
from storage import outbox
from storage.database import Database
from storage.migrations import upgrade

Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The starter knowledge with a digest.yaml of our own."""
    copy = tmp_path / "knowledge"
    shutil.copytree(DEFAULT_FOLDER, copy)
    write(copy, "web:algemeen")
    return copy


def write(folder: Path, channel: str, *, more: str = "") -> None:
    line = f"{{id: iedereen, channel: '{channel}', day: dinsdag, time: '09:00', time_zone: Europe/Amsterdam{more}}}"
    (folder / "digest.yaml").write_text(f"version: 1\ndigests:\n  - {line}\n", encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, folder: Path) -> Run:
    url = f"sqlite:///{tmp_path}/club.sqlite"

    async def make() -> None:
        database = Database(url)
        await upgrade(database)
        await database.dispose()

    asyncio.run(make())

    def type_in(*command: str, status: int = 0) -> str:
        variables = {"DATABASE_URL": url, "PROMPT_CLUB_KNOWLEDGE": str(folder), "COLUMNS": "200"}
        result = CliRunner().invoke(app, ["digest", *command], env=variables)
        assert result.exit_code == status, result.output
        return result.output

    return type_in


def count_waiting(tmp_path: Path) -> int:
    async def count() -> int:
        database = Database(f"sqlite:///{tmp_path}/club.sqlite")
        async with database.reading() as tx:
            waiting = (await outbox.count_by_state(tx)).get("waiting", 0)
        await database.dispose()
        return waiting

    return asyncio.run(count())


def test_when_each_is_due_and_what_was_posted(run: Run) -> None:
    told = run()
    assert "iedereen" in told
    assert "09:00 (Europe/Amsterdam)" in told
    assert "nothing yet" in told


def test_a_preview_is_drawn_and_keeps_nothing(run: Run, tmp_path: Path) -> None:
    assert "Een rustige week" in run("--preview")
    assert "Weekbericht van week" in run("--preview", "--channel", "iedereen")
    assert "nothing yet" in run()
    assert count_waiting(tmp_path) == 0


def test_sent_from_the_command_line_once(run: Run, tmp_path: Path) -> None:
    assert "Weekbericht van week" in run("--send")
    assert count_waiting(tmp_path) == 1
    again = run("--send")
    assert "Nothing was sent." in again
    assert count_waiting(tmp_path) == 1
    assert ", sent " in run()


def test_a_week_is_read_back(run: Run) -> None:
    run("--send")
    week = run().split("the post of ")[1][:8]
    assert "Weekbericht van week" in run("--week", week, "--preview")
    assert "nothing was posted in 2020-W53" in run("--week", "2020-W53", "--preview")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("--week", "2025-W53"), "'2025-W53' is no ISO week; write it as 2026-W47."),
        (("--channel", "idereen"), "did you mean 'iedereen'?"),
        (("--send", "--week", "2026-W47"), "leave out --week and --preview"),
    ],
)
def test_what_cannot_be_is_said(run: Run, command: tuple[str, ...], said: str) -> None:
    assert said in run(*command, status=1)


def test_nothing_to_look_at_without_a_file(run: Run, folder: Path) -> None:
    (folder / "digest.yaml").unlink()
    assert "No channel gets a weekly post yet" in run(status=1)


def test_a_wrong_line_is_said_with_its_place(run: Run, folder: Path) -> None:
    write(folder, "web:algemeen", more=", empty: niets")
    assert "digest.yaml:3 digests[0].empty: found 'niets'" in run(status=1)


@pytest.mark.parametrize(
    ("channel", "works", "said"),
    [
        ("web:algemeen", True, "posted to web:algemeen, next on "),
        ("web:algemen", False, "has no channel 'algemen'; did you mean 'algemeen'?"),
        ("slack:C0123456789", False, "'slack' is not switched on"),
        ("slak:C0123456789", False, "'slak' is no platform; did you mean 'slack'?"),
    ],
)
async def test_check_says_of_each_channel_whether_it_can_be_reached(
    folder: Path, channel: str, works: bool, said: str
) -> None:
    write(folder, channel)
    settings = Settings(_env_file=None, knowledge=folder, web=True)
    ((_, found, told),) = await check_digests(settings, load(folder))
    assert found is works
    assert said in told


async def test_the_starter_is_no_mistake_where_the_workspace_is_off() -> None:
    ((_, works, told),) = await check_digests(Settings(_env_file=None), load(DEFAULT_FOLDER))
    assert works
    assert "make digest.yaml yours" in told
