"""The rules of the diploma as somebody with a paper calendar would keep them: day by day, plain and slow.

Nothing here comes from the program but the two names of a scenario and the steps that the test chose itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays

DAY = timedelta(days=1)
LEVELS = ("basis", "gevorderd", "expert")
_FREE = holidays.country_holidays("NL")


@dataclass
class Paper:
    """What the organisation agreed on."""

    needs: dict[str, str]
    all_by: date
    units: dict[tuple[str, str], date]
    """By unit and level the day by which."""
    steps: tuple[int, ...]
    hybrid: bool = True
    months: int = 24
    onboarding: int = 60
    window: int = 90


@dataclass
class Folder:
    """All there is on paper of one person."""

    places: list[tuple[date, date | None, str, str, date]] = field(default_factory=list)
    """From, until, unit, function, and the first day of employment."""
    passed: list[tuple[str, date, date]] = field(default_factory=list)
    away: list[tuple[date, date | None]] = field(default_factory=list)
    exempt: list[tuple[date, date]] = field(default_factory=list)
    quiet_until: date | None = None

    def place(self, day: date) -> tuple[str, str, date] | None:
        for since, until, unit, function, started in self.places:
            if since <= day and (until is None or day < until):
                return unit, function, started
        return None

    def is_away(self, day: date) -> bool:
        return any(since <= day and (until is None or day < until) for since, until in self.away)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _FREE


def at_least(level: str, wanted: str) -> bool:
    return LEVELS.index(level) >= LEVELS.index(wanted)


def asked(paper: Paper, folder: Folder, day: date) -> list[str]:
    place = folder.place(day)
    if place is None:
        return []
    level = paper.needs.get(place[1], "basis")
    return ["basis", level] if paper.hybrid and level != "basis" else [level]


def judge(paper: Paper, folder: Folder, level: str, day: date) -> tuple[str, date | None, str]:
    """How it stands, the day it is about, and which round this is."""
    enough = [one for one in folder.passed if at_least(one[0], level) and one[1] <= day]
    cycle = max((issued.isoformat() for _, issued, _ in enough), default="first")
    if any(issued <= day < expires for _, issued, expires in enough):
        end = day
        while any(issued <= end < expires for _, issued, expires in enough):
            end = max(expires for _, issued, expires in enough if issued <= end < expires)
        return "valid", end, cycle
    by = _deadline(paper, folder, level, day)
    ran_out = max((expires for _, _, expires in enough), default=None)
    if ran_out is not None and (by is None or ran_out > by):
        by = _with_days_away(folder, ran_out, ran_out - paper.window * DAY, day)
    if any(since <= day < until for since, until in folder.exempt):
        return "exempt", by, cycle
    if folder.is_away(day):
        return "absent", by, cycle
    if by is None:
        return "unplanned", None, cycle
    return ("overdue" if by < day else "due"), by, cycle


def _deadline(paper: Paper, folder: Folder, level: str, day: date) -> date | None:
    place = folder.place(day)
    assert place is not None
    unit, _, started = place
    by = paper.units.get((unit, level))
    if by is None:
        by = paper.all_by if level == "basis" or not paper.hybrid else None
    if by is None:
        return None
    since = _asked_since(paper, folder, level, day, started)
    return _with_days_away(folder, max(by, since + paper.onboarding * DAY), since, day)


def _asked_since(paper: Paper, folder: Folder, level: str, day: date, started: date) -> date:
    """Back from place to place, as long as the work asked for this level."""
    since = next(one[0] for one in folder.places if one[0] <= day and (one[1] is None or day < one[1]))
    while True:
        before = next((one for one in folder.places if one[1] == since and one[4] == started), None)
        if before is None:
            return started
        if not at_least(paper.needs.get(before[3], "basis"), level):
            return since
        since = before[0]


def _with_days_away(folder: Folder, by: date, since: date, day: date) -> date:
    """A day later for each day away before it comes."""
    for begin, end in sorted(folder.away):
        walked = max(begin, since)
        while walked < min(end or day, day):
            if walked < by and not _counted(folder, begin, walked):
                by += DAY
            walked += DAY
    return by


def _counted(folder: Folder, begin: date, day: date) -> bool:
    """In an absence that began before this one."""
    return any(since < begin and since <= day and (until is None or day < until) for since, until in folder.away)


@dataclass
class Reminder:
    person: str
    level: str
    cycle: str
    step: int
    noted: date
    wait_until: date
    put_off: bool = False


class Clerk:
    """Keeps one line for each reminder, and sends what is still right on the next working day."""

    def __init__(self, people: dict[str, Folder]) -> None:
        self.people = people
        self.lines: dict[tuple[str, str, int], list[Reminder]] = {}
        self.open: list[Reminder] = []
        self.sent: list[tuple[date, str, str, int]] = []

    def look(self, paper: Paper, day: date) -> None:
        for name, folder in self.people.items():
            for level in asked(paper, folder, day):
                state, by, cycle = judge(paper, folder, level, day)
                if by is None or state not in ("valid", "due", "overdue"):
                    continue
                steps = [step for step in paper.steps if 0 <= (day - (by - step * DAY)).days <= 3]
                if steps:
                    self._note(Reminder(name, level, cycle, min(steps), day, day))

    def _note(self, new: Reminder) -> None:
        """One line, whatever was noted of the same step before or shortly before."""
        same = self.lines.setdefault((new.person, new.level, new.step), [])
        lately = new.noted - 21 * DAY + DAY
        if not any(one.cycle == new.cycle or one.wait_until + (not one.put_off) * DAY >= lately for one in same):
            same.append(new)
            self.open.append(new)

    def passed(self, person: str, level: str) -> None:
        self.open = [one for one in self.open if one.person != person or not at_least(level, one.level)]

    def send(self, paper: Paper, day: date) -> None:
        kept = []
        for one in self.open:
            folder = self.people[one.person]
            if one.wait_until > day:
                kept.append(one)
                continue
            ready = max(day, folder.quiet_until or day)
            while not is_working_day(ready):
                ready += DAY
            if ready > day:
                one.wait_until, one.put_off = ready, True
                kept.append(one)
            elif (day - one.noted).days <= 5 and self._still_right(paper, folder, one, day):
                self.sent.append((day, one.person, one.level, one.step))
        self.open = kept

    def _still_right(self, paper: Paper, folder: Folder, one: Reminder, day: date) -> bool:
        if one.level not in asked(paper, folder, day):
            return False
        state, by, cycle = judge(paper, folder, one.level, day)
        if state in ("absent", "exempt") or by is None or cycle != one.cycle:
            return False
        if state == "valid" and one.step < 0:
            return False
        return 0 <= (day - (by - one.step * DAY)).days <= 8
