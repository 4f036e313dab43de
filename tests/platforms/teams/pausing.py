"""How long the event loop stood still while something was done."""

from __future__ import annotations

import asyncio
import time
from typing import Any


async def longest_pause(task: asyncio.Future[Any]) -> float:
    """The longest the event loop stood still while this was done."""
    longest, before = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.005)
        longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
    await task
    return longest
