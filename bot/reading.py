"""Reads questions in a process of its own, so that the event loop answers Slack and Teams in time.

Reading is some twenty milliseconds of pure computing. In this process it would hold up every acknowledgement; in
its own it holds up nobody, and the vectors are loaded once.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import structlog

from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.reader import Reader, build_reader

log = structlog.get_logger()

_reader: Reader | None = None  # the worker process's own; never set in this one


def _begin(knowledge: Knowledge, cache: Path) -> None:
    """Runs once in the worker."""
    global _reader  # noqa: PLW0603
    end_with_parent()
    _reader = build_reader(knowledge, cache)


def end_with_parent() -> None:
    """A pool's worker holds both ends of its own queue and would wait for ever once the main process is killed."""
    threading.Thread(target=_await_parent, name="parent", daemon=True).start()


def _await_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(question: str) -> Reading:
    assert _reader is not None
    return _reader.read(question)


class ReadingProcess:
    """`read` is what the conversations use; `replace` takes new knowledge into use without a gap."""

    def __init__(self, knowledge: Knowledge, cache: Path) -> None:
        self._knowledge = knowledge
        self._cache = cache
        self._pool: ProcessPoolExecutor | None = None
        self._renewing = asyncio.Lock()

    @property
    def ready(self) -> bool:
        return self._pool is not None

    async def start(self) -> None:
        self._pool = await self._make_pool(self._knowledge)

    async def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def replace(self, knowledge: Knowledge) -> None:
        """Ready the new reader first, then let the old one finish what it has."""
        fresh = await self._make_pool(knowledge)
        old, self._pool, self._knowledge = self._pool, fresh, knowledge
        if old is not None:
            old.shutdown(wait=False)

    async def read(self, question: str) -> Reading:
        pool = self._pool
        assert pool is not None, "start() first"
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, _read, question)
        except BrokenProcessPool:
            log.warning("reading.process_died")
            await self._renew(pool)
            assert self._pool is not None
            return await asyncio.get_running_loop().run_in_executor(self._pool, _read, question)

    async def _renew(self, broken: ProcessPoolExecutor) -> None:
        async with self._renewing:
            if self._pool is broken:
                self._pool = await self._make_pool(self._knowledge)

    async def _make_pool(self, knowledge: Knowledge) -> ProcessPoolExecutor:
        # One thread a process: two cores are shared with the web process, and small products gain nothing.
        for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(variable, "1")
        pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(knowledge, self._cache),
        )
        others = multiprocessing.active_children()
        with _out_of_reach_of_ctrl_c():
            ready = asyncio.get_running_loop().run_in_executor(pool, _read, "mag dit?")
        try:
            await ready
        except asyncio.CancelledError:  # told to stop: nobody waits for what it would still learn
            for process in multiprocessing.active_children():
                if process not in others:
                    process.terminate()
            raise
        return pool


@contextmanager
def _out_of_reach_of_ctrl_c() -> Iterator[None]:
    """A process started in here never hears of Ctrl-C, not even while it imports: stopping is the main one's."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
