"""Years in fast motion beside a paper calendar: the same reminders on the same days, and the same figures.

A few people for half a year here; 2,000 for ten years with `make years` (DIPLOMA_PEOPLE, DIPLOMA_DAYS).
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.content import Knowledge
from storage.database import Database
from tests.conversations.slow_calendar import is_working_day
from tests.conversations.town_of_years import Town

PEOPLE = int(os.environ.get("DIPLOMA_PEOPLE", "30"))
DAYS = int(os.environ.get("DIPLOMA_DAYS", "180"))


@pytest.fixture
async def one_file(upgraded_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The days are what it is about, not the database."""
    shutil.copy(upgraded_file, tmp_path / "town.sqlite")
    database = Database(f"sqlite:///{tmp_path}/town.sqlite")
    yield database
    await database.dispose()


async def test_reminders_and_figures_are_those_of_a_paper_calendar(
    one_file: Database, knowledge: Knowledge
) -> None:
    town = Town(one_file, knowledge, PEOPLE, seed=7)
    await town.settle_in()
    for _ in range(DAYS // 30):
        await town.live(30)
        assert await town.count() == town.count_on_paper(), town.day
    assert sorted(town.sent) == sorted(town.clerk.sent)
    assert len(town.sent) > PEOPLE, "something was sent"
    assert all(is_working_day(day) for day, *_ in town.sent)
    assert max(Counter(town.sent).values()) == 1
