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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import structlog

from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation
from knowledge.matching.reader import Reader, build_reader
from knowledge.matching.teaching import Phrasing
from knowledge.themes import Vectors

log = structlog.get_logger()

_AT_MOST_SECONDS = 30.0
"""A question takes some twenty milliseconds, one of ten thousand characters a tenth of a second; some wait a while
behind agreements that are taken into use."""

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")

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


def _explain(question: str) -> Explanation:
    assert _reader is not None
    return _reader.explain(question)


def _encode(texts: Sequence[str]) -> Vectors:
    assert _reader is not None
    return _reader.encode(texts)


def _learn(phrasings: Sequence[Phrasing]) -> None:
    assert _reader is not None
    _reader.learn(phrasings)


def _agree(given: tuple[Knowledge, Sequence[Phrasing]]) -> None:
    """Within a second or two; the process that learns it all thoroughly takes over later."""
    global _reader  # noqa: PLW0603
    assert _reader is not None
    knowledge, phrasings = given
    reader = _reader.with_knowledge(knowledge)
    reader.learn(phrasings)
    _reader = reader


class ReadingProcess:
    """`read` is what the conversations use; `replace` takes new knowledge into use without a gap.

    What it is taught with `learn` counts from the next question on, and again in every process that comes after.
    No question holds up the others: a process that reads one for too long is ended, and another takes its place.
    """

    def __init__(self, knowledge: Knowledge, cache: Path, at_most: float = _AT_MOST_SECONDS) -> None:
        self._knowledge = knowledge
        self._cache = cache
        self._at_most = at_most
        self._readying: asyncio.Task[None] | None = None
        self._learned: tuple[Phrasing, ...] = ()
        self._pool: ProcessPoolExecutor | None = None
        self._renewing = asyncio.Lock()

    @property
    def ready(self) -> bool:
        return self._pool is not None

    async def start(self, knowledge: Knowledge | None = None) -> None:
        """`knowledge`: what is in force by now, where that is not what it was made with."""
        self._knowledge = knowledge or self._knowledge
        await self._take(await self._make_pool(self._knowledge))

    async def stop(self) -> None:
        if self._readying is not None:
            self._readying.cancel()
            with suppress(asyncio.CancelledError):
                await self._readying
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def replace(self, knowledge: Knowledge) -> None:
        """In force when this returns, rows that are new too; learned thoroughly in a process that is readied behind
        it and takes over. What comes meanwhile is in force at once as well, and learned thoroughly next."""
        self._knowledge = knowledge
        self._learned = tuple(p for p in self._learned if knowledge.find_use_case(p.use_case))
        if self._pool is None:
            return
        await self._run(_agree, (knowledge, self._learned))
        if self._readying is None or self._readying.done():
            self._readying = asyncio.create_task(self._learn_thoroughly(), name="reading.learning")

    async def _learn_thoroughly(self) -> None:
        learned: Knowledge | None = None
        while learned is not self._knowledge:
            learned = self._knowledge
            try:
                fresh = await self._make_pool(learned)
            except BrokenProcessPool:
                log.error("reading.not_learned", todo="what is new is read, though less thoroughly")
                return
            if learned is not self._knowledge:
                fresh.shutdown(wait=False)
                continue
            old = self._pool
            await self._take(fresh)
            if old is not None:
                old.shutdown(wait=False)

    async def wait_until_learned(self) -> None:
        """For whoever wants the thorough reading and not the first one."""
        if self._readying is not None:
            await self._readying

    async def learn(self, phrasings: Sequence[Phrasing]) -> None:
        """Read these as their rows at once; KeyError for a row that is not there."""
        for phrasing in phrasings:
            self._knowledge.get_use_case(phrasing.use_case)
        self._learned = (*self._learned, *phrasings)
        if self._pool is not None:
            await self._run(_learn, self._learned)

    async def read(self, question: str) -> Reading:
        """TimeoutError for a question that takes far longer than any should."""
        return await self._in_time(_read, question)

    async def explain(self, question: str) -> Explanation:
        """What was seen in it on the way; as long as reading it, and TimeoutError as well."""
        return await self._in_time(_explain, question)

    async def _in_time(self, work: Callable[[str], _Found], question: str) -> _Found:
        pool = self._pool
        try:
            async with asyncio.timeout(self._at_most):
                return await self._run(work, question)
        except TimeoutError:
            log.error("reading.took_too_long", characters=len(question))
            if pool is not None and self._pool is pool:
                _end(pool)
            raise

    async def encode(self, texts: Sequence[str]) -> Vectors | None:
        """By meaning; a few hundred at most, since questions wait behind them."""
        return await self._run(_encode, texts)

    async def _run(self, work: Callable[[_Given], _Found], given: _Given) -> _Found:
        """In the process; once more in a new one when it died."""
        pool = self._pool
        assert pool is not None, "start() first"
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, given)
        except BrokenProcessPool:
            log.warning("reading.process_died")
            await self._renew(pool)
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, given)

    async def _renew(self, broken: ProcessPoolExecutor) -> None:
        async with self._renewing:
            if self._pool is not broken:
                return
            fresh = await self._make_pool(self._knowledge)
            if self._pool is broken:
                await self._take(fresh)
            else:  # new knowledge came meanwhile, with a process of its own
                fresh.shutdown(wait=False)

    async def _take(self, pool: ProcessPoolExecutor) -> None:
        """From here on questions go to this process; what was taught goes before the first of them."""
        self._pool = pool
        if self._learned:
            await asyncio.get_running_loop().run_in_executor(pool, _learn, self._learned)

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


def _end(pool: ProcessPoolExecutor) -> None:
    """A process that computes cannot be asked to stop; the next question finds it gone and gets another."""
    for process in list((pool._processes or {}).values()):
        process.kill()


@contextmanager
def _out_of_reach_of_ctrl_c() -> Iterator[None]:
    """A process started in here never hears of Ctrl-C, not even while it imports: stopping is the main one's."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
