"""Roles that follow a Slack user group or a Teams team; whoever gains or loses one hears it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import structlog

from bot.conversation import Conversation, Turn
from bot.conversations.roles.actions import FollowGroup, LeaveGroups
from bot.desk import Desk
from bot.groups import RoleGroup
from bot.model.actions import unpack
from bot.model.cards import Card
from bot.model.events import Account, Due
from bot.rhythm import Rhythm
from bot.texts import words_in
from knowledge.roles import Role, find_role
from storage import group_roles, people, roles

log = structlog.get_logger()

_EVERY = "*/15 * * * *"
_LATE = timedelta(minutes=14)


class Following:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said: set[str] = set()

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(LeaveGroups, self.leave_groups)
        conversation.on_action(FollowGroup, self.follow, prepare=self.ask_members)

    def find_rhythms(self) -> Iterator[Rhythm]:
        yield Rhythm("roles:groups", _EVERY, "UTC", LeaveGroups(), _LATE)
        for group in self._desk.role_groups:
            if self._find_role(group) is not None:
                action = FollowGroup(role=group.role, group=group.name)
                yield Rhythm(f"roles:{group.role}:{group.name}"[:300], _EVERY, "UTC", action, _LATE)

    def _find_role(self, group: RoleGroup) -> Role | None:
        """None, and said once, for a role the organisation does not have or that everybody has."""
        role = find_role(self._desk.knowledge(), group.role)
        if role is None or role.everyone:
            if group.role not in self._said:
                self._said.add(group.role)
                log.error("group.no_such_role", role=group.role, todo="see PROMPT_CLUB_ROLE_GROUPS")
            return None
        return role

    async def ask_members(self, event: Due) -> Sequence[Account] | None:
        """Outside the transaction, since a platform takes its time."""
        group = self._find_group(unpack(event.action))
        return await self._desk.find_members(group) if group is not None else None

    def _find_group(self, action: object) -> RoleGroup | None:
        assert isinstance(action, FollowGroup)
        asked = (action.role, action.group)
        return next((group for group in self._desk.role_groups if (group.role, group.name) == asked), None)

    async def follow(self, _: Due, turn: Turn) -> None:
        """Where the platform told nothing, everything stays as it is."""
        members: Sequence[Account] | None = turn.prepared
        group = self._find_group(turn.action)
        if group is None or members is None:
            return
        role = self._find_role(group)
        if role is None:
            return
        accounts = [(member.tenant, member.user) for member in members]
        met = await group_roles.meet_members(turn.tx, group.platform, accounts, turn.now)
        had = {person.id for person in met if role.id in await roles.find_roles(turn.tx, person.id, turn.now)}
        changed = await group_roles.settle(turn.tx, role.id, group.name, [person.id for person in met], turn.now)
        for person_id in changed.given:
            if person_id not in had:
                await self._tell(turn, person_id, "roles.you_have", role)
        await self._tell_of_loss(turn, role, changed.taken)

    async def leave_groups(self, _: Due, turn: Turn) -> None:
        """What came from a group that the settings name no more goes."""
        ours = {(one.role, one.name) for one in self._desk.role_groups}
        for role_id, lost in await group_roles.end_others(turn.tx, ours, turn.now):
            role = find_role(self._desk.knowledge(), role_id)
            if role is not None:
                await self._tell_of_loss(turn, role, lost)

    async def _tell_of_loss(self, turn: Turn, role: Role, lost: Sequence[str]) -> None:
        """Not to who has it from elsewhere too."""
        for person_id in lost:
            if role.id not in await roles.find_roles(turn.tx, person_id, turn.now):
                await self._tell(turn, person_id, "roles.you_had", role)

    async def _tell(self, turn: Turn, person_id: str, key: str, role: Role) -> None:
        words = words_in(await people.find_language(turn.tx, person_id))
        turn.tell(person_id, Card.of_words(words(key, role=role.title.in_language(words.language))))
