"""Working hours, weekends and holidays, in anybody's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.working_time import WorkingTime

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORK = WorkingTime(time(9), time(17))


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 07:00", "2026-11-24 09:00"),
        ("2026-11-24 17:00", "2026-11-25 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),  # Friday evening
        ("2026-12-24 20:00", "2026-12-28 09:00"),  # Christmas, then a weekend
        ("2026-04-27 12:00", "2026-04-28 09:00"),  # King's Day
        ("2026-03-28 12:00", "2026-03-30 09:00"),  # the weekend daylight saving begins
    ],
)
def test_the_next_moment_people_work(moment: str, opens: str) -> None:
    assert WORK.next_open(at(moment), AMSTERDAM) == at(opens)


def test_everybody_has_their_own_morning() -> None:
    lisbon, tokyo = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Tokyo")
    night = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert WORK.next_open(night, lisbon) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert WORK.is_open(night, tokyo)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 10:00", 4, "2026-11-24 14:00"),
        ("2026-11-24 15:00", 4, "2026-11-25 11:00"),
        ("2026-11-27 16:00", 4, "2026-11-30 12:00"),
        ("2026-11-28 12:00", 16, "2026-12-01 17:00"),
    ],
)
def test_working_hours_are_added_over_nights_and_weekends(start: str, hours: int, end: str) -> None:
    assert WORK.add(at(start), timedelta(hours=hours), AMSTERDAM) == at(end)


def test_a_calendar_without_a_working_day_is_said_so() -> None:
    class Never(WorkingTime):
        def is_working_day(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="no working day"):
        Never().next_open(at("2026-11-24 10:00"), AMSTERDAM)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_the_next_moment_is_open_and_never_earlier(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    found = WORK.next_open(moment, AMSTERDAM)
    assert found >= moment
    assert WORK.is_open(found, AMSTERDAM)
