"""One truth: the files seed the database, every replica follows it, and what people agreed is never overwritten."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.in_force import make_version
from bot.settings import Settings
from knowledge.library import DEFAULT_FOLDER
from storage import matrix
from storage.database import Database
from storage.matrix import Wanted
from tests.platforms.reading import read

ROW = "klantmail"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "knowledge"))


def make_app(url: str, folder: Path) -> App:
    settings = Settings(_env_file=None, database_url=url, knowledge=folder, cache=folder, web=True)
    return App(settings, read=read)


@asynccontextmanager
async def replicas(url: str, folder: Path, number: int) -> AsyncIterator[list[App]]:
    """They look when told, so that a test decides who knows what."""
    async with AsyncExitStack() as stack:
        apps = [make_app(url, folder) for _ in range(number)]
        for app in apps:
            stack.push_async_callback(app.database.dispose)
            await app.watch.begin()
        yield apps


async def agree(app: App, verdict: str) -> None:
    """As an approving turn does it."""
    async with app.database.transaction() as tx:
        held = await matrix.find_version(tx, "row", ROW)
        assert held is not None and held.content is not None
        content = {**held.content, "verdicts": {**held.content["verdicts"], "intern": verdict}}
        standing = (await matrix.list_standing(tx))["row", ROW]
        version = make_version("row", ROW, content, standing, app.now(), source="chat")
        await matrix.add_versions(tx, [replace(version, why="afgesproken")], app.now())


def verdict_of(app: App) -> str:
    return str(app.shelf.current.get_use_case(ROW).verdicts["intern"])


def write(folder: Path, old: str, new: str) -> None:
    path = folder / "matrix.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def look(app: App) -> None:
    """A changed file counts when it is seen twice the same."""
    await app.watch.look()
    await app.watch.look()


async def test_the_files_are_kept_once_and_hold_since_the_day_they_say(database: Database, folder: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with replicas(url, folder, 3) as apps:
        async with database.reading() as tx:
            history = await matrix.list_history(tx, "row", ROW)
        row = apps[0].shelf.current.get_use_case(ROW)
        (first,) = history
        day = first.since.astimezone(ZoneInfo("Europe/Amsterdam")).date()
        assert (first.version, first.source, day) == (1, "file", row.since)
        assert {app.shelf.current.revision for app in apps} == {apps[0].shelf.current.revision}


async def test_what_is_agreed_on_one_replica_is_in_force_on_the_others(database: Database, folder: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with replicas(url, folder, 2) as (one, other):
        assert verdict_of(other) == "mag_mits"
        await agree(one, "mag_niet")
        await one.watch.look()
        await other.watch.look()
        assert verdict_of(one) == verdict_of(other) == "mag_niet"
        row = other.shelf.current.get_use_case(ROW)
        assert (row.version, row.since) == (2, one.now().date())
    async with replicas(url, folder, 1) as (later,):
        assert verdict_of(later) == "mag_niet", "a restart changes nothing"


async def test_a_file_is_the_source_of_what_nobody_changed_elsewhere(database: Database, folder: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with replicas(url, folder, 2) as (one, other):
        write(folder, "intern: mag_mits", "intern: mag_niet")
        await look(one)
        await look(other)
        assert verdict_of(one) == verdict_of(other) == "mag_niet"
        assert one.shelf.current.revision == other.shelf.current.revision
        async with database.reading() as tx:
            history = await matrix.list_history(tx, "row", ROW)
            assert await matrix.list_differences(tx) == []
        assert [one.source for one in history] == ["file", "file"]


async def test_a_file_never_undoes_what_people_agreed(database: Database, folder: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with replicas(url, folder, 2) as (one, other):
        await agree(one, "mag_niet")
        await one.watch.look()
        write(folder, "intern: mag_mits", "intern: mag")
        for app in (one, other):
            await look(app)
        assert verdict_of(one) == verdict_of(other) == "mag_niet"
        async with database.transaction() as tx:
            (difference,) = await matrix.list_differences(tx)
            assert (difference.ref, difference.state) == (ROW, "new")
            assert difference.content is not None
            assert difference.content["verdicts"]["intern"] == "mag"
        write(folder, "intern: mag,", "intern: mag_mits,")  # put back: no difference any more
        await look(one)
        async with database.reading() as tx:
            assert await matrix.list_differences(tx) == []
        assert verdict_of(one) == "mag_niet"


async def test_as_it_was_on_a_day(database: Database, folder: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with replicas(url, folder, 1) as (app,):
        before = app.now()
        await agree(app, "mag_niet")
        async with database.reading() as tx:
            wanted = Wanted("row", words="MAIL klant")
            (now,) = [one for one in await matrix.find_page(tx, wanted, skip=0, most=50) if one.ref == ROW]
            then = replace(wanted, at=before)
            (was,) = [one for one in await matrix.find_page(tx, then, skip=0, most=50) if one.ref == ROW]
            never = replace(wanted, at=before - timedelta(days=4_000))
            assert await matrix.count(tx, never) == 0
            assert await matrix.count(tx, wanted) == await matrix.count(tx, then)
        assert now.content is not None and was.content is not None
        assert (now.content["verdicts"]["intern"], was.content["verdicts"]["intern"]) == ("mag_niet", "mag_mits")


async def test_a_database_that_is_away_keeps_nobody_from_the_files(folder: Path, tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path}/empty.sqlite", folder)  # no tables at all
    write(folder, "intern: mag_mits", "intern: mag_niet")
    for _ in range(2):
        with pytest.raises(Exception, match="matrix_state"):
            await app.watch.look()
    assert verdict_of(app) == "mag_niet"
    await app.database.dispose()
