"""How long turns and readings take, for /metrics; each app has a registry of its own."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Histogram

from knowledge.answers import Reading

Read = Callable[[str], Awaitable[Reading]]
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Timings:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Histogram(
            "prompt_club_turn_seconds",
            "From the beginning of a turn's transaction to its commit, by conversation.",
            ["conversation"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._readings = Histogram(
            "prompt_club_reading_seconds",
            "From a question to what was read in it, the wait for the reading process included.",
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def note_turn(self, conversation: str, seconds: float) -> None:
        self._turns.labels(conversation).observe(seconds)

    def of_reading(self, read: Read) -> Read:
        """The same reading, timed."""

        async def timed(question: str) -> Reading:
            began = time.perf_counter()
            reading = await read(question)
            self._readings.observe(time.perf_counter() - began)
            return reading

        return timed
