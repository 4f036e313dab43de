"""Roles that follow a group: who joins it has the role, who leaves it has not, and each hears it once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.groups import RoleGroup, WrongGroups, read_groups
from bot.model.events import Account
from knowledge.content import Knowledge
from storage import audit, people, roles
from storage.database import Database
from tests.conversations.dialog import account_of, direct, text_of
from tests.conversations.digests import DigestHouse
from tests.conversations.roles import meet

LAB = RoleGroup("ai_lab", "plain", "S0LAB")


class Grouped(DigestHouse):
    """A platform whose groups the test keeps; None: it does not tell."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        super().__init__(database, knowledge)
        self.members: list[str] | None = []
        object.__setattr__(self.desk, "find_members", self._find)
        self.set_groups(LAB)

    def set_groups(self, *groups: RoleGroup) -> None:
        object.__setattr__(self.desk, "role_groups", groups)

    async def _find(self, group: RoleGroup) -> Sequence[Account] | None:
        return None if self.members is None else [account_of(member) for member in self.members]

    async def quarter(self, *members: str) -> None:
        """A quarter of an hour later, with these members."""
        self.members = list(members)
        await self.ring(self.clock() + timedelta(minutes=15))

    async def held(self, person: str) -> set[str]:
        async with self.database.transaction() as tx:
            known = await people.get_or_add_person(tx, "plain", "", person, self.clock())
            return await roles.find_roles(tx, known.id, self.clock())

    def heard(self, person: str) -> list[str]:
        """In their own chat, whether they ever opened it or not."""
        theirs = (direct(person).key, direct(person).model_copy(update={"id": ""}).key)
        return [text_of(sent.card) for sent in self.platform.shown.values() if sent.place.key in theirs]


@pytest.fixture
async def house(database: Database, knowledge: Knowledge) -> AsyncIterator[Grouped]:
    async with Grouped(database, knowledge) as house:
        await house.ring()
        yield house


async def test_who_joins_gets_the_role_and_who_leaves_loses_it(house: Grouped) -> None:
    await house.quarter("noor", "bram")
    assert await house.held("noor") == {"ai_lab"} == await house.held("bram")
    await house.quarter("bram")
    assert (await house.held("noor"), await house.held("bram")) == (set(), {"ai_lab"})
    assert [text[:24] for text in house.heard("noor")] == ["Je hebt nu de rol AI Lab", "Je hebt de rol AI Lab ni"]


async def test_a_quarter_in_which_nothing_changed_says_nothing(house: Grouped) -> None:
    for _ in range(4):
        await house.quarter("noor")
    assert len(house.heard("noor")) == 1


async def test_nobody_loses_a_role_because_the_platform_is_away(house: Grouped) -> None:
    await house.quarter("noor")
    house.members = None
    await house.ring(house.clock() + timedelta(minutes=15))
    assert await house.held("noor") == {"ai_lab"}


async def test_what_a_person_gave_stays_when_the_group_goes(house: Grouped) -> None:
    await meet(house, "noor", role="ai_lab")
    await house.quarter("noor")
    await house.quarter()
    assert await house.held("noor") == {"ai_lab"}
    assert house.heard("noor") == []


async def test_a_group_the_settings_name_no_more_gives_nothing(house: Grouped) -> None:
    await house.quarter("noor")
    house.set_groups()
    await house.quarter("noor")
    assert await house.held("noor") == set()
    assert "niet meer" in house.heard("noor")[-1]


async def test_an_administrator_hears_why_taking_it_does_not_help(house: Grouped) -> None:
    await meet(house, "anna", role="admin")
    await meet(house, "noor")
    await house.quarter("noor")
    await house.command("anna", "rollen")
    await house.press("anna", "Geef of neem een rol")
    await house.submit("anna", {"who": "noor@example.com", "role": "ai_lab", "what": "take"})
    assert "door een groep" in text_of(house.messages(direct("anna"))[-1])
    assert await house.held("noor") == {"ai_lab"}


async def test_each_change_stands_in_the_audit_log(house: Grouped) -> None:
    await house.quarter("noor")
    await house.quarter()
    async with house.database.reading() as tx:
        lines = await audit.find_lines(tx)
    assert [(line.act, line.details["group"]) for line in lines] == [
        ("roles.taken", "plain:S0LAB"),
        ("roles.given", "plain:S0LAB"),
    ]


@pytest.mark.parametrize("role", ["staff", "koning"])
async def test_a_role_that_cannot_be_given_is_not(house: Grouped, role: str) -> None:
    house.set_groups(RoleGroup(role, "plain", "S0LAB"))
    await house.quarter("noor")
    assert await house.held("noor") == set()


def test_the_setting_is_read_or_refused_with_what_would_be_right() -> None:
    assert read_groups("ai_lab=slack:S0123, security=teams:19:abc@thread.tacv2,") == (
        RoleGroup("ai_lab", "slack", "S0123"),
        RoleGroup("security", "teams", "19:abc@thread.tacv2"),
    )
    with pytest.raises(WrongGroups, match="'ai_lab:S0123' is not role=platform:group"):
        read_groups("ai_lab:S0123")
