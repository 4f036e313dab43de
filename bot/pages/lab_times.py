"""How soon who asks the Lab hears something: per week the middle of all, as columns of a picture. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

from storage.tickets_finding import Timed

WEEKS = 12
_WIDTH, _HEIGHT, _COLUMN, _GAP = 54.0, 120.0, 18.0, 4.0
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the picture: where it stands and how high it is."""

    kind: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Week:
    number: int
    reaction: float | None
    """Working hours."""
    answer: float | None
    columns: tuple[Column, ...] = ()
    middle: float = 0.0


def find_weeks(times: Sequence[Timed], zone: ZoneInfo) -> list[Week]:
    """Oldest first; a week in which nothing was asked is left out."""
    found: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for timed in times:
        year, week, _ = timed.opened_at.astimezone(zone).isocalendar()
        for minutes, kept in zip((timed.reaction, timed.answer), found[(year, week)], strict=True):
            if minutes is not None:
                kept.append(minutes)
    weeks = [Week(week, _middle(took[0]), _middle(took[1])) for (_, week), took in sorted(found.items())]
    known = [week for week in weeks if week.reaction is not None][-WEEKS:]
    most = max((hours for week in known for hours in (week.reaction, week.answer) if hours), default=1.0)
    return [_place(week, place, most) for place, week in enumerate(known)]


def _middle(minutes: Sequence[int]) -> float | None:
    return round(median(minutes) / 60, 1) if minutes else None


def _place(week: Week, place: int, most: float) -> Week:
    begin = place * _WIDTH + (_WIDTH - 2 * _COLUMN - _GAP) / 2
    columns = []
    for number, (kind, hours) in enumerate((("reaction", week.reaction), ("answer", week.answer))):
        if hours is not None:
            height = max(_LEAST, round(hours / most * _HEIGHT, 1))
            columns.append(Column(kind, round(begin + number * (_COLUMN + _GAP), 1), _HEIGHT - height, height))
    return Week(week.number, week.reaction, week.answer, tuple(columns), place * _WIDTH + _WIDTH / 2)


def measure(weeks: Sequence[Week]) -> tuple[float, float]:
    """Width and height of the picture, with room for the numbers of the weeks."""
    return max(1, len(weeks)) * _WIDTH, _HEIGHT + 22
