"""Proposals as people see them: which are open, what one changes and would do, and who hears of a new one."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, cards
from bot.conversations.matrix.cards import Told
from bot.conversations.matrix.effect import Affected, find_affected, say_effect
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event, Pressed
from bot.rights import may, name_roles, right_to
from bot.row_words import tell_changes, title_of
from bot.texts import Words, words_in
from knowledge.contents import ROW, TOOL, Content
from knowledge.diploma import Permission
from knowledge.errors import KnowledgeErrors
from knowledge.trying import try_change
from storage import matrix, matrix_proposals, people, roles
from storage.matrix import Version
from storage.matrix_proposals import DRAFT, OPEN, Batch, Proposal

DECIDERS = 20
_AGREEMENTS = ("principle", "philosophy")


def permissions_for(kind: str) -> tuple[Permission, ...]:
    """Any of these decides on it."""
    if kind in _AGREEMENTS:
        return (Permission.ADOPT_POLICY,)
    if kind == TOOL:
        return (Permission.EDIT_TOOLS, *decisive_for(kind))
    return (Permission.EDIT_MATRIX, *decisive_for(kind))


def decisive_for(kind: str) -> tuple[Permission, ...]:
    """Without one of whom nothing gets looser."""
    if kind in _AGREEMENTS:
        return (Permission.ADOPT_POLICY,)
    if kind == TOOL:
        return (Permission.REVIEW_TOOLS, Permission.REVIEW_MATRIX)
    return (Permission.REVIEW_MATRIX,)


def is_stale(proposal: Proposal, newest: Version | None) -> bool:
    """What it is about has changed since it was made."""
    there = newest.revision if newest is not None and newest.content is not None else 0
    return there != proposal.base


class Showing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "voorstellen",
            self.list_open,
            help_key="matrix.help_open",
            aliases=("proposals",),
            needs=Permission.EDIT_MATRIX,
        )
        conversation.on_action(actions.ShowProposal, self.show)

    async def list_open(self, _: Event, turn: Turn) -> None:
        """All of them for who decides; for everybody else their own."""
        decides = await self.find_decided(turn)
        everybodys = [one for one in await matrix_proposals.list_open(turn.tx) if one.kind in decides]
        own = await matrix_proposals.list_open(turn.tx, by=turn.person.id)
        found = sorted({one.id: one for one in (*everybodys, *own)}.values(), key=lambda one: one.proposed_at)
        titles = [(one.id, title_of(turn.words, one.kind, one.ref, one.content)) for one in found]
        batches = [
            (one.id, await self._name_batch(turn, one))
            for one in await matrix_proposals.list_batches(turn.tx)
            if decides or one.proposed_by == turn.person.id
        ]
        say_privately(turn, cards.proposals_card(turn.words, titles, batches))

    async def _name_batch(self, turn: Turn, batch: Batch) -> str:
        name = await self.name(turn, batch.proposed_by, turn.words)
        return turn.words("matrix.batch_of", n=batch.number, name=name)

    async def show(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.ShowProposal)
        proposal = await self.get(turn, turn.action.proposal)
        if not await self.may_see(turn, proposal):
            raise Refused(turn.words("matrix.proposal_gone"))
        say_privately(turn, await self.draw(turn, proposal, turn.words))

    async def may_see(self, turn: Turn, proposal: Proposal) -> bool:
        if proposal.proposed_by == turn.person.id:
            return True
        return proposal.state != DRAFT and await self.may_decide(turn, proposal.kind)

    async def may_decide(self, turn: Turn, kind: str) -> bool:
        return any([await may(turn, self._desk, permission) for permission in permissions_for(kind)])

    async def find_decided(self, turn: Turn) -> set[str]:
        """The kinds of things this person decides on."""
        kinds = (ROW, TOOL, *_AGREEMENTS)
        return {kind for kind in kinds if await self.may_decide(turn, kind)}

    # ------------------------------------------------------------ who hears of it

    async def bring(self, turn: Turn, id: str) -> None:
        """To the AI Lab's own place, and to those who review where a reviewer is needed; else to all who decide."""
        proposal = await self.get(turn, id)
        wanted = permissions_for(proposal.kind)
        if self._desk.lab is not None:
            turn.post(self._desk.lab, await self.draw(turn, proposal, words_in(None)), kind="ticket")
            if proposal.kind not in _AGREEMENTS:
                wanted = decisive_for(proposal.kind) if proposal.looser else ()
        for person_id, language in (await self.find_holders(turn, wanted)).items():
            turn.tell(person_id, await self.draw(turn, proposal, words_in(language)))

    async def find_holders(self, turn: Turn, permissions: tuple[Permission, ...]) -> dict[str, str | None]:
        """Everybody else who holds one of these, with their language."""
        found: dict[str, str | None] = {}
        for permission in permissions:
            right = right_to(self._desk, permission)
            for holder in await roles.find_people_with(turn.tx, right, turn.now, DECIDERS):
                if holder.person_id != turn.person.id and len(found) < DECIDERS:
                    found.setdefault(holder.person_id, holder.language)
        return found

    # ------------------------------------------------------------ how it is drawn

    async def draw(self, turn: Turn, proposal: Proposal, words: Words) -> Card:
        """As it is now: what it changes, what that would do, who approved, and what became of the row meanwhile."""
        knowledge = self._desk.knowledge()
        before = await self.find_base(turn, proposal)
        newest = await matrix.find_version(turn.tx, proposal.kind, proposal.ref)
        meanwhile = None
        if proposal.state == OPEN and is_stale(proposal, newest):
            meanwhile = tell_changes(words, knowledge, before, newest.content if newest else None) or ["-"]
        effect = await self._find_effect(turn, proposal, before) if proposal.state == OPEN and not meanwhile else []
        approvals = await matrix_proposals.list_approvals(turn.tx, proposal.id)
        told = Told(
            title=title_of(words, proposal.kind, proposal.ref, proposal.content or before),
            changes=tell_changes(words, knowledge, before, proposal.content),
            effect=say_effect(words, effect) if proposal.kind in (ROW, TOOL) else (),
            proposer=await self.name(turn, proposal.proposed_by, words),
            approvers=[await self.name(turn, person_id, words) for person_id, _ in approvals],
            roles=name_roles(words, self._desk, decisive_for(proposal.kind)[0]) or "-",
            meanwhile=meanwhile,
        )
        return cards.proposal_card(words, proposal, told)

    async def find_base(self, turn: Turn, proposal: Proposal) -> Content | None:
        """What it was made from; None for something new."""
        base = await matrix.find_by_revision(turn.tx, proposal.base) if proposal.base else None
        return base.content if base else None

    async def _find_effect(self, turn: Turn, proposal: Proposal, before: Content | None) -> list[Affected]:
        try:
            tried = try_change(self._desk.knowledge(), proposal.kind, proposal.content or {})
        except KnowledgeErrors:
            return []
        return await find_affected(turn, tried, proposal.kind, proposal.ref, before, proposal.content)

    async def name(self, turn: Turn, person_id: str | None, words: Words) -> str:
        person = await people.find_by_id(turn.tx, person_id) if person_id else None
        return (person.name if person else "") or words("matrix.someone")

    async def get(self, turn: Turn, id: str) -> Proposal:
        proposal = await matrix_proposals.lock_proposal(turn.tx, id)
        if proposal is None:
            raise Refused(turn.words("matrix.proposal_gone"))
        return proposal
