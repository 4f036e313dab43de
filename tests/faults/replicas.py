"""The program as processes: one or more that share a database, killed and started again.

They are forked from a server that imported everything once, so that two hundred lives cost minutes and not an hour;
each is a process of its own, on its own port, and ends by SIGKILL.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import aiohttp
from aiohttp.test_utils import unused_port

from tests.faults import program

PATIENCE = 100.0
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.faults.program"])


class Replica:
    def __init__(self, number: int, folder: Path, environment: Mapping[str, str]) -> None:
        self.port = unused_port()
        self.lives = 0
        self.log = folder / f"replica{number}.log"
        self._environment = {**environment, "PROMPT_CLUB_PORT": str(self.port)}
        self._process: ForkServerProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Begins a life; it may be killed before it is ready."""
        self.lives += 1
        arguments = (self._environment, str(self.log))
        self._process = _FORKING.Process(target=program.main, args=arguments, daemon=True)
        await asyncio.to_thread(self._process.start)

    async def until_ready(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while True:
                assert self._process is not None and self._process.is_alive(), f"it ended: {self.tail()}"
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        await self._end(lambda process: process.kill())

    async def stop(self) -> int | None:
        """As whoever runs it stops it; its exit code."""
        return await self._end(lambda process: process.terminate())

    async def _end(self, how: Callable[[ForkServerProcess], None]) -> int | None:
        if self._process is None:
            return None
        how(self._process)
        await asyncio.to_thread(self._process.join, PATIENCE)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8")[-2_000:] if self.log.exists() else "(no log)"
