"""A regular thing: a cron line in a time zone, and which of its occasions is due. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.model.actions import Action


class WrongCron(ValueError):
    """The line is no cron line, in words a person reads."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`action` comes back as a Due event at each occasion; once, however many replicas and restarts there are."""

    key: str
    """Names it for ever: what happened at its occasions is remembered by it."""
    cron: str
    """Five fields: minute, hour, day of month, month, day of week. An hour that daylight saving skips is the next
    one; an hour it repeats counts once."""
    time_zone: str
    action: Action
    late: timedelta
    """How long after its time an occasion is still worth handling; of several that were missed, only the newest."""


def newest_occasion(cron: str, time_zone: str, now: datetime) -> datetime:
    """The last moment of the line that is not after `now`; in UTC. WrongCron where the line has none."""
    # Going back from a moment leaves out that moment itself.
    start = now.astimezone(ZoneInfo(time_zone)).replace(microsecond=0) + timedelta(minutes=1)
    return _first(cron, start, reverse=True, until=now)


def next_occasion(cron: str, time_zone: str, now: datetime) -> datetime:
    """The first moment of the line after `now`; in UTC."""
    return _first(cron, now.astimezone(ZoneInfo(time_zone)), reverse=False)


def check_cron(cron: str) -> None:
    """WrongCron says what is wrong with the line."""
    next_occasion(cron, "UTC", datetime.now(UTC))


def _first(cron: str, start: datetime, *, reverse: bool, until: datetime | None = None) -> datetime:
    try:
        for occasion in CronSim(cron, start, reverse=reverse):
            moment: datetime = occasion.astimezone(UTC)
            if until is None or moment <= until:
                return moment
    except CronSimError as problem:
        raise WrongCron(
            f"'{cron}' is no cron line: {str(problem).lower()}; right would be '0 9 * * 1'"
        ) from problem
    raise WrongCron(f"'{cron}' never happens")
