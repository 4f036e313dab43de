"""After something was agreed: it counts at once, its row is looked at again later, and who asked hears it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation import Conversation, Turn
from bot.conversations.matrix import actions, cards
from bot.conversations.matrix.effect import Affected, find_affected
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Due
from bot.row_words import title_of
from bot.texts import words_in
from knowledge.content import Knowledge
from knowledge.contents import ROW, TOOL
from storage import matrix, matrix_asked, matrix_reviews, people, tickets
from storage.matrix import Version

_SOON = timedelta(seconds=5)
_MOST_TRIES = 60


class Telling:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.TellAskers, self.tell_askers)

    async def adopted(self, turn: Turn, agreed: Sequence[tuple[str, str, int]]) -> None:
        """In the turn that agreed on it: kind, id and revision of each."""
        review_at = turn.now + timedelta(days=self._desk.knowledge().review_days)
        for kind, ref, _ in agreed:
            if kind == ROW:
                await matrix_reviews.confirm(turn.tx, ref, due_at=review_at, by=turn.person.id, now=turn.now)
        self._desk.agreed.ring()
        revisions = [revision for kind, _, revision in agreed if kind in (ROW, TOOL)]
        if revisions:
            action = actions.TellAskers(revision=revisions[-1], also=tuple(revisions[:-1]))
            turn.later(turn.now, action, key=f"matrix-told:{action.revision}")

    async def tell_askers(self, event: Due, turn: Turn) -> None:
        """Once this process judges by it: one message to a person, however many of their questions it is about."""
        if not isinstance(event, Due):
            return  # a button that somebody made
        action, knowledge = turn.action, self._desk.knowledge()
        assert isinstance(action, actions.TellAskers)
        if knowledge.revision < action.revision:
            if action.tries < _MOST_TRIES:
                again = action.model_copy(update={"tries": action.tries + 1})
                turn.later(turn.now + _SOON, again, key=f"matrix-told:{action.revision}:{again.tries}")
            return
        found: dict[str, Affected] = {}
        versions = []
        for revision in (*action.also, action.revision):
            if (version := await matrix.find_by_revision(turn.tx, revision)) is not None:
                versions.append(version)
                found |= {one.asked.id: one for one in await self._find_affected(turn, knowledge, version)}
        theirs: dict[str, list[Affected]] = {}
        for one in found.values():
            row = one.judged.use_case
            await matrix_asked.save_verdict(
                turn.tx, one.asked.id, use_case=row.id, verdict=one.judged.verdict, row_version=row.version
            )
            if one.asked.person_id:
                theirs.setdefault(one.asked.person_id, []).append(one)
        for version in versions:
            await self._tell_followers(turn, version, set(theirs))
        for person_id, affected in theirs.items():
            person = await people.find_by_id(turn.tx, person_id)
            words = words_in(person.language if person else None)
            turn.tell(person_id, cards.changed_card(words, knowledge, affected))

    async def _find_affected(self, turn: Turn, knowledge: Knowledge, version: Version) -> list[Affected]:
        before = await matrix.find_before(turn.tx, version)
        old = before.content if before else None
        return await find_affected(turn, knowledge, version.kind, version.ref, old, version.content)

    async def _tell_followers(self, turn: Turn, version: Version, told: set[str]) -> None:
        """Who asked the Lab what became this rule, and hears nothing else of it. Who asked without a name is not
        known here."""
        if version.ticket_id is None:
            return
        for asker in await tickets.find_askers(turn.tx, version.ticket_id):
            if asker.person_id not in told:
                words = words_in(asker.language)
                title = title_of(words, version.kind, version.ref, version.content)
                turn.tell(asker.person_id, Card.of_words(words("matrix.became_rule", title=title)))
