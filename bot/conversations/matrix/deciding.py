"""Deciding on proposals: who may, who did, and what is in force from then on.

Stricter takes one approver, looser takes two of whom one may review; nobody approves their own. The proposal is
locked while it is decided on, and what became of its row meanwhile is shown instead of overwritten.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, cards, forms
from bot.conversations.matrix.cards import Told
from bot.conversations.matrix.effect import Affected, find_affected, list_new_examples, say_effect
from bot.conversations.matrix.show import tell_changes, title_of
from bot.conversations.matrix.telling import Telling
from bot.desk import Desk
from bot.in_force import make_version
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event, Pressed, Submitted
from bot.rights import may, name_roles, need, right_to
from bot.texts import Words, words_in
from knowledge.content import Knowledge
from knowledge.contents import ROW, Content
from knowledge.diploma import Permission
from knowledge.errors import KnowledgeErrors
from knowledge.masking import mask
from knowledge.trying import try_change
from storage import audit, matrix, matrix_proposals, people, roles
from storage.matrix import Standing, Version
from storage.matrix_proposals import ADOPTED, DECLINED, OPEN, WITHDRAWN, Proposal

_DECIDERS = 20
_DECIDE = (Permission.EDIT_MATRIX, Permission.REVIEW_MATRIX)
_AGREEMENTS = ("principle", "philosophy")


def cells_of(words: Words, knowledge: Knowledge, before: Content | None, after: Content | None) -> list[str]:
    return tell_changes(words, knowledge, before, after)


def permissions_for(proposal: Proposal) -> tuple[Permission, ...]:
    """Any of these decides on it."""
    return (Permission.ADOPT_POLICY,) if proposal.kind in _AGREEMENTS else _DECIDE


def _decisive(proposal: Proposal) -> Permission:
    """Without whom it does not happen."""
    return Permission.ADOPT_POLICY if proposal.kind in _AGREEMENTS else Permission.REVIEW_MATRIX


class Deciding:
    def __init__(self, desk: Desk, telling: Telling) -> None:
        self._desk = desk
        self._telling = telling

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "voorstellen",
            self.list_open,
            help_key="matrix.help_open",
            aliases=("proposals",),
            needs=Permission.EDIT_MATRIX,
        )
        conversation.on_action(actions.ShowProposal, self.show)
        conversation.on_action(actions.Approve, self.approve)
        conversation.on_action(actions.OpenDecline, self.open_decline)
        conversation.on_form(actions.Decline, self.decline)
        conversation.on_action(actions.Withdraw, self.withdraw)

    # ------------------------------------------------------------ seeing

    async def list_open(self, _: Event, turn: Turn) -> None:
        """All of them for who decides; for everybody else their own."""
        found = [one for one in await matrix_proposals.list_open(turn.tx) if await self._may_see(turn, one)]
        titles = [(one.id, title_of(turn.words, one.kind, one.ref, one.content)) for one in found]
        say_privately(turn, cards.proposals_card(turn.words, titles))

    async def show(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.ShowProposal)
        proposal = await self._get(turn, turn.action.proposal)
        if not await self._may_see(turn, proposal):
            raise Refused(turn.words("matrix.proposal_gone"))
        say_privately(turn, await self.draw(turn, proposal, turn.words))

    async def _may_see(self, turn: Turn, proposal: Proposal) -> bool:
        if proposal.proposed_by == turn.person.id:
            return True
        return any([await may(turn, self._desk, permission) for permission in permissions_for(proposal)])

    async def bring(self, turn: Turn, id: str) -> None:
        """To the AI Lab's own place, and to those who review where a reviewer is needed; else to all who decide."""
        proposal = await self._get(turn, id)
        wanted = permissions_for(proposal)
        if self._desk.lab is not None:
            turn.post(self._desk.lab, await self.draw(turn, proposal, words_in(None)), kind="ticket")
            if proposal.kind not in _AGREEMENTS:
                wanted = (Permission.REVIEW_MATRIX,) if proposal.looser else ()
        told: set[str] = {turn.person.id}
        for permission in wanted:
            for holder in await roles.find_people_with(
                turn.tx, right_to(self._desk, permission), turn.now, _DECIDERS
            ):
                if holder.person_id not in told and len(told) <= _DECIDERS:
                    told.add(holder.person_id)
                    turn.tell(holder.person_id, await self.draw(turn, proposal, words_in(holder.language)))

    async def draw(self, turn: Turn, proposal: Proposal, words: Words) -> Card:
        """As it is now: what it changes, what that would do, who approved, and what became of the row meanwhile."""
        knowledge = self._desk.knowledge()
        base = await matrix.find_by_revision(turn.tx, proposal.base) if proposal.base else None
        before = base.content if base else None
        newest = await matrix.find_version(turn.tx, proposal.kind, proposal.ref)
        meanwhile = None
        if proposal.state == OPEN and self._is_stale(proposal, newest):
            meanwhile = tell_changes(words, knowledge, before, newest.content if newest else None) or ["-"]
        effect = await self._find_effect(turn, proposal, before) if proposal.state == OPEN and not meanwhile else []
        approvals = await matrix_proposals.list_approvals(turn.tx, proposal.id)
        told = Told(
            title=title_of(words, proposal.kind, proposal.ref, proposal.content or before),
            changes=tell_changes(words, knowledge, before, proposal.content),
            effect=say_effect(words, effect) if proposal.kind == ROW else (),
            proposer=await self._name(turn, proposal.proposed_by, words),
            approvers=[await self._name(turn, person_id, words) for person_id, _ in approvals],
            roles=name_roles(words, self._desk, _decisive(proposal)) or "-",
            meanwhile=meanwhile,
        )
        return cards.proposal_card(words, proposal, told)

    async def _find_effect(self, turn: Turn, proposal: Proposal, before: Content | None) -> list[Affected]:
        try:
            tried = try_change(self._desk.knowledge(), proposal.kind, proposal.content or {})
        except KnowledgeErrors:
            return []
        return await find_affected(turn, tried, proposal.kind, proposal.ref, before, proposal.content)

    async def _name(self, turn: Turn, person_id: str | None, words: Words) -> str:
        person = await people.find_by_id(turn.tx, person_id) if person_id else None
        return (person.name if person else "") or words("matrix.someone")

    @staticmethod
    def _is_stale(proposal: Proposal, newest: Version | None) -> bool:
        there = newest.revision if newest is not None and newest.content is not None else 0
        return there != proposal.base

    # ------------------------------------------------------------ deciding

    async def approve(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Approve)
        proposal = await self._get_open(turn, turn.action.proposal)
        await self._need_any(turn, proposal)
        if proposal.proposed_by == turn.person.id:
            raise Refused(turn.words("matrix.own_proposal"))
        await matrix.lock(turn.tx)  # two proposals about one row are adopted one after the other
        newest = await matrix.find_version(turn.tx, proposal.kind, proposal.ref)
        if self._is_stale(proposal, newest):
            turn.show(await self.draw(turn, proposal, turn.words))
            return
        reviewer = await may(turn, self._desk, Permission.REVIEW_MATRIX)
        await matrix_proposals.approve(turn.tx, proposal.id, turn.person.id, reviewer=reviewer, now=turn.now)
        await audit.add(
            turn.tx, actor=turn.person.id, act="matrix.approved", about=f"proposal:{proposal.id}", now=turn.now
        )
        if await self._is_enough(turn, proposal):
            await self._adopt(turn, proposal, newest)
        turn.show(await self.draw(turn, await self._get(turn, proposal.id), turn.words))

    async def _need_any(self, turn: Turn, proposal: Proposal) -> None:
        permissions = permissions_for(proposal)
        if not any([await may(turn, self._desk, permission) for permission in permissions]):
            await need(turn, self._desk, permissions[0])

    async def _is_enough(self, turn: Turn, proposal: Proposal) -> bool:
        """Only people who still may count."""
        counted = reviewers = 0
        for person_id, _ in await matrix_proposals.list_approvals(turn.tx, proposal.id):
            held = [
                permission
                for permission in permissions_for(proposal)
                if await roles.may(turn.tx, person_id, right_to(self._desk, permission), turn.now)
            ]
            counted += bool(held)
            reviewers += Permission.REVIEW_MATRIX in held
        return counted >= 2 and reviewers >= 1 if proposal.looser else counted >= 1

    async def _adopt(self, turn: Turn, proposal: Proposal, newest: Version | None) -> None:
        """In force from the commit on, here at once and on the other replicas within a second."""
        assert proposal.content is not None
        try:
            try_change(self._desk.knowledge(), proposal.kind, proposal.content)
        except KnowledgeErrors as broken:
            raise Refused(turn.words("matrix.does_not_fit", problem=str(broken.errors[0].found))) from None
        await self._check_examples(turn, proposal, newest)
        standing = Standing(newest.revision, newest.version, "", newest.source) if newest else None
        version = make_version(proposal.kind, proposal.ref, proposal.content, standing, turn.now, source="chat")
        version = replace(
            version,
            by=proposal.proposed_by,
            why=proposal.why,
            proposal_id=proposal.id,
            ticket_id=proposal.ticket_id,
        )
        revision = await matrix.add_versions(turn.tx, [version], turn.now)
        await matrix_proposals.settle(turn.tx, proposal.id, ADOPTED, turn.now, by=turn.person.id)
        await audit.add(
            turn.tx,
            actor=turn.person.id,
            act="matrix.adopted",
            about=f"{proposal.kind}:{proposal.ref}",
            details={"proposal": proposal.id, "version": version.version, "revision": revision},
            now=turn.now,
        )
        await self._telling.adopted(turn, proposal.kind, proposal.ref, revision)
        await self._tell_proposer(turn, proposal, "matrix.your_adopted")

    async def _check_examples(self, turn: Turn, proposal: Proposal, newest: Version | None) -> None:
        """Agreed on by now for another row, on whichever replica: under two rows it would teach nothing."""
        for example in list_new_examples(newest.content if newest else None, proposal.content):
            for other in await matrix.find_saying(turn.tx, proposal.kind, example):
                if other.ref != proposal.ref and example in list_new_examples(None, other.content):
                    title = title_of(turn.words, other.kind, other.ref, other.content)
                    raise Refused(turn.words("matrix.example_twice", title=title))

    async def open_decline(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenDecline)
        await self._need_any(turn, await self._get_open(turn, turn.action.proposal))
        turn.open(forms.decline_form(turn.words, turn.action.proposal))

    async def decline(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Decline)
        proposal = await self._get_open(turn, turn.action.proposal)
        await self._need_any(turn, proposal)
        reason = mask(str(event.values.get("reason") or "").strip()).text[: forms.WHY]
        if not reason:
            form = forms.decline_form(turn.words, proposal.id)
            turn.form_errors(form, {"reason": turn.words("matrix.fill_in")})
            return
        await self._settle(turn, proposal, DECLINED, reason)
        await self._tell_proposer(turn, proposal, "matrix.your_declined", reason=reason)

    async def withdraw(self, _: Pressed, turn: Turn) -> None:
        """By who made it only."""
        assert isinstance(turn.action, actions.Withdraw)
        proposal = await self._get_open(turn, turn.action.proposal)
        if proposal.proposed_by != turn.person.id:
            raise Refused(turn.words("matrix.not_your_proposal"))
        await self._settle(turn, proposal, WITHDRAWN, "")

    async def _settle(self, turn: Turn, proposal: Proposal, state: str, reason: str) -> None:
        await matrix_proposals.settle(turn.tx, proposal.id, state, turn.now, by=turn.person.id, reason=reason)
        await audit.add(
            turn.tx, actor=turn.person.id, act=f"matrix.{state}", about=f"proposal:{proposal.id}", now=turn.now
        )
        turn.show(await self.draw(turn, await self._get(turn, proposal.id), turn.words))

    async def _tell_proposer(self, turn: Turn, proposal: Proposal, key: str, **values: str) -> None:
        person = await people.find_by_id(turn.tx, proposal.proposed_by) if proposal.proposed_by else None
        if person is not None and person.id != turn.person.id:
            words = words_in(person.language)
            title = title_of(words, proposal.kind, proposal.ref, proposal.content)
            turn.tell(person.id, Card.of_words(words(key, title=title, **values)))

    async def _get(self, turn: Turn, id: str) -> Proposal:
        proposal = await matrix_proposals.lock_proposal(turn.tx, id)
        if proposal is None:
            raise Refused(turn.words("matrix.proposal_gone"))
        return proposal

    async def _get_open(self, turn: Turn, id: str) -> Proposal:
        """Refused, with what became of it, for one that was settled before."""
        proposal = await self._get(turn, id)
        if proposal.state != OPEN:
            raise Refused(turn.words("matrix.settled_before", state=turn.words(f"matrix.state_{proposal.state}")))
        return proposal
