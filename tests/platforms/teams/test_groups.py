"""Who is in a team: colleagues, no guests, and a clear reason where the bot met nobody yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery import NeverWill
from tests.platforms.teams.stage import open_stage

TEAM = "19:lab@thread.tacv2"


async def test_colleagues_in_a_team_are_its_members(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.say("noor", "hoi")
        await stage.settle()
        stage.fake.add_person("bram")
        guest = stage.fake.add_person("gast")
        stage.fake.members[guest]["userRole"] = "guest"
        stage.fake.chats[TEAM] = []
        found = await stage.platform.find_members(TEAM)
        assert sorted(account.user for account in found) == ["29:1bram", "29:1noor"]
        assert {account.platform for account in found} == {"teams"}


async def test_before_anybody_spoke_there_is_no_address_to_ask_at(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        with pytest.raises(NeverWill, match="nobody of this organisation"):
            await stage.platform.find_members(TEAM)
