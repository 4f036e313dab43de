"""The reading's own process: it learns while it answers, and knows it again after it died."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.reading import ReadingProcess
from knowledge.content import Knowledge, Wording
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.known import Known
from knowledge.matching.teaching import Phrasing, find_added

_ODD = "Mag ik de kantinelijst van de week door een slimme hulp laten opmaken?"
_OTHER = "Kan een slimme hulp het dienstrooster van de kantine opfleuren?"


@pytest.fixture(scope="module")
def starter() -> Knowledge:
    return load(DEFAULT_FOLDER)


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    return cache.mkdir("reading") if cache else tmp_path_factory.mktemp("reading")


@pytest.fixture
async def reading(starter: Knowledge, kept: Path) -> AsyncIterator[ReadingProcess]:
    process = ReadingProcess(starter, kept)
    await process.start()
    yield process
    await process.stop()


async def test_it_learns_between_questions_and_knows_it_after_it_died(reading: ReadingProcess) -> None:
    before, _, after = await asyncio.gather(
        reading.read(_ODD), reading.learn([Phrasing("notulen", _ODD)]), reading.read(_ODD)
    )
    assert (before.use_case, after.use_case) == (None, "notulen")
    told = await reading.explain(_ODD)
    assert (told.reading, told.why) == (after, "settled")
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
    await reading.wait_until_learned()
    assert (await reading.read(_ODD)).use_case == "notulen"
    with pytest.raises(KeyError):
        await reading.learn([Phrasing("bestaat-niet", _ODD)])


def with_a_new_row(knowledge: Knowledge) -> Knowledge:
    row = replace(
        knowledge.get_use_case("presentatie"),
        id="kantinelijst",
        title=Wording("De kantinelijst laten opmaken", "Having the canteen list made"),
        examples={"nl": (_ODD,), "en": ("May a smart helper lay out the canteen list of the week?",)},
    )
    return replace(knowledge, use_cases=(*knowledge.use_cases, row), fingerprint="with a new row")


async def test_a_row_that_is_added_is_read_before_it_is_learned(
    reading: ReadingProcess, starter: Knowledge
) -> None:
    assert (await reading.read(_ODD)).use_case is None
    await reading.replace(with_a_new_row(starter))
    assert (await reading.read(_ODD)).use_case == "kantinelijst"
    await reading.replace(starter)
    assert (await reading.read(_ODD)).use_case is None


async def test_a_question_that_takes_too_long_is_given_up_and_the_next_is_read(
    starter: Knowledge, kept: Path
) -> None:
    process = ReadingProcess(starter, kept, at_most=0.0)
    await process.start()
    try:
        with pytest.raises(TimeoutError):
            await process.read(_ODD)
        await process.learn([Phrasing("notulen", _ODD)])  # in another process by now
    finally:
        await process.stop()


def test_what_was_added_on_disk_is_found(starter: Knowledge) -> None:
    said: dict[str, Any] = {
        **starter.phrasings,
        "notulen": {"nl": (*starter.phrasings["notulen"]["nl"], _ODD), "en": ()},
    }
    gone = replace(starter, use_cases=tuple(row for row in starter.use_cases if row.id != "klantmail"))
    assert find_added(starter, replace(starter, phrasings=said)) == [Known(_ODD, "notulen")]
    assert {known.label for known in find_added(gone, starter)} == {"klantmail"}
