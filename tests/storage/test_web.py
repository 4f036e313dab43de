"""The workspace's messages: one per key, changes numbered in the order they are committed, unread until read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage import forgetting, people, retention, web
from storage.database import Database

NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)


async def add(database: Database, key: str, place: str = "algemeen", **more: object) -> int:
    async with database.transaction() as tx:
        return await web.add_message(tx, key=key, place=place, said_at=NOW, **more)  # type: ignore[arg-type]


async def changes(
    database: Database, after: int = 0, places: tuple[str, ...] = ("algemeen",)
) -> list[web.WebMessage]:
    async with database.reading() as tx:
        return await web.find_changes(tx, places, after, 100)


async def test_a_key_is_one_message(database: Database) -> None:
    first = await add(database, "k", author="sanne", text="een")
    assert await add(database, "k", author="sanne", text="twee") == first
    assert [message.text for message in await changes(database)] == ["een"]


async def test_the_same_key_from_two_replicas_at_once_is_one_message(database: Database, database_url: str) -> None:
    other = Database(database_url)
    both = await asyncio.gather(*(add(each, "k", text="een") for each in (database, other) * 5))
    await other.dispose()
    assert len(set(both)) == 1
    assert len(await changes(database)) == 1


async def test_changes_have_numbers_without_gaps_in_the_order_they_can_be_seen(
    database: Database, database_url: str
) -> None:
    """A page that has change n has every change before it; a later one can then never slip in below."""
    other = Database(database_url)
    seen: list[int] = []

    async def watch() -> None:
        while len(seen) < 40:
            seen.extend(message.change for message in await changes(other, seen[-1] if seen else 0))
            await asyncio.sleep(0)

    async def write(each: Database, name: str) -> None:
        for number in range(20):
            await add(each, f"{name}{number}", text="x")

    await asyncio.wait_for(asyncio.gather(watch(), write(database, "a"), write(other, "b")), 30)
    await other.dispose()
    assert seen == list(range(1, 41))


async def test_a_replaced_card_is_a_new_change_of_the_same_message(database: Database) -> None:
    mine = await add(database, "vraag", author="sanne", text="mag dit?")
    answer = await add(database, "antwoord", card={"a": 1}, thread=mine)
    async with database.transaction() as tx:
        newest = await web.newest_change(tx)
        assert await web.replace_card(tx, answer, {"a": 2})
        assert not await web.replace_card(tx, mine, {"a": 2}), "nobody's own words are replaced"
        assert not await web.replace_card(tx, 999, {"a": 2})
    (changed,) = await changes(database, newest)
    assert (changed.id, changed.card, changed.thread) == (answer, {"a": 2}, mine)


async def test_history_brings_whole_threads(database: Database) -> None:
    starts = [await add(database, f"start{number}", text=str(number)) for number in range(5)]
    late = await add(database, "laat", text="antwoord op de eerste", thread=starts[3])
    await add(database, "elders", place="marketing", text="elders")
    async with database.reading() as tx:
        newest = await web.find_history(tx, "algemeen", most=2)
        before = await web.find_history(tx, "algemeen", most=2, before=starts[3])
    assert [message.id for message in newest] == [starts[3], starts[4], late]
    assert [message.id for message in before] == [starts[1], starts[2]]


async def test_unread_until_read_and_never_ones_own(database: Database) -> None:
    places = ("algemeen", "marketing", "dm:sanne")
    theirs = await add(database, "k1", author="tom", text="hoi")
    await add(database, "k2", place="marketing", author="sanne", text="hoi")
    answer = await add(database, "k3", place="dm:sanne", card={})
    async with database.transaction() as tx:
        assert await web.find_unread(tx, "sanne", places) == {"algemeen", "dm:sanne"}
        await web.mark_read(tx, "sanne", "algemeen", theirs)
        await web.mark_read(tx, "sanne", "algemeen", theirs - 1)
        assert await web.find_unread(tx, "sanne", places) == {"dm:sanne"}
        assert await web.find_unread(tx, "tom", ("marketing",)) == {"marketing"}
        await web.mark_read(tx, "sanne", "dm:sanne", answer)
        assert await web.find_unread(tx, "sanne", places) == set()


async def test_what_was_said_is_kept_thirty_days(database: Database) -> None:
    async with database.transaction() as tx:
        for age in (29, 31):
            said_at = NOW - timedelta(days=age)
            await web.add_message(tx, key=str(age), place="algemeen", author="tom", text=str(age), said_at=said_at)
        await retention.tidy(tx, NOW)
    assert [message.text for message in await changes(database)] == ["29"]


async def test_who_is_forgotten_leaves_no_word_and_takes_nobody_elses(database: Database) -> None:
    async with database.transaction() as tx:
        sanne = await people.get_or_add_person(tx, "web", "", "sanne", NOW)
    asked = await add(database, "k1", author="sanne", text="mag dit?")
    await add(database, "k2", card={"antwoord": 1}, thread=asked)
    reply = await add(database, "k3", author="tom", text="ik denk het wel", thread=asked)
    await add(database, "k4", author="sanne", text="dank", thread=reply)
    await add(database, "k5", place="dm:sanne", author="sanne", text="en dit?")
    await add(database, "k6", place="dm:sanne", card={"antwoord": 2})
    other = await add(database, "k7", place="dm:tom", card={"antwoord": 3})
    async with database.transaction() as tx:
        await forgetting.forget_asked(tx, sanne.id, NOW)
    left = await changes(database, places=("algemeen", "dm:sanne", "dm:tom"))
    assert [(message.id, message.thread) for message in left] == [(reply, None), (other, None)]
