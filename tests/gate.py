"""A gate that holds blocking work up until the event loop opens it, to show that the loop was not held up too."""

from __future__ import annotations

import asyncio
import threading

_MOST_SECONDS = 60


class Gate:
    """Made on the event loop; were the blocking work done there too, nobody would be left to open the gate."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reached = asyncio.Event()
        self._opened = threading.Event()

    def wait(self) -> None:
        """What the blocking work calls."""
        self._loop.call_soon_threadsafe(self._reached.set)
        assert self._opened.wait(_MOST_SECONDS), "nobody could open the gate: the event loop stood still"

    async def open_when_reached(self) -> None:
        """What the test awaits."""
        await self._reached.wait()
        self._opened.set()
