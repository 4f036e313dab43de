"""Links and sessions of pages on both databases: once, for a while, for one person, and never guessed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import page_sessions, people
from storage.database import Database
from storage.tables.page_sessions import PageLinkRow, PageSessionRow
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def link_for(tx: Transaction, name: str, path: str = "/deliveries") -> tuple[str, str]:
    person = await people.get_or_add_person(tx, "slack", "T1", name, NOW)
    return person.id, await page_sessions.make_link(tx, person.id, path, NOW)


async def test_a_link_opens_once(database: Database) -> None:
    async with database.transaction() as tx:
        noor, secret = await link_for(tx, "noor")
        assert (await page_sessions.find_link(tx, secret, NOW)) == page_sessions.Link(noor, "/deliveries", True)
        entered = await page_sessions.enter(tx, secret, NOW)
        assert entered is not None
        assert entered.path == "/deliveries"
        assert await page_sessions.enter(tx, secret, NOW) is None
        looking = await page_sessions.find_looking(tx, entered.secret, NOW)
        assert looking is not None
        assert looking.person_id == noor
        assert await page_sessions.find_looking(tx, secret, NOW) is None, "a link is no session"
        assert await page_sessions.enter(tx, entered.secret, NOW) is None, "nor a session a link"


async def test_of_many_who_press_at_once_one_comes_in(database: Database) -> None:
    async with database.transaction() as tx:
        _, secret = await link_for(tx, "noor")

    async def press() -> bool:
        async with database.transaction() as tx:
            return await page_sessions.enter(tx, secret, NOW) is not None

    assert sum(await asyncio.gather(*(press() for _ in range(8)))) == 1


async def test_links_and_sessions_expire(database: Database) -> None:
    async with database.transaction() as tx:
        _, secret = await link_for(tx, "noor")
        _, late = await link_for(tx, "noor")
        entered = await page_sessions.enter(tx, secret, NOW + timedelta(minutes=9))
        assert entered is not None
        assert await page_sessions.enter(tx, late, NOW + timedelta(minutes=10)) is None
        assert await page_sessions.find_looking(tx, entered.secret, NOW + timedelta(hours=8)) is not None
        assert await page_sessions.find_looking(tx, entered.secret, NOW + timedelta(hours=9)) is None
        assert await page_sessions.forget(tx, NOW + timedelta(minutes=20)) == 2
        assert await page_sessions.find_looking(tx, entered.secret, NOW + timedelta(hours=8)) is not None
        assert await page_sessions.forget(tx, NOW + timedelta(hours=9)) == 1


async def test_signing_out_closes_all_of_one_person_and_nobody_else_s(database: Database) -> None:
    async with database.transaction() as tx:
        noor, first = await link_for(tx, "noor")
        _, second = await link_for(tx, "noor")
        _, open_link = await link_for(tx, "noor")
        _, other = await link_for(tx, "bram")
        sessions = [await page_sessions.enter(tx, secret, NOW) for secret in (first, second, other)]
        assert await page_sessions.end_all(tx, noor) == 2
        left = [await page_sessions.find_looking(tx, one.secret, NOW) for one in sessions if one]
        assert [looking is None for looking in left] == [True, True, False]
        assert await page_sessions.enter(tx, open_link, NOW) is None


async def test_the_database_holds_no_secret(database: Database) -> None:
    async with database.transaction() as tx:
        _, secret = await link_for(tx, "noor")
        entered = await page_sessions.enter(tx, secret, NOW)
        assert entered is not None
        kept = [(await tx.execute(select(table))).all() for table in (PageLinkRow, PageSessionRow)]
    assert secret not in repr(kept)
    assert entered.secret not in repr(kept)
    assert len(secret) >= 43


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "deliveries", "/a b"]
)
async def test_a_link_leads_nowhere_else(database: Database, path: str) -> None:
    async with database.transaction() as tx:
        with pytest.raises(ValueError, match="page of ours"):
            await link_for(tx, "noor", path)


@pytest.mark.parametrize("guess", ["", "x", "\x00", "é" * 5000, "\udcff"])
async def test_nonsense_is_no_secret(database: Database, guess: str) -> None:
    async with database.transaction() as tx:
        assert await page_sessions.find_link(tx, guess, NOW) is None
        assert await page_sessions.enter(tx, guess, NOW) is None
        assert await page_sessions.find_looking(tx, guess, NOW) is None
