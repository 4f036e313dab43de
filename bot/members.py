"""Asks a chat platform who is in a group, and gets to know those it never met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.delivery import NeverWill, Platform, TryLater, Unclear
from bot.groups import RoleGroup
from bot.model.events import Account
from bot.people import Acquaintance
from bot.platforms import KnowsGroups
from storage import people
from storage.database import Database

log = structlog.get_logger()

_MET_AT_ONCE = 50
"""People whose name is asked for in one go; the others the next time."""


class Members:
    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        acquaintance: Acquaintance,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._acquaintance = acquaintance
        self._now = now

    async def find(self, group: RoleGroup) -> Sequence[Account] | None:
        """None where the platform does not tell: nobody loses a role over a network that is away."""
        platform = self._platforms.get(group.platform)
        if not isinstance(platform, KnowsGroups):
            log.error("group.no_such_platform", group=group.name, todo="see PROMPT_CLUB_ROLE_GROUPS")
            return None
        try:
            members = await platform.find_members(group.group)
        except (TryLater, NeverWill, Unclear) as ending:
            log.error("group.not_told", group=group.name, role=group.role, reason=ending.reason)
            return None
        await self._meet(members)
        return members

    async def _meet(self, members: Sequence[Account]) -> None:
        """So that a list of who has which role holds names."""
        strangers = []
        async with self._database.transaction() as tx:
            for account in members:
                known = await people.get_or_add_person(
                    tx, account.platform, account.tenant, account.user, self._now()
                )
                if known.profiled_at is None:
                    strangers.append(account)
        for account in strangers[:_MET_AT_ONCE]:
            self._acquaintance.ask(account)
