"""What every test can ask for: a database of each kind, and a folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.database import Database
from storage.migrations import upgrade
from tests.postgres import Postgres

# Machines are shared: how long an example takes says nothing about whether it is right.
settings.register_profile("club", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("club")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """One real PostgreSQL server for this test process."""
    with Postgres(tmp_path_factory.mktemp("pg")) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/club.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.make_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of each kind, brought up to date."""
    opened = Database(database_url)
    await upgrade(opened)
    yield opened
    await opened.dispose()
