"""How to reach each chat: kept on SQLite and PostgreSQL, moved when Teams moves, forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import retention, teams
from storage.database import Database
from storage.teams import TeamsConversation, TeamsPerson

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHAT = TeamsConversation("a:1", "T1", "direct", "https://emea.example/", "28:bot")
ROOM = TeamsConversation("19:room@thread.tacv2", "T2", "channel", "https://amer.example/", "28:bot")
ANNA = TeamsPerson("T1", "29:anna", "a:1", "a:1", "Europe/Brussels")


async def test_the_newest_address_is_kept(database: Database) -> None:
    moved = TeamsConversation("a:1", "T1", "direct", "https://apac.example/", "28:bot")
    async with database.transaction() as tx:
        await teams.remember_conversation(tx, CHAT, NOW)
        await teams.remember_conversation(tx, moved, NOW + timedelta(days=1))
        await teams.remember_conversation(tx, ROOM, NOW)
    async with database.reading() as tx:
        assert await teams.find_conversation(tx, "a:1") == moved
        assert await teams.find_conversation(tx, "a:2") is None
        assert await teams.find_newest_conversation(tx, "T2") == ROOM
        assert await teams.find_newest_conversation(tx, "") == moved
        assert await teams.find_newest_conversation(tx, "T3") is None


async def test_what_is_not_known_now_stays_as_it_was(database: Database) -> None:
    async with database.transaction() as tx:
        await teams.remember_person(tx, ANNA, NOW)
        await teams.remember_person(tx, TeamsPerson("T1", "29:anna", None, ROOM.id, None), NOW)
    async with database.reading() as tx:
        known = await teams.find_teams_person(tx, "T1", "29:anna")
        assert known == TeamsPerson("T1", "29:anna", "a:1", ROOM.id, "Europe/Brussels")
        assert await teams.find_teams_person(tx, "T2", "29:anna") is None


async def test_a_removed_bot_forgets_the_chat_and_an_erased_person_is_gone(database: Database) -> None:
    async with database.transaction() as tx:
        await teams.remember_conversation(tx, CHAT, NOW)
        await teams.remember_person(tx, ANNA, NOW)
        await teams.forget_conversation(tx, "a:1")
        known = await teams.find_teams_person(tx, "T1", "29:anna")
        assert known is not None
        assert known.direct is None
        await teams.remember_person(tx, ANNA, NOW)
        await teams.remember_conversation(tx, CHAT, NOW)
        await teams.forget_teams_person(tx, "T1", "29:anna")
        assert await teams.find_teams_person(tx, "T1", "29:anna") is None
        assert await teams.find_conversation(tx, "a:1") is None


async def test_what_was_not_seen_for_long_is_deleted(database: Database) -> None:
    async with database.transaction() as tx:
        await teams.remember_conversation(tx, CHAT, NOW - timedelta(days=401))
        await teams.remember_conversation(tx, ROOM, NOW)
        await teams.remember_person(tx, ANNA, NOW - timedelta(days=401))
        assert (await retention.tidy(tx, NOW))["teams_references"] == 2
        assert await teams.find_conversation(tx, ROOM.id) == ROOM
