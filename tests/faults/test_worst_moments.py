"""Killed exactly where it hurts: in the middle of a picture's upload, and while the leader rings the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.model.events import HOUSE, NOWHERE, Place
from storage import due, occasions
from storage.database import Database
from storage.tables.occasions import OccasionRow
from tests.faults.regular import FOLDER, MOMENTS, Moment, Post
from tests.faults.siege import Siege, make_replicas
from tests.faults.town import Town, open_town
from tests.faults.weather import Weather
from tests.platforms.slack.fake import ROOM, TEAM
from tests.postgres import Postgres

PATIENCE = 100.0
STEPS = ("files.getUploadURLExternal", "/upload/", "files.completeUploadExternal", "chat.postMessage")


@asynccontextmanager
async def serving(
    url: str, folder: Path, replicas: int, **environment: str
) -> AsyncIterator[tuple[Siege, Town, Weather]]:
    """So many programs in fair weather."""
    database = Database(url)
    async with open_town(1, share=0.0) as (town, over_slack, _):
        programs = make_replicas(replicas, folder, {**town.environment(), **environment}, url)
        siege = Siege(town, programs, database, 1)
        try:
            await siege.begin()
            yield siege, town, over_slack
        finally:
            await siege.end()
            await database.dispose()


@pytest.mark.parametrize("done", [False, True], ids=["on its way", "done and not heard of"])
async def test_killed_at_each_step_of_a_picture(tmp_path: Path, done: bool) -> None:
    """The picture is begun anew, and the message with it stands there once."""
    url = f"sqlite:///{tmp_path}/club.sqlite"
    room = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel")
    async with serving(url, tmp_path, 1) as (siege, town, weather):
        (replica,) = siege.replicas
        weather.done_when_stopped = done
        for step in STEPS:
            while len(town.rows) % 6:
                await town.put(siege.database, room, "digest")
            weather.stop = lambda request, step=step: step in request.path
            await town.put(siege.database, room, "digest")
            async with asyncio.timeout(PATIENCE):
                await weather.stopped.wait()
            await replica.kill()
            weather.stop = lambda _: False
            weather.stopped.clear()
            await replica.start()
            await siege.settle(PATIENCE)
        assert await siege.check() == []
        assert sorted(town.count_pictures().values()) == [1] * len(STEPS)


async def test_the_leader_is_killed_while_it_rings(tmp_path: Path, postgres: Postgres) -> None:
    """Three replicas; what is due and a regular thing happen once, wherever in it the leader dies."""
    folder = tmp_path / "moments"
    folder.mkdir()
    async with serving(postgres.make_database(), tmp_path, 3, **{FOLDER: str(folder)}) as (siege, town, _):
        wanted = []
        await until_begun(siege.database)
        for moment in MOMENTS:
            for begin in (plan_one, set_back):
                wanted.append(await begin(siege.database, moment))
                await kill_who_reached(siege, folder / wanted[-1])
        await until_posted(town, set(wanted))
        await siege.settle(PATIENCE)
        posted = [message["text"] for message in town.slack.channels[ROOM]]
        assert sorted(posted) == sorted(wanted)


async def until_begun(database: Database) -> None:
    """The regular things are known: from now on they owe what comes."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.reading() as tx:
                known = await occasions.find_last(tx)
            if {f"faults.{moment}" for moment in MOMENTS} <= set(known):
                return
            await asyncio.sleep(0.1)


async def plan_one(database: Database, moment: Moment) -> str:
    text = f"planned {moment}"
    async with database.transaction() as tx:
        await due.plan(
            tx,
            key=text,
            action=Post(text=text, moment=moment).pack(),
            account=HOUSE.model_dump(mode="json"),
            place=NOWHERE.model_dump(mode="json"),
            due_at=datetime.now(UTC),
        )
    return text


async def set_back(database: Database, moment: Moment) -> str:
    """The last occasion was two years ago, so one is due now."""
    two_years_ago = datetime.now(UTC) - timedelta(days=730)
    async with database.transaction() as tx:
        thing = update(OccasionRow).where(col(OccasionRow.key) == f"faults.{moment}")
        await tx.execute(thing.values(last_at=two_years_ago))
    return f"regular {moment}"


async def kill_who_reached(siege: Siege, reached: Path) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (number := find_number(reached)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    leader = next(one for one in siege.replicas if one.pid == number)
    await leader.kill()
    await leader.start()


def find_number(reached: Path) -> int | None:
    """Of the process that stands still there."""
    written = reached.read_text(encoding="utf-8") if reached.exists() else ""
    return int(written) if written else None


async def until_posted(town: Town, wanted: set[str]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not wanted <= {message["text"] for message in town.slack.channels[ROOM]}:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
