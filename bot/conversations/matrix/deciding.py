"""Deciding on proposals: who may, who did, and what is in force from then on.

Stricter takes one approver, looser takes two of whom one may review; nobody approves their own. The proposal is
locked while it is decided on, and what became of its row meanwhile is shown instead of overwritten.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, forms
from bot.conversations.matrix.effect import list_new_examples
from bot.conversations.matrix.showing import Showing, decisive_for, is_stale, permissions_for
from bot.conversations.matrix.telling import Telling
from bot.desk import Desk
from bot.in_force import make_version
from bot.model.cards import Card
from bot.model.events import Pressed, Submitted
from bot.rights import may, need, right_to
from bot.row_words import title_of
from bot.texts import words_in
from knowledge.errors import KnowledgeErrors
from knowledge.masking import mask
from knowledge.trying import try_change
from storage import audit, matrix, matrix_proposals, people, roles
from storage.matrix import Standing, Version
from storage.matrix_proposals import ADOPTED, DECLINED, OPEN, WITHDRAWN, Proposal


class Deciding:
    def __init__(self, desk: Desk, telling: Telling, showing: Showing) -> None:
        self._desk = desk
        self._telling = telling
        self._showing = showing

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Approve, self.approve)
        conversation.on_action(actions.OpenDecline, self.open_decline)
        conversation.on_form(actions.Decline, self.decline)
        conversation.on_action(actions.Withdraw, self.withdraw)

    async def approve(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Approve)
        proposal = await self._get_open(turn, turn.action.proposal)
        await self.need_any(turn, proposal.kind)
        if proposal.proposed_by == turn.person.id:
            raise Refused(turn.words("matrix.own_proposal"))
        await matrix.lock(turn.tx)  # two proposals about one row are adopted one after the other
        newest = await matrix.find_version(turn.tx, proposal.kind, proposal.ref)
        if not is_stale(proposal, newest) and await self.agree(turn, proposal, newest):
            revision = await self.adopt(turn, proposal, newest)
            await self._telling.adopted(turn, [(proposal.kind, proposal.ref, revision)])
            await self._tell_proposer(turn, proposal, "matrix.your_adopted")
        turn.show(await self._showing.draw(turn, await self._showing.get(turn, proposal.id), turn.words))

    async def need_any(self, turn: Turn, kind: str) -> None:
        if not await self._showing.may_decide(turn, kind):
            await need(turn, self._desk, permissions_for(kind)[0])

    async def agree(self, turn: Turn, proposal: Proposal, newest: Version | None) -> bool:
        """This person approves; whether that makes enough. Refused for what could not be in force."""
        await self._check(turn, proposal, newest)
        decisive = decisive_for(proposal.kind)
        reviewer = any([await may(turn, self._desk, permission) for permission in decisive])
        await matrix_proposals.approve(turn.tx, proposal.id, turn.person.id, reviewer=reviewer, now=turn.now)
        await audit.add(
            turn.tx, actor=turn.person.id, act="matrix.approved", about=f"proposal:{proposal.id}", now=turn.now
        )
        return await self._is_enough(turn, proposal)

    async def _is_enough(self, turn: Turn, proposal: Proposal) -> bool:
        """Only people who still may count, and never who proposed it."""
        counted = reviewers = 0
        for person_id, _ in await matrix_proposals.list_approvals(turn.tx, proposal.id):
            if person_id == proposal.proposed_by:
                continue
            held = {
                permission
                for permission in permissions_for(proposal.kind)
                if await roles.may(turn.tx, person_id, right_to(self._desk, permission), turn.now)
            }
            counted += bool(held)
            reviewers += bool(held & set(decisive_for(proposal.kind)))
        return counted >= 2 and reviewers >= 1 if proposal.looser else counted >= 1

    async def adopt(self, turn: Turn, proposal: Proposal, newest: Version | None) -> int:
        """In force from the commit on, here at once and on the other replicas within a second; the revision."""
        assert proposal.content is not None
        standing = Standing(newest.revision, newest.version, "", newest.source) if newest else None
        source = "sheet" if proposal.batch else "chat"
        version = make_version(
            proposal.kind,
            proposal.ref,
            proposal.content,
            standing,
            turn.now,
            source=source,
            zone=self._desk.time_zone,
        )
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
        return revision

    async def _check(self, turn: Turn, proposal: Proposal, newest: Version | None) -> None:
        try:
            try_change(self._desk.knowledge(), proposal.kind, proposal.content or {})
        except KnowledgeErrors as broken:
            raise Refused(turn.words("matrix.does_not_fit", problem=str(broken.errors[0].found))) from None
        await self._check_examples(turn, proposal, newest)

    async def _check_examples(self, turn: Turn, proposal: Proposal, newest: Version | None) -> None:
        """Agreed on by now for another row, on whichever replica: under two rows it would teach nothing."""
        for example in list_new_examples(newest.content if newest else None, proposal.content):
            for other in await matrix.find_saying(turn.tx, proposal.kind, example):
                if other.ref != proposal.ref and example in list_new_examples(None, other.content):
                    title = title_of(turn.words, other.kind, other.ref, other.content)
                    raise Refused(turn.words("matrix.example_twice", title=title))

    async def open_decline(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenDecline)
        await self.need_any(turn, (await self._get_open(turn, turn.action.proposal)).kind)
        turn.open(forms.decline_form(turn.words, turn.action.proposal))

    async def decline(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Decline)
        proposal = await self._get_open(turn, turn.action.proposal)
        await self.need_any(turn, proposal.kind)
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
        turn.show(await self._showing.draw(turn, await self._showing.get(turn, proposal.id), turn.words))

    async def _tell_proposer(self, turn: Turn, proposal: Proposal, key: str, **values: str) -> None:
        person = await people.find_by_id(turn.tx, proposal.proposed_by) if proposal.proposed_by else None
        if person is not None and person.id != turn.person.id:
            words = words_in(person.language)
            title = title_of(words, proposal.kind, proposal.ref, proposal.content)
            turn.tell(person.id, Card.of_words(words(key, title=title, **values)))

    async def _get_open(self, turn: Turn, id: str) -> Proposal:
        """Refused, with what became of it, for one that was settled before."""
        proposal = await self._showing.get(turn, id)
        if proposal.state == OPEN:
            return proposal
        if not await self._showing.may_see(turn, proposal):
            raise Refused(turn.words("matrix.proposal_gone"))
        raise Refused(turn.words("matrix.settled_before", state=turn.words(f"matrix.state_{proposal.state}")))
