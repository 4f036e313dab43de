"""A changed file is taken into use; a broken one is not, and the admin hears it once."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.conversations.lab.actions import LookAgain
from bot.delivery import OutboxWorker
from bot.watching import KnowledgeWatch
from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER
from knowledge.watching import Shelf
from storage import due, people
from storage.database import Database
from storage.people import Profile
from tests.conversations.dialog import PlainPlatform, TestClock, text_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "knowledge"))


async def test_a_broken_file_keeps_the_old_and_is_told_once_and_so_is_the_mending(
    database: Database, folder: Path
) -> None:
    clock, platform, taken = TestClock(), PlainPlatform(), list[Knowledge]()

    async def replace(knowledge: Knowledge) -> None:
        taken.append(knowledge)

    async with database.transaction() as tx:
        admin = await people.get_or_add_person(tx, "plain", "", "adam", clock())
        await people.save_profile(tx, admin, Profile("Adam", "Adam@Example.com"), clock())
    admins = ("adam@example.com", "nobody@example.com")
    shelf, wants_to_know = Shelf(folder), Conversation("lab")
    wants_to_know.on_agreed(LookAgain())
    watch = KnowledgeWatch(shelf, replace, database, admins, clock, [wants_to_know])
    worker = OutboxWorker(database, {"plain": platform}, clock)

    async def look() -> list[str]:
        for _ in range(3):  # a change counts when it is seen twice the same
            await watch.look()
        while claimed := await worker.claim():
            for message in claimed:
                await worker.deliver(message)
        return [text_of(message.card) for message in platform.shown.values()]

    matrix = folder / "matrix.yaml"
    right = matrix.read_text(encoding="utf-8")
    assert await look() == []
    matrix.write_text(right.replace("openbaar: mag,", "openbaar: magg,", 1), encoding="utf-8")
    (told,) = await look()
    assert "één fout in de kennisbestanden" in told
    assert "matrix.yaml" in told
    assert "magg" in told
    assert taken == []
    assert len(await look()) == 1, "once for each breakage"
    title = "Een mail of brief aan een klant opstellen of herschrijven"
    matrix.write_text(right.replace(title, "Een briefje aan een klant", 1), encoding="utf-8")
    assert "kloppen weer" in (await look())[-1]
    assert taken[-1].use_cases[0].title.nl == "Een briefje aan een klant"
    assert shelf.current is taken[-1]
    told_now = await until_told(database, clock, 1)
    assert told_now == [LookAgain().pack()], "once it is read by"
    await KnowledgeWatch(shelf, replace, database, admins, clock, [wants_to_know]).begin()
    assert await until_told(database, clock, 1) == told_now, "another process has the same: once for all"


async def until_told(database: Database, clock: TestClock, number: int) -> list[str]:
    """What the clock is to bring back; what is read by is readied beside the looking."""
    planned: list[str] = []
    for _ in range(500):
        async with database.reading() as tx:
            planned = [one.action for one in await due.find_due(tx, clock() + timedelta(minutes=1), 9)]
        if len(planned) >= number:
            break
        await asyncio.sleep(0.01)
    return planned
