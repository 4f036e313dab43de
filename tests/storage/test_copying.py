"""From SQLite to a real PostgreSQL: every value arrives, what cannot go is named, and half a copy is none."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import migrations
from storage.copying import CopyRefused, copy
from storage.database import Database
from storage.migrations import UnknownRevision, downgrade, upgrade
from storage.tables import metadata
from tests.postgres import Postgres
from tests.storage.filled import fill, read_all
from tests.storage.test_outbox import put, states

ROWS = 2_345
"""More than two batches, and no whole number of them."""


@pytest.fixture
async def old(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/club.sqlite")
    await upgrade(database)
    yield database
    await database.dispose()


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test takes a copy."""
    file = tmp_path_factory.mktemp("full") / "club.sqlite"

    async def make() -> None:
        database = Database(f"sqlite:///{file}")
        await upgrade(database)
        async with database.transaction() as tx:
            await fill(tx, ROWS)
        await database.dispose()

    asyncio.run(make())
    return file


@pytest.fixture
async def full(full_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{shutil.copy(full_file, tmp_path / 'full.sqlite')}")
    yield database
    await database.dispose()


@pytest.fixture
async def new(postgres: Postgres) -> AsyncIterator[Database]:
    database = Database(postgres.make_database())
    yield database
    await database.dispose()


async def everything(database: Database) -> dict[str, list[dict[str, object]]]:
    async with database.reading() as tx:
        return await read_all(tx)


async def is_empty(database: Database) -> bool:
    return not any((await everything(database)).values())


def change(file: Path, sql: str) -> None:
    """As a hand would, past the program."""
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(sql)
    connection.close()


async def test_every_value_arrives_and_the_club_goes_on_there(full: Database, new: Database) -> None:
    seen: list[tuple[int, int]] = []
    counts = await copy(full, new, lambda _, done, of: seen.append((done, of)))
    assert counts == {table.name: ROWS for table in metadata.sorted_tables}
    assert await everything(new) == await everything(full)
    total = 2 * ROWS * len(counts)
    assert seen[-1] == (total, total)
    before = (await states(new)).get("waiting", 0)
    await put(new, "the next one")
    assert (await states(new))["waiting"] == before + 1
    async with new.reading() as tx:
        assert (await tx.execute(text("SELECT max(id) FROM outbox"))).scalar_one() == ROWS + 1


async def test_an_empty_club_is_copied_and_begins_at_one(old: Database, new: Database) -> None:
    assert set((await copy(old, new)).values()) == {0}
    await put(new, "the first one")
    async with new.reading() as tx:
        assert (await tx.execute(text("SELECT id FROM outbox"))).scalar_one() == 1


async def test_a_target_that_holds_data_is_left_alone(old: Database, new: Database) -> None:
    await upgrade(new)
    await put(new, "somebody else's")
    before = await everything(new)
    await put(old, "ours")
    with pytest.raises(CopyRefused, match="holds data already, in outbox"):
        await copy(old, new)
    assert await everything(new) == before


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (
            "UPDATE outbox SET platform_id = printf('%.*c', 300, 'x') WHERE id = 1501",
            "row 1501 of outbox.*too long",
        ),
        ("UPDATE people SET name = 'a' || char(0) || 'b' WHERE id = '77'", "row 77 of people"),
        ("UPDATE outbox SET attempts = 3000000000 WHERE id = 2", "row 2 of outbox"),
        ("UPDATE questions SET reading = '{\"n\": NaN}' WHERE id = '5'", "row 5 of questions"),
        ("UPDATE askers SET person_id = 'nobody' WHERE question_id = '9'", "row 9 of askers.*foreign key"),
    ],
)
async def test_a_row_that_postgresql_does_not_take_is_named_and_nothing_is_copied(
    full: Database, new: Database, harm: str, says: str
) -> None:
    change(Path(full.url.database or ""), harm)
    with pytest.raises(CopyRefused, match=f"(?s){says}"):
        await copy(full, new)
    assert await is_empty(new)


async def test_a_value_that_would_arrive_otherwise_is_found(old: Database, new: Database) -> None:
    async with old.transaction() as tx:
        await fill(tx, 10)
    await upgrade(new)
    async with new.transaction() as tx:
        await tx.execute(text(TAMPER))
        await tx.execute(text("CREATE TRIGGER tamper BEFORE INSERT ON due FOR EACH ROW EXECUTE FUNCTION tamper()"))
    with pytest.raises(CopyRefused, match="Row 7 of due is not the same"):
        await copy(old, new)
    assert await is_empty(new)


async def test_a_row_that_would_get_lost_or_be_added_is_found(old: Database, new: Database) -> None:
    async with old.transaction() as tx:
        await fill(tx, 10)
    await upgrade(new)
    async with new.transaction() as tx:
        await tx.execute(text("CREATE RULE lose AS ON INSERT TO due WHERE NEW.key = '9' DO INSTEAD NOTHING"))
    with pytest.raises(CopyRefused, match="Row 9 of due is not the same"):
        await copy(old, new)
    assert await is_empty(new)


TAMPER = """
CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.key = '7' THEN NEW.due_at := NEW.due_at + interval '1 microsecond'; END IF; RETURN NEW; END $$
"""


async def test_an_older_file_is_to_be_upgraded_first(old: Database, new: Database) -> None:
    await downgrade(old, "0003")
    with pytest.raises(CopyRefused, match=r"at revision 0003 .* `prompt-club db upgrade` first"):
        await copy(old, new)


async def test_a_newer_file_or_target_says_which_program_it_needs(old: Database, new: Database) -> None:
    change(Path(old.url.database or ""), "UPDATE alembic_version SET version_num = '9998'")
    with pytest.raises(UnknownRevision, match="9998"):
        await copy(old, new)
    change(Path(old.url.database or ""), f"UPDATE alembic_version SET version_num = '{migrations.find_newest()}'")
    await upgrade(new)
    async with new.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnknownRevision, match=r"9999.*Install the newer"):
        await copy(old, new)


async def test_only_from_a_file_that_is_there_to_postgresql(old: Database, new: Database, tmp_path: Path) -> None:
    with pytest.raises(CopyRefused, match="from an SQLite file"):
        await copy(new, old)
    with pytest.raises(CopyRefused, match="not there"):
        await copy(Database(f"sqlite:///{tmp_path}/other.sqlite"), new)
    assert not (tmp_path / "other.sqlite").exists()
