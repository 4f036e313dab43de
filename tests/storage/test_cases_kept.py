"""Cases are kept as long as their table says: some for weeks, others for years, a withdrawn one without words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import cases, cases_moments, cases_search, retention
from storage.database import Database
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)


async def keep(tx: Transaction, state: str, shared: datetime, settled: datetime | None = None) -> str:
    id = await cases.add(
        tx, now=shared, kind="success", did="werk", happened="iets", learned="les", tool="", task="", language="nl",
        in_digest=True, stale=False,
    )  # fmt: skip
    case = await cases.find(tx, id)
    assert case is not None
    published = shared if state == "published" else None
    await cases.change(tx, case, state=state, settled_on=settled, published_at=published)
    if published:
        await cases_search.publish(tx, id, ["werk"], [])
    return id


async def test_each_as_long_as_it_is_of_use(database: Database) -> None:
    async with database.transaction() as tx:
        stays = {
            await keep(tx, "declined", NOW - YEAR, NOW - 89 * DAY),
            await keep(tx, "published", NOW - 2 * YEAR),
            await keep(tx, "lab", NOW - 2 * YEAR, NOW - 2 * YEAR),
            await keep(tx, "new", NOW - 4 * YEAR),
        }
        goes = {
            await keep(tx, "declined", NOW - YEAR, NOW - 91 * DAY),
            await keep(tx, "merged", NOW - YEAR, NOW - 91 * DAY),
            await keep(tx, "withdrawn", NOW - YEAR, NOW - 91 * DAY),
            await keep(tx, "published", NOW - 4 * YEAR),
        }
        deleted = await retention.tidy(tx, NOW)
        left = {id for id in stays | goes if await cases.find(tx, id)}
        found = await cases_search.find(tx, cases_search.Wanted(("werk",)), 10)
    assert left == stays
    assert deleted["cases"] == 4
    assert {case.id for case in found} <= stays


async def test_channels_that_nobody_wants_asked(database: Database) -> None:
    async with database.transaction() as tx:
        for channel, turned_off in (("a", NOW - 2 * YEAR), ("b", NOW - DAY), ("c", None)):
            place = {"platform": "plain", "id": channel}
            asked = {"place": place, "weeks": 4, "language": "nl", "by": None, "now": NOW - 3 * YEAR}
            await cases_moments.turn_on(tx, channel, **asked)  # type: ignore[arg-type]
            if turned_off:
                await cases_moments.turn_off(tx, channel, turned_off)
        await retention.tidy(tx, NOW)
        left = [channel for channel in "abc" if await cases_moments.find(tx, channel)]
    assert left == ["b", "c"]
