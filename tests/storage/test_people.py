"""People on both databases: one person behind several accounts, and where to reach them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import people, questions
from storage.database import Database
from storage.people import Profile
from tests.storage.asking import ask

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def test_an_account_is_met_once(database: Database) -> None:
    async with database.transaction() as tx:
        first = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        again = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        other = await people.get_or_add_person(tx, "slack", "T2", "U1", NOW)
    assert first.id == again.id
    assert first.id != other.id, "another workspace is somebody else"


async def test_accounts_with_one_email_are_one_person_and_nothing_is_lost(database: Database) -> None:
    async with database.transaction() as tx:
        slack = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        slack = await people.save_profile(tx, slack, Profile("Noor", "Noor@Example.com"), NOW)
        teams = await people.get_or_add_person(tx, "teams", "X", "29:1", NOW)
        question = await ask(tx, teams.id, NOW)
        tied = await people.save_profile(tx, teams, Profile("Noor Bakker", "noor@example.com"), NOW)
    assert tied.id == slack.id
    async with database.reading() as tx:
        assert await questions.find_asked_by(tx, question, slack.id) is not None
        found = await people.find_person(tx, "teams", "X", "29:1")
    assert found is not None
    assert found.id == slack.id


async def test_somebody_is_reached_where_they_last_spoke(database: Database) -> None:
    async with database.transaction() as tx:
        slack = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        await people.save_profile(tx, slack, Profile("Noor", "noor@example.com"), NOW)
        teams = await people.get_or_add_person(tx, "teams", "X", "29:1", NOW)
        teams = await people.save_profile(tx, teams, Profile("Noor", "noor@example.com"), NOW)
        await people.note_spoke(tx, slack.account_id, NOW, None)
        await people.note_spoke(tx, teams.account_id, NOW + timedelta(hours=1), {"platform": "teams", "id": "a:1"})
        assert (await people.find_direct_place(tx, teams.id) or {})["platform"] == "teams"
        await people.note_spoke(tx, slack.account_id, NOW + timedelta(hours=2), None)
        place = await people.find_direct_place(tx, teams.id)
    assert place == {"platform": "slack", "tenant": "T1", "id": "", "kind": "direct", "user": "U1"}


async def test_a_welcome_is_given_once(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.get_or_add_person(tx, "web", "", "noor", NOW)
        assert await people.welcome_once(tx, person.id, NOW)
        assert not await people.welcome_once(tx, person.id, NOW)
