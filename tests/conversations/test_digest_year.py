"""A year of weekly posts in fast motion: one a channel a week, over restarts, replicas and both clock changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from bot.conversations.digest.weeks import draft_time, end_of_week, good_until, number_of, read_week, week_of
from bot.working_time import WorkingTime
from knowledge.content import Knowledge
from storage import digests
from storage.database import Database
from storage.tables.digests import DigestRow
from tests.conversations.dialog import channel
from tests.conversations.digests import AMSTERDAM, PLAN, DigestHouse
from tests.conversations.roles import meet

TEAM = replace(
    PLAN, id="team", channel="plain:team", cron="30 16 * * 5", language="en", time_zone="America/New_York"
)

WORST = {(day, hour) for day in (0, 1) for hour in (7, 8)} | {(3, 22), (4, 22)}
"""Of each week, by weekday and hour in UTC: when drafts and posts fall due, in summer and in winter."""


async def test_fifty_two_posts_for_each_of_two_channels(database: Database, knowledge: Knowledge) -> None:
    start = datetime(2026, 8, 2, 12, 0, tzinfo=UTC)
    async with DigestHouse(database, knowledge, PLAN, TEAM) as house:
        await meet(house, "fleur", role="ai_lab")
        await house.ring(start)
        while house.clock.moment < start + timedelta(days=364):
            house.clock.pass_by(timedelta(hours=1))
            moment = house.clock.moment
            if (moment.weekday(), moment.hour) in WORST:
                other = house.restart()
                house.restart()
                await house.ring()
                await other.ring()
        await house.settle()
        for place in ("algemeen", "team"):
            assert len(house.posts(channel(place))) == 52
        async with database.reading() as tx:
            rows = (await tx.execute(select(col(DigestRow.channel), col(DigestRow.week)))).all()
            sent = await digests.find_sent(tx, channel=PLAN.channel, most=100)
        assert max(Counter(map(tuple, rows)).values()) == 1
        assert {digest.settled_at.astimezone(AMSTERDAM).hour for digest in sent if digest.settled_at} == {9}
        weeks = sorted(digest.week for digest in sent)
        assert weeks[weeks.index("2026-W53") + 1] == "2027-W01"


async def test_the_database_itself_refuses_a_second_post(database: Database) -> None:
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    async def add(week: str) -> str | None:
        async with database.transaction() as tx:
            return await digests.add(
                tx, channel="plain:x", week=week, language="nl", since=now, made_at=now, due_at=now,
                good_until=now, seen={}, more={},
            )  # fmt: skip

    one, other = await add("2026-W48"), await add("2026-W49")
    assert await add("2026-W48") is None
    assert one and other
    async with database.transaction() as tx:
        assert await digests.settle(tx, one, "sent", now, posted_in="2026-W48", card={})
        assert not await digests.settle(tx, one, "sent", now, posted_in="2026-W48", card={})
    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            await digests.settle(tx, other, "sent", now, posted_in="2026-W48", card={})


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-12-31T12:00", "2026-W53"),
        ("2027-01-03T22:59", "2026-W53"),  # Sunday, just before midnight in Amsterdam
        ("2027-01-03T23:00", "2027-W01"),
        ("2024-12-30T12:00", "2025-W01"),
        ("2026-11-16T12:00", "2026-W47"),
    ],
)
def test_weeks_are_iso_weeks_of_the_channels_own_calendar(moment: str, week: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert week_of(at, AMSTERDAM) == week
    assert read_week(week.lower()) == week
    assert week_of(end_of_week(at, AMSTERDAM), AMSTERDAM) == week
    assert week_of(end_of_week(at, AMSTERDAM) + timedelta(seconds=1), AMSTERDAM) != week
    assert at <= good_until(at, AMSTERDAM) <= at + timedelta(days=2)


@pytest.mark.parametrize("text", ["", "2025-W53", "2026-W54", "2026-W00", "vorige week", "2026-47", "9999-W99"])
def test_what_is_no_week(text: str) -> None:
    assert read_week(text) is None


def test_a_week_is_read_as_people_write_it() -> None:
    assert read_week(" 2026w7 ") == read_week("2026-W07") == "2026-W07"
    assert number_of("2026-W07") == 7


@pytest.mark.parametrize(
    ("cron", "expected"), [("0 9 * * 2", "09:00"), ("15 6 * * 2", "08:00"), ("0 18 * * 2", "17:00")]
)
def test_drafts_come_in_working_hours(cron: str, expected: str) -> None:
    assert f"{draft_time(cron, WorkingTime()):%H:%M}" == expected
