"""Writes down what became of messages: all that are ready in one transaction, however long the database is away.

Whoever sent a message waits until it is written, so no message is held back for company: a transaction takes what
came while the one before it was being written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from storage.database import Database, is_passing_fault
from storage.transaction import Transaction

Write = Callable[[Transaction], Awaitable[None]]
_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Ending:
    write: Write
    written: asyncio.Future[None]


class Settling:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._ready: list[_Ending] = []
        self._writing: asyncio.Task[None] | None = None

    async def settle(self, write: Write) -> None:
        """Until it is committed. Raises what is wrong with this one, never what is wrong with another."""
        ending = _Ending(write, asyncio.get_running_loop().create_future())
        self._ready.append(ending)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="settle")
        await ending.written

    async def _write_all(self) -> None:
        while self._ready:
            together, self._ready = self._ready, []
            try:
                await self._commit(together)
            except Exception:  # one of them is at fault, or the database: each is told its own
                for ending in together:
                    await self._write_alone(ending)

    async def _write_alone(self, ending: _Ending) -> None:
        """We alone know what became of the message: a database that is away is waited for."""
        while True:
            try:
                await self._commit([ending])
                return
            except Exception as problem:
                if not is_passing_fault(problem):
                    ending.written.set_exception(problem)
                    return
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _commit(self, endings: Sequence[_Ending]) -> None:
        async with self._database.transaction() as tx:
            for ending in endings:
                await ending.write(tx)
        for ending in endings:
            if not ending.written.done():  # who waited for it may be gone
                ending.written.set_result(None)
