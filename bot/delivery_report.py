"""What became of the messages of the last days, added up for a card, a page or the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reasons import find_reason, tell_reason
from bot.texts import Words
from storage import deliveries
from storage.deliveries import OPEN, UNREACHED, Count
from storage.transaction import Transaction

DAYS = 7
"""How far a report looks back, unless asked otherwise."""
WAITING_LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Why:
    kept: str
    """As the outbox has it; one of those with the same text."""
    number: int

    def told(self, words: Words) -> str:
        return tell_reason(words, self.kept)


@dataclass(frozen=True, slots=True)
class Report:
    days: int
    sent: int
    waiting: int
    failed: int
    unclear: int
    cancelled: int
    waiting_long: int
    """Of all that wait, from before these days too."""
    why: tuple[Why, ...]
    """Of those that were not reached, the most frequent first."""

    @property
    def all(self) -> int:
        return self.sent + self.waiting + self.failed + self.unclear + self.cancelled

    @property
    def unreached(self) -> int:
        return self.failed + self.unclear


async def make_report(tx: Transaction, now: datetime, days: int = DAYS) -> Report:
    counts = await deliveries.count(tx, now - timedelta(days=days))
    late = await deliveries.count_waiting_longer(tx, now - WAITING_LONG)
    return add_up(counts, days, late)


def add_up(counts: Sequence[Count], days: int, waiting_long: int) -> Report:
    return Report(
        days=days,
        sent=_sum(counts, ("sent",)),
        waiting=_sum(counts, OPEN),
        failed=_sum(counts, ("failed",)),
        unclear=_sum(counts, ("unclear",)),
        cancelled=_sum(counts, ("cancelled",)),
        waiting_long=waiting_long,
        why=_count_reasons(one for one in counts if one.state in UNREACHED and one.reason),
    )


def _sum(counts: Iterable[Count], states: tuple[str, ...]) -> int:
    return sum(one.number for one in counts if one.state in states)


def _count_reasons(counts: Iterable[Count]) -> tuple[Why, ...]:
    """Reasons that differ in what varies only count as one."""
    numbers: Counter[str] = Counter()
    kept: dict[str, str] = {}
    for one in counts:
        assert one.reason is not None
        reason = find_reason(one.reason)
        key = reason.key if reason else one.reason
        numbers[key] += one.number
        kept.setdefault(key, one.reason)
    return tuple(Why(kept[key], number) for key, number in numbers.most_common())
