"""Who is in a user group, and what is said where Slack does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery import NeverWill, TryLater
from bot.model.events import Account
from tests.platforms.slack.bare import open_bare
from tests.platforms.slack.fake import TEAM, Fault


async def test_members_of_a_user_group_are_accounts_of_the_workspace(tmp_path: Path) -> None:
    async with open_bare(tmp_path) as bare:
        bare.fake.groups["S0LAB"] = ["U0NOOR", "U0BRAM"]
        assert await bare.slack.find_members("S0LAB") == [
            Account(platform="slack", tenant=TEAM, user=user) for user in ("U0NOOR", "U0BRAM")
        ]


async def test_members_of_a_channel_come_page_by_page(tmp_path: Path) -> None:
    async with open_bare(tmp_path) as bare:
        bare.fake.groups["C0ROOM"] = ["U0NOOR", "U0BRAM", "U0TOM"]
        found = await bare.slack.find_members("C0ROOM")
        assert [account.user for account in found] == ["U0NOOR", "U0BRAM", "U0TOM"]
        with pytest.raises(NeverWill):
            await bare.slack.find_members("C0NIETS")


async def test_a_group_that_is_not_there_and_a_slack_that_is_busy_are_told_apart(tmp_path: Path) -> None:
    async with open_bare(tmp_path) as bare:
        with pytest.raises(NeverWill, match="no such user group"):
            await bare.slack.find_members("S0NIETS")
        bare.fake.faults.append(Fault("usergroups.users.list", "ratelimited", status=429, after=7, times=99))
        with pytest.raises(TryLater):
            await bare.slack.find_members("S0LAB")
