"""A database that cannot be used is told in one sentence, with what to look at and without its password."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.database import Database
from storage.unreachable import explain
from tests.postgres import Postgres


async def fail(url: str) -> str:
    database = Database(url)
    with pytest.raises((DBAPIError, OSError)) as problem:
        async with database.transaction() as tx:
            await tx.exec_driver_sql("SELECT 1")
    await database.dispose()
    return explain(database.url, problem.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:1", "PostgreSQL cannot be reached at 127.0.0.1:1: nothing listens there. Check that it runs"),
        ("nowhere.invalid", "PostgreSQL cannot be reached at nowhere.invalid:5432: there is no such host. Check"),
    ],
)
async def test_a_server_that_is_not_there(address: str, said: str) -> None:
    told = await fail(f"postgresql://club:geheim@{address}/club")
    assert told.startswith(said)
    assert "DATABASE_URL" in told
    assert "geheim" not in told


async def test_a_server_that_does_not_let_us_in(postgres: Postgres) -> None:
    right = make_url(postgres.make_database())
    for wrong in (right.set(database="nobase"), right.set(username="nobody")):
        told = await fail(wrong.render_as_string(hide_password=False))
        assert "does not let us in" in told
        assert "nobase" in told or "nobody" in told
        assert "Check the user, the password and the name of the database" in told


def test_a_file_that_cannot_be_opened() -> None:
    problem = OperationalError("SELECT 1", None, sqlite3.OperationalError("unable to open database file"))
    told = explain(make_url("sqlite+aiosqlite:///var/club.sqlite"), problem)
    right = "does not answer: unable to open database file. Check DATABASE_URL."
    assert told == f"The database sqlite:///var/club.sqlite {right}"
