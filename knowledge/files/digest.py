"""digest.yaml: which channel gets the weekly post, when, and in which language."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from zoneinfo import available_timezones

from cronsim import CronSim, CronSimError

from knowledge.checking import Entry, Fields, Once
from knowledge.content import DigestPlan, Language, WhenEmpty
from knowledge.errors import find_nearest
from knowledge.files.policy import Agreed

_DAYS = (
    ("zondag", "sunday"), ("maandag", "monday"), ("dinsdag", "tuesday"), ("woensdag", "wednesday"),
    ("donderdag", "thursday"), ("vrijdag", "friday"), ("zaterdag", "saturday"),
)  # fmt: skip
_DAY_NUMBERS = {name: number for number, names in enumerate(_DAYS) for name in names}
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]*:\S{1,300}")
_ONE_MOMENT = re.compile(r"[0-9]{1,2} [0-9]{1,2} \S+ \S+ \S+")
_SPARE = "0 9 * * 2"


def read_digests(file: Entry, agreed: Agreed) -> tuple[DigestPlan, ...]:
    """In the order of the file; none where the organisation has no digest.yaml."""
    if file.node is None:
        return ()
    fields = file.fields(("version", "digests"))
    fields["version"].whole(least=1)
    ids = Once("give each weekly post its own id")
    channels = Once("a channel gets one weekly post; keep one of the two")
    plans = []
    for entry in fields["digests"].each():
        row = entry.fields(("id", "channel"), ("day", "time", "cron", "time_zone", "language", "empty"))
        plan = _read_plan(entry, row, agreed)
        ids.note(row["id"], plan.id)
        channels.note(row["channel"], plan.channel)
        plans.append(plan)
    return tuple(plans)


def _read_plan(entry: Entry, row: Fields, agreed: Agreed) -> DigestPlan:
    languages: tuple[Language, ...] = agreed.languages
    language = row["language"].one_of(languages) if "language" in row else languages[0]
    return DigestPlan(
        id=row["id"].id(),
        channel=read_channel(row["channel"]),
        cron=_read_cron(entry, row),
        time_zone=_read_zone(row["time_zone"]) if "time_zone" in row else None,
        language="en" if language == "en" else "nl",
        when_empty=WhenEmpty(row["empty"].one_of(tuple(WhenEmpty)) or WhenEmpty.LINE)
        if "empty" in row
        else WhenEmpty.LINE,
    )


def read_channel(entry: Entry) -> str:
    channel = entry.id()
    if channel and not _CHANNEL.fullmatch(channel):
        right = "write the platform and the channel, such as slack:C0123456789 or web:algemeen"
        entry.fail(f"'{channel[:80]}'", right)
    return channel


def _read_cron(entry: Entry, row: Fields) -> str:
    """The moment as a cron line, however it was written."""
    if "cron" in row:
        if "day" in row or "time" in row:
            row["cron"].fail("a cron line beside 'day' or 'time'", "keep one of the two ways to say when")
        return _check_cron(row["cron"])
    if "day" not in row or "time" not in row:
        entry.fail("no moment", 'add day and time, such as day: dinsdag and time: "09:00", or a cron line')
        return _SPARE
    day = row["day"].one_of(_DAY_NUMBERS)
    time = row["time"].text()
    found = _TIME.fullmatch(time)
    if found is None:
        if time:
            row["time"].fail(f"'{time[:40]}'", 'write a time as hours and minutes in quotes, such as "09:00"')
        return _SPARE
    return f"{int(found[2])} {int(found[1])} * * {_DAY_NUMBERS.get(day, 2)}"


def _check_cron(entry: Entry) -> str:
    line = entry.text()
    if not line:
        return _SPARE
    right = "five fields: minute, hour, day of month, month, day of week; such as '0 9 * * 2'"
    try:
        if next(CronSim(line, datetime.now(UTC)), None) is None:
            entry.fail(f"'{line[:80]}', which never happens", right)
        elif not _ONE_MOMENT.fullmatch(line):
            entry.fail(f"'{line[:80]}'", f"name one minute and one hour, since a week has one post; {right}")
        else:
            return line
    except CronSimError as problem:
        entry.fail(f"'{line[:80]}', which is no cron line ({str(problem).lower()})", right)
    return _SPARE


def _read_zone(entry: Entry) -> str | None:
    """The nearest of some six hundred names is worth more than a list of them."""
    name = entry.text()
    zones: Collection[str] = available_timezones()
    if not name or name in zones:
        return name or None
    near = find_nearest(name, zones)
    known = f"did you mean '{near}'?" if near else "write the name of a time zone, such as Europe/Amsterdam"
    entry.fail(f"the unknown time zone '{name[:80]}'", known)
    return None
