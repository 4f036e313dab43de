"""A prepared statement writes and reads a moment exactly as SQLAlchemy does."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.dialects.sqlite.base import dialect

from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.prepared import Prepared, _read_moment, _write_moment
from storage.tables.columns import UtcDateTime
from storage.tables.occasions import OccasionRow

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30), timezones=zones)


@given(moments)
def test_a_moment_is_written_and_read_as_sqlalchemy_does(moment: datetime) -> None:
    column, sqlite = UtcDateTime(), dialect()  # type: ignore[no-untyped-call]
    made = column.dialect_impl(sqlite)
    write, read = made.bind_processor(sqlite), made.result_processor(sqlite, None)
    assert write is not None
    assert read is not None
    assert _write_moment(moment) == write(moment)
    assert _read_moment(_write_moment(moment)) == read(write(moment)) == moment


async def test_both_ways_keep_the_same_row(database: Database) -> None:
    await upgrade(database)
    moment = datetime(2026, 11, 24, 9, 0, 0, 120, tzinfo=timezone(timedelta(hours=1)))
    rows = table_of(OccasionRow)
    async with database.transaction() as tx:
        await Prepared(insert(rows)).run(tx, key="prepared", last_at=moment)
        await tx.execute(insert(rows).values(key="ordinary", last_at=moment))
        assert len((await tx.execute(text("SELECT DISTINCT last_at FROM occasions"))).all()) == 1
        assert {tuple(row) for row in await Prepared(select(rows.c.last_at)).rows(tx)} == {(moment,)}
