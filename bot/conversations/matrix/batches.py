"""What came with one spreadsheet: shown together, and approved together by who may, each by its own rules."""

from __future__ import annotations

from collections import Counter

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, batch_cards
from bot.conversations.matrix.batch_cards import Line
from bot.conversations.matrix.deciding import Deciding
from bot.conversations.matrix.showing import Showing, decisive_for, is_stale, permissions_for
from bot.conversations.matrix.telling import Telling
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Due, Pressed
from bot.row_words import tell_changes, title_of
from bot.texts import Words, words_in
from knowledge.diploma import Permission
from storage import matrix, matrix_proposals, people
from storage.matrix_proposals import OPEN, Proposal

MOST = 100
"""Approved with one press; the next press takes the next ones."""


class Batches:
    def __init__(self, desk: Desk, telling: Telling, showing: Showing, deciding: Deciding) -> None:
        self._desk = desk
        self._telling = telling
        self._showing = showing
        self._deciding = deciding

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.BringBatch, self.bring)
        conversation.on_action(actions.ShowBatch, self.show)
        conversation.on_action(actions.ApproveBatch, self.approve)

    async def bring(self, event: Due, turn: Turn) -> None:
        """As one proposal is brought; one of them alone is that proposal."""
        if not isinstance(event, Due):
            return  # a button that somebody made
        assert isinstance(turn.action, actions.BringBatch)
        batch = turn.action.batch
        found = await matrix_proposals.list_open_of(turn.tx, batch, most=MOST)
        if len(found) == 1:
            await self._showing.bring(turn, found[0].id)
            return
        if not found:
            return
        wanted: dict[Permission, None] = {}
        for one in found:
            alone = self._desk.lab is not None and one.kind in ("row", "tool")
            needed = decisive_for(one.kind) if alone and one.looser else () if alone else permissions_for(one.kind)
            wanted |= dict.fromkeys(needed)
        if self._desk.lab is not None:
            turn.post(self._desk.lab, await self._draw(turn, batch, 1, words_in(None)), kind="ticket")
        holders = await self._showing.find_holders(turn, tuple(wanted))
        for person_id, language in holders.items():
            if person_id != found[0].proposed_by:
                turn.tell(person_id, await self._draw(turn, batch, 1, words_in(language)))

    async def show(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.ShowBatch)
        await self._need_to_see(turn, action.batch)
        turn.show(await self._draw(turn, action.batch, max(1, action.page), turn.words))

    async def _need_to_see(self, turn: Turn, batch: str) -> None:
        """Who decides on any of it, or made it."""
        (first, *_) = await matrix_proposals.list_open_of(turn.tx, batch, most=1) or (None,)
        if first is None:
            raise Refused(turn.words("matrix.batch_over"))
        if first.proposed_by != turn.person.id and not await self._showing.find_decided(turn):
            raise Refused(turn.words("matrix.proposal_gone"))

    async def _draw(self, turn: Turn, batch: str, page: int, words: Words) -> Card:
        number = await matrix_proposals.count_open_of(turn.tx, batch)
        skip = (page - 1) * batch_cards.A_PAGE
        found = await matrix_proposals.list_open_of(turn.tx, batch, skip=skip, most=batch_cards.A_PAGE)
        lines = [await self._tell(turn, one, words) for one in found]
        by = await self._showing.name(turn, found[0].proposed_by if found else None, words)
        return batch_cards.batch_card(words, batch, lines, page=page, number=number, by=by)

    async def _tell(self, turn: Turn, proposal: Proposal, words: Words) -> Line:
        before = await self._showing.find_base(turn, proposal)
        changes = tell_changes(words, self._desk.knowledge(), before, proposal.content)
        title = title_of(words, proposal.kind, proposal.ref, proposal.content)
        return Line(proposal.id, title, changes, proposal.looser)

    # ------------------------------------------------------------ deciding

    async def approve(self, _: Pressed, turn: Turn) -> None:
        """Each as if it were approved alone; what cannot be is left open and counted."""
        assert isinstance(turn.action, actions.ApproveBatch)
        batch = turn.action.batch
        found = await matrix_proposals.list_open_of(turn.tx, batch, most=MOST)
        if not found:
            raise Refused(turn.words("matrix.batch_over"))
        if found[0].proposed_by == turn.person.id:
            raise Refused(turn.words("matrix.own_proposal"))
        decides = await self._showing.find_decided(turn)
        theirs = [one for one in found if one.kind in decides]
        if not theirs:
            await self._deciding.need_any(turn, found[0].kind)
        locked = [await self._showing.get(turn, one.id) for one in theirs]
        await matrix.lock(turn.tx)  # after the proposals, as everywhere
        agreed: list[tuple[str, str, int]] = []
        became: Counter[str] = Counter()
        for proposal in locked:
            became[await self._approve_one(turn, proposal, agreed)] += 1
        became["elsewhere"] = len(found) - len(theirs)
        if agreed:
            await self._telling.adopted(turn, agreed)
            await self._tell_proposer(turn, locked[0], len(agreed))
        left = await matrix_proposals.count_open_of(turn.tx, batch)
        turn.show(batch_cards.approved_card(turn.words, batch, became, left))

    async def _approve_one(self, turn: Turn, proposal: Proposal, agreed: list[tuple[str, str, int]]) -> str:
        """What became of it; what is in force from now on goes to `agreed`."""
        if proposal.state != OPEN:
            return "settled"
        newest = await matrix.find_version(turn.tx, proposal.kind, proposal.ref)
        if is_stale(proposal, newest):
            return "meanwhile"
        try:
            enough = await self._deciding.agree(turn, proposal, newest)
        except Refused:
            return "unfit"
        if not enough:
            return "waits"
        agreed.append((proposal.kind, proposal.ref, await self._deciding.adopt(turn, proposal, newest)))
        return "adopted"

    async def _tell_proposer(self, turn: Turn, proposal: Proposal, number: int) -> None:
        person = await people.find_by_id(turn.tx, proposal.proposed_by) if proposal.proposed_by else None
        if person is not None:
            words = words_in(person.language)
            turn.tell(person.id, Card.of_words(words("matrix.your_batch_adopted", n=number)))
