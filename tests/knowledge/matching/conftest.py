"""Readers that several tests ask; built once, and kept between runs by what they were built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content import Knowledge
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.reader import Reader, build_reader

QUESTIONS = Path(__file__).parents[2] / "questions"
OTHER_ORGANISATION = QUESTIONS / "other_org"
THIRD_ORGANISATION = QUESTIONS / "housing_org"


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where vectors and models stay between test runs; two processes may build the same at once."""
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    return cache.mkdir("reading") if cache else tmp_path_factory.mktemp("reading")


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


@pytest.fixture(scope="session")
def housing() -> Knowledge:
    return load(THIRD_ORGANISATION)


@pytest.fixture(scope="session")
def housing_reader(housing: Knowledge, kept: Path) -> Reader:
    return build_reader(housing, kept)
