"""When people work: hours, weekends and public holidays, in each person's own time zone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from knowledge.content import Knowledge

_MOST_DAYS = 60
"""No working day within this many days: the calendar is wrong, and waiting for ever would hide it."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """From `opens` to `closes` on working days. `country`: whose public holidays are free; None: nobody's."""

    opens: time = time(8, 0)
    closes: time = time(18, 0)
    weekdays_only: bool = True
    country: str | None = "NL"
    _free: Mapping[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Years are looked up as they are asked for.
        free = holidays.country_holidays(self.country) if self.country else {}
        object.__setattr__(self, "_free", free)

    def is_working_day(self, day: date) -> bool:
        return not (self.weekdays_only and day.weekday() >= 5) and day not in self._free

    def is_open(self, moment: datetime, zone: ZoneInfo) -> bool:
        local = moment.astimezone(zone)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def next_open(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """`moment` itself where people work then, else the first moment after it when they do; in UTC."""
        if self.is_open(moment, zone):
            return moment.astimezone(UTC)
        local = moment.astimezone(zone)
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return self._opening(self._first_working_day(day), zone)

    def next_day(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When the first working day after this one opens."""
        tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
        return self._opening(self._first_working_day(tomorrow), zone)

    def closing(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The end of that day's working hours, whether it is a working day or not."""
        day = moment.astimezone(zone).date()
        return datetime.combine(day, self.closes, zone).astimezone(UTC)

    def add(self, moment: datetime, working: timedelta, zone: ZoneInfo) -> datetime:
        """The moment when this much working time has passed since `moment`."""
        at, left = self.next_open(moment, zone), working
        while True:
            today = self.closing(at, zone) - at
            if left <= today:
                return at + left
            left -= today
            at = self.next_day(at, zone)

    def _first_working_day(self, day: date) -> date:
        for ahead in range(_MOST_DAYS):
            found = day + timedelta(days=ahead)
            if self.is_working_day(found):
                return found
        raise ValueError(f"no working day within {_MOST_DAYS} days after {day}")

    def _opening(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.opens, zone).astimezone(UTC)


def find_zone(told: str | None, otherwise: str) -> ZoneInfo:
    """The zone a platform told of somebody, or the organisation's: this machine may not know every name."""
    try:
        return ZoneInfo(told or otherwise)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(otherwise)


def find_working_time(knowledge: Knowledge) -> WorkingTime:
    """What diploma.yaml's quiet_hours leave; the usual hours where an organisation has none."""
    quiet: Mapping[str, Any] = knowledge.diploma.get("quiet_hours") or {}  # type: ignore[assignment]
    if not quiet:
        return WorkingTime()
    return WorkingTime(
        opens=time.fromisoformat(str(quiet["to"])),
        closes=time.fromisoformat(str(quiet["from"])),
        weekdays_only=bool(quiet.get("weekdays_only", True)),
        country=str(quiet["holidays"]) if quiet.get("holidays") else None,
    )
