"""What the clock sees to: rows that are to be looked at again, and files that say otherwise than was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.matrix import actions, review_cards
from bot.conversations.matrix.telling import Telling
from bot.desk import Desk
from bot.in_force import take_file
from bot.model.cards import Card
from bot.model.events import Due, Pressed
from bot.rhythm import Rhythm
from bot.rights import need, right_to
from bot.row_words import tell_changes, title_of
from bot.texts import words_in
from knowledge.content import UseCase
from knowledge.diploma import Permission
from storage import audit, matrix, matrix_reviews, nudges, register, roles
from storage.matrix import Difference
from storage.matrix_reviews import Review

AHEAD = timedelta(days=14)
"""So long before a row is late its owner is asked."""
_EVERY = "*/5 * * * *"
_LATE = timedelta(hours=1)
_HOLDERS = 20
_AT_ONCE = 5
_OWNS = (Permission.EDIT_MATRIX, Permission.REVIEW_MATRIX, Permission.TRIAGE)
"""Any of these makes somebody an owner; without one their rows are the Lab's."""


class LookingAfter:
    def __init__(self, desk: Desk, telling: Telling) -> None:
        self._desk = desk
        self._telling = telling

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(lambda: [Rhythm("matrix-look-after", _EVERY, "UTC", actions.LookAfter(), _LATE)])
        conversation.on_action(actions.LookAfter, self.look_after)
        conversation.on_nudge(actions.AskOwner, self.draw_nudge)
        conversation.on_action(actions.Settle, self.settle_difference)

    async def look_after(self, event: Due, turn: Turn) -> None:
        if not isinstance(event, Due):
            return  # a button that somebody made
        await self.plan_reviews(turn)
        if await matrix_reviews.note_late(turn.tx, turn.now):
            await self.note_change(turn)
        await self.ask_owners(turn, "")
        await self._tell_differences(turn)

    async def note_change(self, turn: Turn) -> None:
        """Every replica sees which rows are under review."""
        await matrix.touch(turn.tx)
        self._desk.agreed.ring()

    async def plan_reviews(self, turn: Turn) -> None:
        """Each row is looked at again so long after it came about, and never on the first day."""
        knowledge = self._desk.knowledge()
        days = timedelta(days=knowledge.review_days)
        await matrix.lock(turn.tx)
        due = {row.id: _due(row, turn.now, days) for row in knowledge.use_cases}
        await matrix_reviews.plan_missing(turn.tx, due)

    # ------------------------------------------------------------ whose turn it is

    async def find_waiting(self, turn: Turn, person_id: str) -> list[Review]:
        """Rows that wait for this person: their own, and those of the Lab where they belong to it."""
        of_lab = await self._is_any(turn, person_id, (Permission.EDIT_MATRIX,))
        knowledge = self._desk.knowledge()
        found = []
        owners: dict[str, bool] = {}
        for review in await matrix_reviews.list_due(turn.tx, turn.now + AHEAD):
            owner = review.owner_id
            if owner is not None and owner not in owners:
                owners[owner] = await self.may_own(turn, owner)
            theirs = owner == person_id if owner is not None and owners[owner] else of_lab
            if theirs and knowledge.find_use_case(review.ref) is not None:
                found.append(review)
        return found

    async def may_own(self, turn: Turn, person_id: str) -> bool:
        """Who still works here, and holds a right that makes an owner."""
        today = turn.now.astimezone(ZoneInfo(self._desk.time_zone)).date()
        if await register.is_known(turn.tx, person_id) and not await register.find_member(
            turn.tx, person_id, today
        ):
            return False
        return await self._is_any(turn, person_id, _OWNS)

    async def _is_any(self, turn: Turn, person_id: str, permissions: Iterable[Permission]) -> bool:
        for permission in permissions:
            if await roles.may(turn.tx, person_id, right_to(self._desk, permission), turn.now):
                return True
        return False

    async def ask_owners(self, turn: Turn, occasion: str) -> None:
        """Among their reminders, once a week, or at once for an occasion of its own."""
        year, week, _ = turn.now.isocalendar()
        holders = {
            holder.person_id
            for permission in _OWNS
            for holder in await roles.find_people_with(
                turn.tx, right_to(self._desk, permission), turn.now, _HOLDERS
            )
        }
        for person_id in sorted(holders):
            if await self.find_waiting(turn, person_id):
                await nudges.plan(
                    turn.tx,
                    key=f"matrix-review:{person_id}:{occasion or f'{year}-{week}'}",
                    person_id=person_id,
                    subject=f"matrix-review:{person_id}",
                    action=actions.AskOwner().pack(),
                    due_at=turn.now,
                    good_until=turn.now + timedelta(days=5),
                )

    async def draw_nudge(self, _: actions.AskOwner, turn: Turn) -> NudgeItem | None:
        waiting = await self.find_waiting(turn, turn.person.id)
        return review_cards.nudge_item(turn.words, len(waiting)) if waiting else None

    # ------------------------------------------------------------ files that say something else

    async def _tell_differences(self, turn: Turn) -> None:
        found = await matrix.list_differences(turn.tx, ("new",))
        if not found:
            return
        right = right_to(self._desk, Permission.EDIT_MATRIX)
        for holder in await roles.find_people_with(turn.tx, right, turn.now, _HOLDERS):
            words = words_in(holder.language)
            told = [(one, *await self._describe(turn, one, holder.language)) for one in found[:_AT_ONCE]]
            turn.tell(holder.person_id, review_cards.differences_card(words, told, len(found)))
        await matrix.note_told(turn.tx, found)

    async def _describe(self, turn: Turn, one: Difference, language: str | None) -> tuple[str, list[str]]:
        """What it is called, and what the file would change."""
        words = words_in(language)
        held = await matrix.find_version(turn.tx, one.kind, one.ref)
        now = held.content if held else None
        title = title_of(words, one.kind, one.ref, now or one.content)
        return title, tell_changes(words, self._desk.knowledge(), now, one.content)

    async def settle_difference(self, _: Pressed, turn: Turn) -> None:
        """Once, by whoever is first: take what the file says, or keep what is in force."""
        action = turn.action
        assert isinstance(action, actions.Settle)
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        await matrix.lock(turn.tx)
        found = await matrix.list_differences(turn.tx)
        one = next((d for d in found if (d.kind, d.ref, d.hash) == (action.kind, action.ref, action.hash)), None)
        state = "taken" if action.take else "kept"
        if one is None or not await matrix.settle_difference(turn.tx, one, state, turn.now, turn.person.id):
            raise Refused(turn.words("matrix.difference_over"))
        await audit.add(
            turn.tx,
            actor=turn.person.id,
            act=f"matrix.file_{state}",
            about=f"{one.kind}:{one.ref}",
            details={"hash": one.hash},
            now=turn.now,
        )
        if action.take:
            standing = (await matrix.list_standing(turn.tx)).get((one.kind, one.ref))
            version = replace(take_file(one.kind, one.ref, one.content, standing, turn.now), by=turn.person.id)
            revision = await matrix.add_versions(turn.tx, [version], turn.now)
            await self._telling.adopted(turn, [(one.kind, one.ref, revision)])
        turn.say(Card.of_words(turn.words(f"matrix.difference_{state}")))


def _due(row: UseCase, now: datetime, days: timedelta) -> datetime:
    if row.since is None:
        return now + days
    return max(datetime.combine(row.since, time(0), UTC) + days, now + AHEAD)
