"""The demo's app: its fictional colleagues are known from the start, and have the roles of people.yaml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.app import App
from bot.platforms.web.colleagues import Colleague, load_workspace
from knowledge.content import Knowledge
from knowledge.roles import find_role
from storage import people, roles
from storage.database import Database
from storage.people import Profile
from storage.transaction import Transaction


class DemoApp(App):
    async def start(self) -> None:
        await super().start()
        await seat_colleagues(self.database, self.shelf.current, self.now)


async def seat_colleagues(database: Database, knowledge: Knowledge, now: Callable[[], datetime]) -> None:
    """Each gets a role of theirs once: one that was taken in the demo stays taken."""
    async with database.transaction() as tx:
        for colleague in load_workspace().colleagues:
            person_id = await _meet(tx, colleague, now())
            for role in colleague.roles:
                if find_role(knowledge, role) and not await roles.was_given(tx, person_id, role):
                    await roles.give(tx, person_id, role, now())


async def _meet(tx: Transaction, colleague: Colleague, now: datetime) -> str:
    account = colleague.account
    known = await people.get_or_add_person(tx, account.platform, account.tenant, account.user, now)
    if known.profiled_at is None:
        profile = Profile(name=colleague.name, email=colleague.email, time_zone=colleague.time_zone)
        known = await people.save_profile(tx, known, profile, now)
    return known.id
