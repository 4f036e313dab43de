"""What every test can ask for: a database of each kind, and a folder that is gone afterwards."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

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


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that was brought up to date once, to copy."""
    file = tmp_path_factory.mktemp("upgraded") / "club.sqlite"
    asyncio.run(_upgrade(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def upgraded_server(postgres: Postgres) -> str:
    """The same on PostgreSQL."""
    url = postgres.make_database()
    asyncio.run(_upgrade(url))
    return url


async def _upgrade(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.dispose()


@pytest.fixture
def upgraded_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """The same address, brought up to date: by copying, since fourteen migrations are most of a short test."""
    file = make_url(database_url)
    if file.get_backend_name() == "sqlite":
        shutil.copy(request.getfixturevalue("upgraded_file"), str(file.database))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        server.replace_by_copy(database_url, request.getfixturevalue("upgraded_server"))
    return database_url


@pytest.fixture
async def database(upgraded_url: str) -> AsyncIterator[Database]:
    """A database of each kind, up to date."""
    opened = Database(upgraded_url)
    yield opened
    await opened.dispose()
