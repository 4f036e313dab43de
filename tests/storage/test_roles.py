"""Roles on both databases: given, taken, in force at a moment, and the rights they give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import people, roles
from storage.database import Database
from storage.people import Profile
from storage.roles import NotAllowed, Right
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TRIAGE = Right("triage", roles=("lab", "chief"))


async def meet(tx: Transaction, name: str, platform: str = "web") -> str:
    known = await people.get_or_add_person(tx, platform, "", name, NOW)
    known = await people.save_profile(tx, known, Profile(name.title(), f"{name}@Example.com"), NOW)
    return known.id


async def test_a_role_is_given_once_and_taken_once(database: Database) -> None:
    async with database.transaction() as tx:
        noor, bram = await meet(tx, "noor"), await meet(tx, "bram")
        assert await roles.give(tx, noor, "lab", NOW, given_by=bram)
        assert not await roles.give(tx, noor, "lab", NOW)
        assert await roles.find_roles(tx, noor, NOW) == {"lab"}
        assert await roles.find_roles(tx, bram, NOW) == set()
        assert await roles.take(tx, noor, "lab", LATER)
        assert not await roles.take(tx, noor, "lab", LATER)
        assert await roles.find_roles(tx, noor, LATER) == set()
        assert await roles.find_roles(tx, noor, NOW) == {"lab"}, "what was true then stays true"
        assert await roles.was_given(tx, noor, "lab")


async def test_a_role_may_begin_and_end_at_a_moment(database: Database) -> None:
    async with database.transaction() as tx:
        noor = await meet(tx, "noor")
        await roles.give(tx, noor, "lab", NOW, until=LATER)
        await roles.give(tx, noor, "chief", LATER)
        assert await roles.find_roles(tx, noor, NOW) == {"lab"}
        assert await roles.find_roles(tx, noor, LATER) == {"chief"}


async def test_a_right_comes_from_a_role_an_email_or_everybody(database: Database) -> None:
    async with database.transaction() as tx:
        noor, bram = await meet(tx, "noor"), await meet(tx, "bram")
        await roles.give(tx, noor, "lab", NOW)
        await roles.get_right(tx, noor, TRIAGE, NOW)
        with pytest.raises(NotAllowed) as refused:
            await roles.get_right(tx, bram, TRIAGE, NOW)
        assert refused.value.right is TRIAGE
        await roles.get_right(tx, bram, Right("triage", emails=("bram@example.com",)), NOW)
        await roles.get_right(tx, bram, Right("ask", everyone=True), NOW)
        with pytest.raises(NotAllowed):
            await roles.get_right(tx, noor, Right("unheard_of"), NOW)
        await roles.take(tx, noor, "lab", NOW)
        with pytest.raises(NotAllowed):
            await roles.get_right(tx, noor, TRIAGE, NOW)


async def test_somebody_without_an_email_is_no_admin(database: Database) -> None:
    async with database.transaction() as tx:
        stranger = await people.get_or_add_person(tx, "web", "", "nobody", NOW)
        assert not await roles.may(tx, stranger.id, Right("manage_roles", emails=("", "a@example.com")), NOW)
        assert not await roles.may(tx, "no such person", Right("manage_roles"), NOW)


async def test_who_can_help_is_each_person_once(database: Database) -> None:
    async with database.transaction() as tx:
        noor, bram, cleo = await meet(tx, "noor"), await meet(tx, "bram"), await meet(tx, "cleo")
        await roles.give(tx, noor, "lab", NOW)
        await roles.give(tx, noor, "chief", NOW)
        await roles.give(tx, cleo, "other", NOW)
        right = Right("triage", roles=TRIAGE.roles, emails=("bram@example.com",))
        assert [holder.name for holder in await roles.find_people_with(tx, right, NOW)] == ["Bram", "Noor"]
        await roles.give(tx, bram, "lab", NOW)
        held = [(holder.role, holder.name) for holder in await roles.list_holders(tx, NOW)]
    assert held == [("chief", "Noor"), ("lab", "Bram"), ("lab", "Noor"), ("other", "Cleo")]


async def test_two_accounts_that_are_one_person_keep_their_roles(database: Database) -> None:
    async with database.transaction() as tx:
        noor = await meet(tx, "noor")
        stranger = await people.get_or_add_person(tx, "slack", "T1", "U1", NOW)
        for person in (noor, stranger.id):
            await roles.give(tx, person, "lab", NOW, given_by=stranger.id)
        tied = await people.save_profile(tx, stranger, Profile("Noor", "noor@example.com"), NOW)
        assert tied.id == noor
        assert [holder.name for holder in await roles.list_holders(tx, NOW)] == ["Noor"]
        assert await roles.take(tx, noor, "lab", LATER)
        assert await roles.find_roles(tx, noor, LATER) == set()
