"""How fast one platform may be sent to: as fast as we can, until it says "not so fast"; then half, and slowly more.

One throttled place says something about that place (Slack: a message a second in one channel), so only that place
waits. Two different places within a minute say something about the platform, and then all of it slows down. The
only numbers of our own are where the slowing down starts and how it recovers; the rest is what the platform asks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

_TOGETHER = timedelta(seconds=60)
"""Places throttled within this time of each other point at the platform."""
_SLOWEST = 0.2
_FIRST_RATE = 20.0
"""Messages a second to begin slowing down from, when nobody knows how fast it went."""
_GROWTH = 1.05
"""How much faster each delivered second makes it."""
_FREE_AGAIN = 50.0


def grow_wait(first: timedelta, longest: timedelta, tries: int) -> timedelta:
    """Twice as long after each try that failed."""
    return min(first * float(2 ** min(tries, 30)), longest)


class Pace:
    """In memory: each replica finds its own share. `limit` asks, the rest tells what happened."""

    def __init__(self) -> None:
        self._rate: float | None = None
        """Messages a second; None: no limit is known."""
        self._closed_until: datetime | None = None
        self._spare = 0.0
        self._counted_at: datetime | None = None
        self._throttled: dict[str, datetime] = {}

    def limit(self, now: datetime, most: int) -> int:
        """How many messages may be taken now."""
        if self._closed_until is not None and now < self._closed_until:
            return 0
        if self._rate is None:
            return most
        since = (now - self._counted_at).total_seconds() if self._counted_at else 0.0
        self._counted_at = now
        self._spare = min(self._spare + max(since, 0.0) * self._rate, max(1.0, self._rate))
        return min(most, int(self._spare))

    def took(self, number: int) -> None:
        self._spare = max(0.0, self._spare - number)

    def sent(self) -> None:
        """Something arrived: a little faster, and after long enough without a word as fast as before."""
        if self._rate is not None:
            self._rate *= 1 + (_GROWTH - 1) / max(1.0, self._rate)
            if self._rate > _FREE_AGAIN:
                self._rate = None

    def throttled(self, place_key: str, now: datetime, after: timedelta) -> None:
        """The platform asked to wait `after` for a message to this place."""
        self._throttled = {key: at for key, at in self._throttled.items() if now - at < _TOGETHER}
        alone = set(self._throttled) <= {place_key}
        self._throttled[place_key] = now
        if alone:
            return
        self._closed_until = max(self._closed_until or now, now + after)
        self._rate = max(_SLOWEST, (self._rate or _FIRST_RATE) / 2)
        self._spare, self._counted_at = 1.0, now
