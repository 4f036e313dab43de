"""Reaches people of whom only the e-mail address is known: looks on which chat platform they are, and writes there.

Somebody from the register of people may never have spoken to the bot. Their messages go to the place `by_email`;
sending one finds the account, ties it to the person, and hands the message to that platform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.delivery import NeverWill, Outgoing, Platform, TryLater, Unclear
from bot.model.events import Account, Place
from storage import people
from storage.database import Database
from storage.people import Profile

BY_EMAIL = "by_email"


class FindsPeople(Platform, Protocol):
    async def find_account_by_email(self, email: str) -> Account | None: ...


def place_by_email(email: str) -> Place:
    return Place(platform=BY_EMAIL, tenant="", id="", kind="direct", user=email)


class ByEmail:
    """To the outbox one more platform, behind which stand all the others."""

    name = BY_EMAIL

    def __init__(
        self, database: Database, platforms: Mapping[str, FindsPeople], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._now = now

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> str | None:
        platform, redirected = await self._redirect(message)
        return await platform.send(redirected)

    async def find_sent(self, message: Outgoing) -> str | None:
        try:
            platform, redirected = await self._redirect(message)
        except NeverWill as never:
            raise Unclear(never.reason) from never
        return await platform.find_sent(redirected)

    async def find_profile(self, account: Account) -> Profile | None:
        return None

    async def _redirect(self, message: Outgoing) -> tuple[FindsPeople, Outgoing]:
        email = message.place.user or ""
        place = await self._find_known(email) or await self._find_anew(email)
        return self._platforms[place.platform], message.model_copy(update={"place": place})

    async def _find_known(self, email: str) -> Place | None:
        """They may have spoken since the message was decided on."""
        async with self._database.reading() as tx:
            person = await people.find_by_email(tx, email)
            found = await people.find_direct_place(tx, person.id) if person else None
        place = Place.model_validate(found) if found else None
        return place if place is not None and place.platform in self._platforms else None

    async def _find_anew(self, email: str) -> Place:
        refusals: list[str] = []
        for platform in self._platforms.values():
            try:
                account = await platform.find_account_by_email(email)
            except NeverWill as never:
                refusals.append(never.reason)
                continue
            if account is not None:
                await self._keep(platform, account, email)
                return Place(
                    platform=account.platform, tenant=account.tenant, id="", kind="direct", user=account.user
                )
        raise NeverWill(refusals[0] if refusals else "nobody has this e-mail address on a chat platform")

    async def _keep(self, platform: FindsPeople, account: Account, email: str) -> None:
        """The account is theirs from now on: the platform itself said whose address it is."""
        told = await _ask_profile(platform, account)
        profile = Profile(name=told.name if told else None, email=email, time_zone=told.time_zone if told else None)
        async with self._database.transaction() as tx:
            known = await people.get_or_add_person(tx, account.platform, account.tenant, account.user, self._now())
            await people.save_profile(tx, known, profile, self._now())


async def _ask_profile(platform: FindsPeople, account: Account) -> Profile | None:
    try:
        return await platform.find_profile(account)
    except (TryLater, NeverWill, Unclear):
        return None  # a name is nice to have
