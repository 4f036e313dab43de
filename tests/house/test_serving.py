"""The server and its port: taken before anything else, so that a second program by mistake touches nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import App
from bot.serving import find_free_port, serve
from bot.settings import Settings
from tests.platforms.reading import read


def settings_of(folder: Path, port: int) -> Settings:
    url = f"sqlite:///{folder}/club.sqlite"
    return Settings(_env_file=None, database_url=url, cache=folder, web=True, host="127.0.0.1", port=port)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


async def test_on_a_taken_port_nothing_is_started(tmp_path: Path, taken: int) -> None:
    made: list[Settings] = []

    def make_app(settings: Settings) -> App:
        made.append(settings)
        return App(settings, read=read)

    with pytest.raises(OSError, match=f"127.0.0.1:{taken} .*PROMPT_CLUB_PORT"):
        await serve(settings_of(tmp_path, taken), make_app=make_app)
    assert made == []
    assert not (tmp_path / "club.sqlite").exists()


async def test_it_listens_once_it_is_ready_and_ends_when_told(tmp_path: Path) -> None:
    addresses: asyncio.Queue[str] = asyncio.Queue()
    settings = settings_of(tmp_path, 0)
    serving = asyncio.create_task(serve(settings, addresses.put_nowait, lambda given: App(given, read=read)))
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        async with session.get(f"{await addresses.get()}/readyz") as answer:
            assert answer.status == 200
        os.kill(os.getpid(), signal.SIGTERM)
        await serving


def test_the_next_free_port_is_found_and_the_last_one_is_the_last(taken: int) -> None:
    assert find_free_port("127.0.0.1", taken) > taken
    with pytest.raises(OSError, match="all taken"):
        find_free_port("127.0.0.1", 65_536)


_POOL = """
import multiprocessing, os, signal
from concurrent.futures import ProcessPoolExecutor
from bot.reading import end_with_parent
if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_reading_process_ends_with_the_program_that_was_killed(tmp_path: Path) -> None:
    program = tmp_path / "pool.py"
    program.write_text(_POOL)
    killed = await asyncio.create_subprocess_exec(
        sys.executable, program, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, stdout=asyncio.subprocess.PIPE
    )
    assert killed.stdout is not None
    worker = int(await killed.stdout.readline())
    async with asyncio.timeout(20):
        while is_alive(worker):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
