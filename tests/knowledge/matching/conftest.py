"""Readers that several tests ask; built once, and kept between runs by what they were built from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.reader import Reader, build_reader

QUESTIONS = Path(__file__).parents[2] / "questions"
OTHER_ORGANISATION = QUESTIONS / "other_org"
THIRD_ORGANISATION = QUESTIONS / "housing_org"
FOURTH_ORGANISATION = QUESTIONS / "town_org"
ReaderOf = Callable[[Knowledge], Reader]


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where vectors and models stay between test runs; two processes may build the same at once."""
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    return cache.mkdir("reading") if cache else tmp_path_factory.mktemp("reading")


@pytest.fixture(scope="session")
def apart(kept: Path, hospital_reader: Reader) -> Callable[[Knowledge], Path]:
    """Where what only one test asks for stays, so that it takes nobody's place; what is encoded it starts with."""

    def make(knowledge: Knowledge) -> Path:
        folder = kept / knowledge.fingerprint.replace(" ", "-")
        if not folder.exists():
            folder.mkdir()
            for file in (*kept.glob("vectors-*"), *kept.glob("dictionary-*"), *kept.glob("starter-*")):
                (folder / file.name).symlink_to(file)
        return folder

    return make


@pytest.fixture(scope="session")
def read_apart(apart: Callable[[Knowledge], Path]) -> ReaderOf:
    return lambda knowledge: build_reader(knowledge, apart(knowledge))


@pytest.fixture(scope="session")
def starter() -> Knowledge:
    return load(DEFAULT_FOLDER)


@pytest.fixture(scope="session")
def hospital() -> Knowledge:
    return load(OTHER_ORGANISATION)


@pytest.fixture(scope="session")
def reader(starter: Knowledge, kept: Path) -> Reader:
    return build_reader(starter, kept)


@pytest.fixture(scope="session")
def hospital_reader(hospital: Knowledge, kept: Path) -> Reader:
    return build_reader(hospital, kept)


LATER_SAID = "Hoeveel milligram per kilo, mag AI dat bepalen?"
LATER_AGREED = "personeel-kiezen"


@pytest.fixture(scope="session")
def before_it_was_said(hospital: Knowledge) -> Knowledge:
    """The hospital when nobody had said LATER_SAID, which is one of its examples."""
    rows = tuple(
        replace(
            row, examples={**row.examples, "nl": tuple(said for said in row.examples["nl"] if said != LATER_SAID)}
        )
        for row in hospital.use_cases
    )
    return replace(hospital, use_cases=rows, fingerprint="before it was said")


@pytest.fixture(scope="session")
def earlier_reader(before_it_was_said: Knowledge, read_apart: ReaderOf) -> Reader:
    """Of when LATER_AGREED was not agreed on either."""
    rows = tuple(row for row in before_it_was_said.use_cases if row.id != LATER_AGREED)
    return read_apart(replace(before_it_was_said, use_cases=rows, fingerprint="before it was agreed"))


@pytest.fixture(scope="session")
def housing() -> Knowledge:
    return load(THIRD_ORGANISATION)


@pytest.fixture(scope="session")
def housing_reader(housing: Knowledge, kept: Path) -> Reader:
    return build_reader(housing, kept)


@pytest.fixture(scope="session")
def town() -> Knowledge:
    return load(FOURTH_ORGANISATION)


@pytest.fixture(scope="session")
def town_reader(town: Knowledge, kept: Path) -> Reader:
    return build_reader(town, kept)
