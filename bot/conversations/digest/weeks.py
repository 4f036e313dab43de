"""Which ISO week a moment is in, when the draft of a post is due, and until when it may be posted. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.working_time import WorkingTime

LATE = timedelta(days=2)
"""How long after its time a post is still worth reading."""
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)


def week_of(moment: datetime, zone: ZoneInfo) -> str:
    """2026-W47, by the calendar of the channel's own time zone."""
    year, week, _ = moment.astimezone(zone).isocalendar()
    return f"{year}-W{week:02}"


def read_week(text: str) -> str | None:
    """2026-W47 as people write it; None for anything else, a 53rd week in a year of 52 too."""
    found = _WEEK.fullmatch(text.strip())
    try:
        return None if found is None else _written(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        return None


def _written(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def number_of(week: str) -> int:
    """47"""
    return int(week.partition("-W")[2])


def end_of_week(moment: datetime, zone: ZoneInfo) -> datetime:
    """The last second of its ISO week."""
    local = moment.astimezone(zone)
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, time(0), zone).astimezone(UTC) - timedelta(seconds=1)


def good_until(moment: datetime, zone: ZoneInfo) -> datetime:
    """Until when something of this moment may be posted: two days, and never in the next ISO week."""
    return min(moment.astimezone(UTC) + LATE, end_of_week(moment, zone))


def draft_time(cron: str, working: WorkingTime) -> time:
    """The hour of the post, moved into working hours."""
    minute, hour, *_ = cron.split()
    wanted = time(int(hour), int(minute))
    if wanted < working.opens:
        return working.opens
    if wanted >= working.closes:
        return time(max(working.closes.hour - 1, working.opens.hour), working.closes.minute)
    return wanted


def draft_moment(due: datetime, cron: str, zone: ZoneInfo, working: WorkingTime) -> datetime:
    """On the last working day before the post."""
    day = due.astimezone(zone).date() - timedelta(days=1)
    while not working.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, draft_time(cron, working), zone).astimezone(UTC)
