"""One replica that does nothing but deliver, to a platform that takes no time: `... URL [SLOW SECONDS]`.

It says "ready" once it is connected, drains from then on, and ends when it is told to.
"""

from __future__ import annotations

import asyncio
import itertools
import signal
import sys

from bot.delivery import OutboxWorker, Outgoing
from bot.model.events import Account
from storage.database import Database
from storage.people import Profile

SLOW = "slow"


class Instant:
    """Takes everything at once; the place called "slow" takes its time where seconds are given."""

    name = "plain"

    def __init__(self, slow_seconds: float = 0.0) -> None:
        self._slow_seconds = slow_seconds
        self._ids = itertools.count(1)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> str | None:
        if self._slow_seconds and message.place.id == SLOW:
            await asyncio.sleep(self._slow_seconds)
        return f"m{next(self._ids)}"

    async def find_sent(self, message: Outgoing) -> str | None:
        return None

    async def find_profile(self, account: Account) -> Profile | None:
        return None


async def work(url: str, slow_seconds: float) -> None:
    database = Database(url)
    async with database.reading():
        print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    worker = OutboxWorker(database, {"plain": Instant(slow_seconds)})
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await worker.start()
    await stopping.wait()
    await worker.stop()
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
