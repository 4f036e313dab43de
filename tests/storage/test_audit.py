"""The audit log finds every kind of tampering, whoever adds at once, and never stops an act."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import audit, roles
from storage.audit import Flaw
from storage.database import Database
from storage.migrations import upgrade
from storage.sealing import Anchor, Sealing, WrongKey

NOW = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)
KEY = "a key that is long enough"


@pytest.fixture
async def kept(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """With a log of ten lines."""
    opened = Database(database_url, Sealing(tmp_path / "audit", key=KEY, log_name=database_url))
    await upgrade(opened)
    for count in range(10):
        await act(opened, f"row:{count + 1}")
    yield opened
    await opened.dispose()


async def act(database: Database, about: str) -> None:
    async with database.transaction() as tx:
        await audit.add(tx, actor="a" * 32, act="matrix.changed", about=about, details={"naar": "mág"}, now=NOW)


async def tamper(database: Database, *statements: str) -> list[Flaw]:
    async with database.transaction() as tx:
        for statement in statements:
            await tx.execute(text(statement))
    return await look(database)


async def look(database: Database) -> list[Flaw]:
    async with database.reading() as tx:
        return [flaw async for flaw in audit.find_flaws(tx, database.sealing)]


async def test_a_log_nobody_touched_is_whole_and_reads_back(kept: Database) -> None:
    assert await look(kept) == []
    async with kept.reading() as tx:
        newest, _ = await audit.find_lines(tx, most=2)
        assert [line.number for line in await audit.find_lines(tx, about="row:3")] == [3]
        assert await audit.count_lines(tx) == 10
    assert (newest.number, newest.at, newest.act, newest.details) == (10, NOW, "matrix.changed", {"naar": "mág"})


@pytest.mark.parametrize(
    ("statements", "flaws"),
    [
        (["UPDATE audit_lines SET actor = 'b' WHERE number = 4"], [Flaw("changed", 4)]),
        (["UPDATE audit_lines SET details = '{}' WHERE number = 10"], [Flaw("changed", 10)]),
        (["DELETE FROM audit_lines WHERE number IN (5, 6)"], [Flaw("missing", 5, 6)]),
        (["DELETE FROM audit_lines WHERE number = 1"], [Flaw("missing", 1, 1)]),
        (["DELETE FROM audit_lines WHERE number > 7"], [Flaw("cut_off", 8, 10)]),
        (["DELETE FROM audit_lines"], [Flaw("cut_off", 1, 10)]),
        (["UPDATE audit_lines SET key_id = '00000000' WHERE number = 3"], [Flaw("other_key", 3)]),
        (
            [
                "DELETE FROM audit_lines WHERE number = 5",
                "UPDATE audit_lines SET number = number - 1 WHERE number > 5",
            ],
            [Flaw("changed", 5), *(Flaw("changed", n) for n in range(6, 10)), Flaw("cut_off", 10, 10)],
        ),
    ],
)
async def test_tampering_is_found_where_it_was_done(
    kept: Database, statements: list[str], flaws: list[Flaw]
) -> None:
    assert await tamper(kept, *statements) == flaws


async def test_a_line_that_was_put_in_fits_nowhere(kept: Database) -> None:
    columns = "number, at, actor, act, about, details, key_id, seal"
    copied = (
        f"INSERT INTO audit_lines SELECT 11, {columns.removeprefix('number, ')} FROM audit_lines WHERE number = 10"
    )
    assert await tamper(kept, copied) == [Flaw("changed", 11)]


async def test_a_whole_new_chain_by_somebody_with_another_key_is_found(kept: Database, database_url: str) -> None:
    async with kept.transaction() as tx:
        await tx.execute(text("DELETE FROM audit_lines"))
    forger = Database(database_url, Sealing(key="the key of somebody else"))
    for count in range(10):
        await act(forger, f"row:{count + 1}")
    await forger.dispose()
    assert await look(kept) == [Flaw("other_key", number) for number in range(1, 11)]


async def test_a_whole_new_chain_with_the_right_key_is_not_what_was_anchored(kept: Database) -> None:
    anchors = kept.sealing.anchor_file
    assert anchors is not None
    was = anchors.read_text()
    async with kept.transaction() as tx:
        await tx.execute(text("DELETE FROM audit_lines"))
    for _ in range(10):
        await act(kept, "row:another")
    anchors.write_text(was)
    assert await look(kept) == [Flaw("not_as_anchored", number) for number in range(1, 11)]


async def test_an_act_that_failed_leaves_no_line_and_no_anchor(kept: Database) -> None:
    with pytest.raises(RuntimeError):
        async with kept.transaction() as tx:
            await audit.add(tx, actor=None, act="matrix.changed", about="row:x", now=NOW)
            raise RuntimeError
    await act(kept, "row:11")
    assert await look(kept) == []
    assert [anchor.number for anchor in kept.sealing.read_anchors()] == list(range(1, 12))


async def test_forty_acts_at_once_make_one_chain(kept: Database, database_url: str, tmp_path: Path) -> None:
    replica = Database(database_url, Sealing(tmp_path / "audit", key=KEY, log_name=database_url))
    await asyncio.gather(*(act((kept, replica)[n % 2], f"row:{n}") for n in range(40)))
    await replica.dispose()
    assert await look(kept) == []
    async with kept.reading() as tx:
        assert await audit.count_lines(tx) == 50


async def test_giving_and_taking_a_role_leaves_a_line(kept: Database) -> None:
    from storage import people

    async with kept.transaction() as tx:
        person = await people.get_or_add_person(tx, "plain", "", "anna", NOW)
        for _ in range(2):
            await roles.give(tx, person.id, "ai_lab", NOW)
        await roles.take(tx, person.id, "ai_lab", NOW, taken_by=person.id)
        lines = await audit.find_lines(tx, about=f"person:{person.id}")
    assert [(line.act, line.actor, line.details) for line in lines] == [
        ("roles.taken", person.id, {"role": "ai_lab"}),
        ("roles.given", None, {"role": "ai_lab"}),
    ]


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    keys = {Sealing(tmp_path).key for _ in range(3)}
    assert len(keys) == 1 and len(keys.pop()) == 64
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="16 characters"):
        Sealing(key="short")
    (tmp_path / "key").write_text("short")
    with pytest.raises(WrongKey, match="16 characters"):
        _ = Sealing(tmp_path).key


def test_an_anchor_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    Sealing(tmp_path / "file", key=KEY).anchor(Anchor(1, "x"))
    sealing = Sealing(tmp_path / "audit", key=KEY)
    sealing.anchor(Anchor(1, "x"))
    assert sealing.anchor_file is not None
    with sealing.anchor_file.open("a") as anchors:
        anchors.write('{"number": 2, "se')
    assert list(sealing.read_anchors()) == [Anchor(1, "x")]
