"""How a ticket ends without an answer of its own: merged or closed; and how it is opened again."""

from __future__ import annotations

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.lab import actions, cards, forms
from bot.conversations.lab.acting import Acting, open_again, read_typed
from bot.conversations.lab.likeness import nearest
from bot.conversations.lab.seeing import LAB_WORDS, call, note, plan_reminders, tell_askers
from bot.conversations.lab.ticket_card import ref_of
from bot.model.events import Pressed, Submitted
from bot.rights import need
from knowledge.diploma import Permission
from storage import tickets
from storage.tickets import Ticket

_OTHERS = 60


class Ending(Acting):
    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenMerge, self.open_merge)
        conversation.on_form(actions.Merge, self.merge)
        conversation.on_action(actions.OpenClose, self.open_close)
        conversation.on_form(actions.CloseTicket, self.close)
        conversation.on_action(actions.Reopen, self.reopen)

    async def open_merge(self, _: Pressed, turn: Turn) -> None:
        ticket = await self.lock_open(turn)
        turn.open(forms.merge_form(turn.words, ticket, await self._find_others(turn, ticket)))

    async def _find_others(self, turn: Turn, ticket: Ticket) -> list[tuple[str, str]]:
        """What it may be the same as: about the same row first."""
        like = await tickets.find_like(turn.tx, nearest(ticket.reading), _OTHERS)
        newest = await tickets.find_newest_open(turn.tx, _OTHERS)
        others = {one.id: one.text for one in (*like, *newest) if one.id != ticket.id}
        if not others:
            raise Refused(turn.words("lab.no_other"))
        return list(others.items())

    async def merge(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self.desk, Permission.TRIAGE)
        assert isinstance(turn.action, actions.Merge)
        into_id = str(event.values.get("into") or "")
        for id in sorted({turn.action.ticket, into_id}):  # two that are merged both ways at once: no deadlock
            await tickets.lock(turn.tx, id)
        ticket, into = await self.lock_open(turn), await tickets.find(turn.tx, into_id)
        if into is None or not into.is_open or into.id == ticket.id:
            raise Refused(turn.words("lab.merge_gone"))
        await tickets.move_askers(turn.tx, ticket.id, into.id)
        moved = await tickets.get(turn.tx, ticket.id)
        await self.change(turn, moved, state="closed", merged_into=into.id, **self.ended(turn, ticket))
        name = self.me(turn)
        await self.note(turn, ticket, "merged", LAB_WORDS("lab.note_merged", name=name, ref=call(into)))
        await note(
            turn,
            self.desk,
            into.id,
            "merged",
            LAB_WORDS("lab.note_merged_here", name=name, ref=call(ticket)),
            text=ticket.text,
        )

    async def open_close(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.close_form(turn.words, await self.lock_mine(turn)))

    async def close(self, event: Submitted, turn: Turn) -> None:
        """Without an answer; why is told to who asked."""
        ticket = await self.lock_mine_or_again(turn, event, forms.close_form)
        if ticket is None:
            return
        text = read_typed(event, "text")
        if not text:
            self.again(turn, forms.close_form(turn.words, ticket), event, "lab.close_needed")
            return
        await self.change(
            turn, ticket, **{**self.react(turn, ticket), "state": "closed", **self.ended(turn, ticket)}
        )
        await tickets.settle_questions(turn.tx, ticket.id, answered=False)
        said = LAB_WORDS("lab.note_closed", name=self.me(turn))
        newest = await self.note(turn, ticket, "closed", said, text)
        await tell_askers(
            turn,
            newest,
            lambda words: cards.asker_card(
                words, words("lab.asker_closed"), newest, text, reply=words("lab.button_more")
            ),
        )

    async def reopen(self, _: Pressed, turn: Turn) -> None:
        ticket = await self.lock(turn)
        if ticket.is_open:
            raise Refused(turn.words("lab.is_open"))
        if ticket.merged_into:
            raise Refused(turn.words("lab.state_merged", ref=ref_of(ticket.merged_into)))
        await self.change(turn, ticket, **open_again(self.desk, ticket, turn.now))
        newest = await self.note(turn, ticket, "reopened", LAB_WORDS("lab.note_reopened", name=self.me(turn)))
        await plan_reminders(turn, self.desk, newest)
