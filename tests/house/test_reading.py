"""The reading's own process: it learns while it answers, and knows it again after it died."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.reading import ReadingProcess
from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.teaching import Phrasing, find_added

_ODD = "Mag ik de kantinelijst van de week door een slimme hulp laten opmaken?"
_OTHER = "Kan een slimme hulp het dienstrooster van de kantine opfleuren?"


@pytest.fixture(scope="module")
def starter() -> Knowledge:
    return load(DEFAULT_FOLDER)


@pytest.fixture
async def reading(
    starter: Knowledge, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[ReadingProcess]:
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    process = ReadingProcess(starter, cache.mkdir("reading") if cache else tmp_path)
    await process.start()
    yield process
    await process.stop()


async def test_it_learns_between_questions_and_knows_it_after_it_died(reading: ReadingProcess) -> None:
    before, _, after = await asyncio.gather(
        reading.read(_ODD), reading.learn([Phrasing("notulen", _ODD)]), reading.read(_ODD)
    )
    assert (before.use_case, after.use_case) == (None, "notulen")
    await reading.learn([Phrasing("klantmail", _OTHER)])
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    again = await asyncio.gather(reading.read(_ODD), reading.read(_OTHER), reading.learn([]))
    assert [found.use_case for found in again[:2]] == ["notulen", "klantmail"]


async def test_new_knowledge_keeps_what_was_taught(reading: ReadingProcess, starter: Knowledge) -> None:
    await reading.learn([Phrasing("notulen", _ODD)])
    await reading.replace(starter)
    assert (await reading.read(_ODD)).use_case == "notulen"
    with pytest.raises(KeyError):
        await reading.learn([Phrasing("bestaat-niet", _ODD)])


def test_what_was_added_on_disk_is_found(starter: Knowledge) -> None:
    said = {**starter.phrasings, "notulen": {"nl": (*starter.phrasings["notulen"]["nl"], _ODD), "en": ()}}
    gone = replace(starter, use_cases=tuple(row for row in starter.use_cases if row.id != "klantmail"))
    assert find_added(starter, replace(starter, phrasings=said)) == [Phrasing("notulen", _ODD)]
    assert find_added(gone, starter) == [], "a row that is new is learned with everything else"
