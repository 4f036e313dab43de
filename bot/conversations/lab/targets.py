"""By when something is expected of the Lab, and how long it took: in the organisation's working time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk import Desk
from bot.working_time import WorkingTime, find_working_time

_MOST_DAYS = 400
"""A ticket that waited longer took this long."""


@dataclass(frozen=True, slots=True)
class Targets:
    working: WorkingTime
    zone: ZoneInfo
    reaction: timedelta
    answer: timedelta

    def react_by(self, moment: datetime) -> datetime:
        return self.working.add(moment, self.reaction, self.zone)

    def answer_by(self, moment: datetime) -> datetime:
        return self.working.add(moment, self.answer, self.zone)

    def warn_at(self, moment: datetime, until: datetime) -> datetime:
        """When three quarters of the working time between the two has gone by."""
        minutes = self.minutes(moment, until)
        return self.working.add(moment, timedelta(minutes=minutes * 0.75), self.zone)

    def minutes(self, begin: datetime, end: datetime) -> int:
        """Working minutes between two moments."""
        spent, at = timedelta(0), self.working.next_open(begin, self.zone)
        for _ in range(_MOST_DAYS):
            if at >= end:
                break
            closing = self.working.closing(at, self.zone)
            spent += min(closing, end) - at
            at = self.working.next_day(at, self.zone)
        return round(spent.total_seconds() / 60)


def find_targets(desk: Desk) -> Targets:
    """As the knowledge in force has them now."""
    knowledge = desk.knowledge()
    working, zone, plan = find_working_time(knowledge), ZoneInfo(desk.time_zone), knowledge.lab
    day = datetime(2026, 1, 1, tzinfo=UTC)
    length = datetime.combine(day, working.closes) - datetime.combine(day, working.opens)
    return Targets(working, zone, timedelta(hours=plan.first_reaction_hours), answer=length * plan.answer_days)
