"""Retry-After, as every platform's server may say it: in seconds, or as a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST_WAIT_SECONDS = 3600.0


def find_wait(retry_after: str, now: datetime) -> timedelta | None:
    """How long to wait; None where it says nothing that makes sense. At most an hour: then we ask again."""
    try:
        seconds = float(retry_after)
    except ValueError:
        seconds = _seconds_until(retry_after, now)
    if not 0 < seconds < float("inf"):
        return None
    return timedelta(seconds=min(seconds, _LONGEST_WAIT_SECONDS))


def _seconds_until(date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return 0.0
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
