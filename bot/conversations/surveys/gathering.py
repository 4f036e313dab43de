"""A round for a channel: its platform tells who is in it, outside the transaction; then its lead sees it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.surveys import actions
from bot.conversations.surveys.audience import without_me
from bot.conversations.surveys.starting import show_draft
from bot.desk import Desk
from bot.groups import RoleGroup
from bot.model.actions import unpack
from bot.model.cards import Card
from bot.model.events import Account, Due
from bot.texts import words_in
from storage import group_roles, surveys
from storage.people import KnownPerson, find_language
from storage.surveys import Round


class Gathering:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Gather, self.gather, prepare=self.ask_members)

    async def ask_members(self, event: Due) -> Sequence[Account] | None:
        action = unpack(event.action)
        if not isinstance(event, Due) or not isinstance(action, actions.Gather):
            return None
        platform, _, group = action.channel.partition(":")
        return await self._desk.find_members(RoleGroup("", platform, group))

    async def gather(self, event: Due, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Gather)
        round_ = await surveys.find_round(turn.tx, turn.action.round)
        if not isinstance(event, Due) or round_ is None:
            raise Refused(turn.words("house.unknown_action"))
        if round_.state != "draft" or round_.lead_id is None:
            return
        members: Sequence[Account] | None = turn.prepared
        if members is None:
            await self._give_up(turn, round_, "surveys.channel_untold")
            return
        accounts = [(member.tenant, member.user) for member in members]
        platform = turn.action.channel.partition(":")[0]
        met = await group_roles.meet_members(turn.tx, platform, accounts, turn.now)
        people = without_me(round_.lead_id, [person.id for person in met if _is_colleague(person)])
        if len(people) < round_.minimum:
            await self._give_up(turn, round_, "surveys.too_few")
            return
        await surveys.set_people(turn.tx, round_.id, people)
        await show_draft(turn, self._desk, round_.id)

    async def _give_up(self, turn: Turn, round_: Round, key: str) -> None:
        assert round_.lead_id is not None
        words = words_in(await find_language(turn.tx, round_.lead_id))
        await surveys.drop_round(turn.tx, round_.id)
        turn.tell(round_.lead_id, Card.of_words(words(key, n=round_.minimum)), kind="answer")


def _is_colleague(person: KnownPerson) -> bool:
    """Other programs sit in channels too; they have no e-mail address."""
    return person.profiled_at is None or person.email is not None
