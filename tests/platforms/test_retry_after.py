"""How long a platform asks to wait, however it writes that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.retry_after import find_wait

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


THIRTY = ("30", "30.0", "Sat, 21 Nov 2026 12:00:30 GMT", "Sat, 21 Nov 2026 13:00:30 +0100")


@pytest.mark.parametrize("header", THIRTY)
def test_in_seconds_or_as_a_date(header: str) -> None:
    assert find_wait(header, NOW) == timedelta(seconds=30)


@pytest.mark.parametrize("header", ["", "soon", "-5", "0", "nan", "inf", "Mon, 99 Foo 2026"])
def test_a_strange_retry_after_is_no_wait(header: str) -> None:
    assert find_wait(header, NOW) is None


def test_nobody_waits_for_more_than_an_hour() -> None:
    assert find_wait("1e300", NOW) == timedelta(hours=1)
