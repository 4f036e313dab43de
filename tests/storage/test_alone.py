"""One program serves an SQLite file: a second one is refused, short commands are not, and the dead hold nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.alone import AlreadyServed, serving_alone
from storage.database import Database
from storage.migrations import upgrade

SERVING = """
import multiprocessing, os, sys, time
from storage.alone import serving_alone

def outlive():
    os.close(1)
    time.sleep(600)

with serving_alone(sys.argv[1]):
    child = multiprocessing.get_context("fork").Process(target=outlive)
    child.start()
    print(child.pid, flush=True)
    time.sleep(600)
"""


@asynccontextmanager
async def another_program(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """It serves the file and has a child process that outlives it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVING, url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    child = int(await process.stdout.readline())
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.kill(child, 9)


async def run_command(folder: Path, *words: str) -> tuple[int | None, str]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/club.sqlite",
        "PROMPT_CLUB_WEB": "1",
        "PROMPT_CLUB_PORT": "0",
        "PROMPT_CLUB_CACHE": str(folder / "cache"),
        "PYTHONPATH": str(Path.cwd()),
    }
    command = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await command.communicate()
    return command.returncode, said.decode()


async def test_a_second_program_is_refused_until_the_first_is_dead(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/folder/club.sqlite"
    async with another_program(url) as first:
        with (
            pytest.raises(AlreadyServed, match=r"folder/club\.sqlite is being .* DATABASE_URL"),
            serving_alone(url),
        ):
            raise AssertionError("not alone")
        first.kill()
        await first.wait()
        with serving_alone(url):
            pass
        with serving_alone(url):
            pass


async def test_another_way_to_write_the_same_file_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    async with another_program(f"sqlite:///{tmp_path}/real/club.sqlite"):
        with pytest.raises(AlreadyServed), serving_alone(f"sqlite:///{tmp_path}/link/../link/club.sqlite"):
            raise AssertionError("not alone")
        with serving_alone(f"sqlite:///{tmp_path}/real/other.sqlite"):
            pass


async def test_run_is_refused_in_one_sentence_and_short_commands_are_not(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    await database.dispose()
    async with another_program(f"sqlite:///{tmp_path}/club.sqlite"):
        status, said = await run_command(tmp_path, "run")
        assert status == 1
        assert "is being served by another prompt-club" in " ".join(said.split())
        assert "Traceback" not in said
        status, said = await run_command(tmp_path, "db", "upgrade")
        assert status == 0, said


async def test_a_demo_that_runs_is_not_forgotten_under_its_feet(tmp_path: Path) -> None:
    file = tmp_path / "var/demo/prompt-club.sqlite"
    async with another_program(f"sqlite:///{file}"):
        file.write_text("in use")
        status, said = await run_command(tmp_path, "demo", "--reset")
        assert status == 1
        assert "is being served by another prompt-club" in " ".join(said.split())
        assert file.read_text() == "in use"


def test_on_postgresql_any_number_may_serve() -> None:
    with serving_alone("postgresql://host/club"), serving_alone("postgresql://host/club"):
        pass
