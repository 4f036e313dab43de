"""How to reach each chat and colleague: learned from what comes in, kept in the database, written only when new."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model.events import Account, Place
from bot.platforms.teams.envelope import Envelope
from storage import teams
from storage.database import Database
from storage.teams import TeamsConversation, TeamsPerson

_WRITTEN_AGAIN_AFTER = timedelta(days=1)
_MOST_KNOWN = 20_000


class References:
    """What was written lately is remembered here, so that a press costs no second transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._written: dict[TeamsConversation | TeamsPerson, datetime] = {}

    async def learn(self, envelope: Envelope, *, afresh: bool = False) -> None:
        """Keep where this came from, and in which conversation this colleague was met.

        afresh: the bot was just added; another replica may have forgotten what this one remembers as written.
        """
        conversation, person = conversation_of(envelope), _person_of(envelope)
        new = [known for known in (conversation, person) if afresh or self._is_new(known, envelope.at)]
        if not new:
            return
        async with self._database.transaction() as tx:
            if conversation in new:
                await teams.remember_conversation(tx, conversation, envelope.at)
            if person in new:
                await teams.remember_person(tx, person, envelope.at)
        if len(self._written) > _MOST_KNOWN:
            self._written.clear()
        self._written.update(dict.fromkeys(new, envelope.at))

    def _is_new(self, known: TeamsConversation | TeamsPerson, now: datetime) -> bool:
        written = self._written.get(known)
        return written is None or now - written > _WRITTEN_AGAIN_AFTER

    async def forget(self, conversation: str) -> None:
        """The bot was removed there."""
        self._written.clear()
        async with self._database.transaction() as tx:
            await teams.forget_conversation(tx, conversation)

    async def find(self, place: Place) -> TeamsConversation | None:
        """The conversation of a place. A channel nobody spoke in yet is reached at its tenant's address."""
        async with self._database.reading() as tx:
            id = place.id
            if not id and place.user:
                person = await teams.find_teams_person(tx, place.tenant, place.user)
                id = person.direct or "" if person is not None else ""
            known = await teams.find_conversation(tx, id) if id else None
            if known is not None or place.kind != "channel":
                return known
            near = await teams.find_newest_conversation(tx, place.tenant)
        return TeamsConversation(id, near.tenant, "channel", near.service_url, near.bot) if near else None

    async def was_removed(self, place: Place) -> bool:
        """Whether this person had the bot in a chat of their own and took it out: that chat was forgotten then."""
        if place.id or place.user is None:
            return bool(place.id)
        async with self._database.reading() as tx:
            person = await teams.find_teams_person(tx, place.tenant, place.user)
            return person is not None and await teams.find_conversation(tx, person.met_in) is None

    async def find_near(self, tenant: str) -> TeamsConversation | None:
        """Any conversation of this tenant, to open another one beside it."""
        async with self._database.reading() as tx:
            return await teams.find_newest_conversation(tx, tenant)

    async def keep_direct(self, near: TeamsConversation, user: str, id: str, now: datetime) -> TeamsConversation:
        """The one-to-one chat that was just opened."""
        opened = TeamsConversation(id, near.tenant, "direct", near.service_url, near.bot)
        async with self._database.transaction() as tx:
            await teams.remember_conversation(tx, opened, now)
            await teams.remember_person(tx, TeamsPerson(near.tenant, user, id, id, None), now)
        return opened

    async def find_met(self, account: Account) -> tuple[TeamsPerson, TeamsConversation] | None:
        """A colleague, and a conversation they are in."""
        async with self._database.reading() as tx:
            person = await teams.find_teams_person(tx, account.tenant, account.user)
            if person is None:
                return None
            conversation = await teams.find_conversation(tx, person.met_in)
            if conversation is None and person.direct:
                conversation = await teams.find_conversation(tx, person.direct)
        return (person, conversation) if conversation is not None else None


def conversation_of(envelope: Envelope) -> TeamsConversation:
    return TeamsConversation(
        envelope.conversation, envelope.tenant, envelope.kind, envelope.service_url, envelope.bot
    )


def _person_of(envelope: Envelope) -> TeamsPerson:
    direct = envelope.conversation if envelope.kind == "direct" else None
    return TeamsPerson(envelope.tenant, envelope.user, direct, envelope.conversation, envelope.time_zone)
