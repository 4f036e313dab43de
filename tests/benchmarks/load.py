"""Sends many prepared requests, some at once, and says how long each took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

Request = tuple[bytes, dict[str, str]]
"""Body and headers."""


@dataclass(frozen=True)
class Measured:
    seconds: float
    each: list[float]
    """Seconds from sending to the acknowledgement."""

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


async def send_all(address: str, requests: Sequence[Request], at_once: int) -> Measured:
    """Every request must be acknowledged with a 2xx."""
    waiting = iter(requests)
    each: list[float] = []
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def work() -> None:
            for body, headers in waiting:
                began = time.perf_counter()
                async with session.post(address, data=body, headers=headers) as answer:
                    await answer.read()
                    if answer.status >= 300:
                        raise RuntimeError(f"{answer.status}: {await answer.text()}")
                each.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(at_once)))
        return Measured(time.perf_counter() - began, each)
