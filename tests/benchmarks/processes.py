"""The programs that are measured, each in a process of its own, and what they use."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp


@dataclass(frozen=True)
class Running:
    address: str
    pid: int
    started_in: float
    """Seconds from starting the process to its first answer."""

    def resident_megabytes(self) -> float:
        """Of the process and its children."""
        return sum(resident_of(pid) for pid in (self.pid, *_children(self.pid)))

    def cpu_seconds(self) -> float:
        return sum(cpu_of(pid) for pid in (self.pid, *_children(self.pid)))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(kind: str, folder: Path, **environment: str) -> AsyncIterator[Running]:
    """`python -m tests.benchmarks.servers KIND` with a port; ended by SIGTERM."""
    port = free_port()
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.servers",
        kind,
        str(port),
        str(folder),
        env={**os.environ, **environment},
        stderr=(folder / f"{kind}.log").open("wb"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await _until_up(address, process)
        yield Running(address, process.pid, time.perf_counter() - began)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def _until_up(address: str, process: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(180):
        while True:
            if process.returncode is not None:
                raise RuntimeError(f"the server ended with {process.returncode}; see its log")
            try:
                async with session.get(f"{address}/up"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def resident_of(pid: int) -> float:
    """In megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_of(pid: int) -> float:
    """Seconds of processor time so far."""
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
