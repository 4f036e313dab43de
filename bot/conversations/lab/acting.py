"""What every act of the Lab does: ask the right anew, lock the ticket, change it, and let it be seen everywhere.

Whoever comes second is told who was first: a button lives as long as its message.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.conversation import Refused, Turn
from bot.conversations.lab import cards
from bot.conversations.lab.seeing import LAB_WORDS, name_of, note, plan_reminders, tell_askers
from bot.conversations.lab.targets import find_targets
from bot.desk import Desk
from bot.model.cards import Form
from bot.model.events import Submitted
from bot.rights import need
from bot.texts import Words
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, tickets
from storage.tickets import Ticket


class Acting:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def lock(self, turn: Turn) -> Ticket:
        await need(turn, self.desk, Permission.TRIAGE)
        ticket = await tickets.lock(turn.tx, getattr(turn.action, "ticket", ""))
        if ticket is None:
            raise Refused(turn.words("lab.gone"))
        return ticket

    async def lock_open(self, turn: Turn) -> Ticket:
        ticket = await self.lock(turn)
        if not ticket.is_open:
            raise Refused(await self.tell_taken(turn, ticket))
        return ticket

    async def lock_mine(self, turn: Turn) -> Ticket:
        """Open, and nobody else's."""
        ticket = await self.lock_open(turn)
        if ticket.claimed_by not in (None, turn.person.id):
            raise Refused(await self.tell_taken(turn, ticket))
        return ticket

    async def tell_taken(self, turn: Turn, ticket: Ticket) -> str:
        words = turn.words
        if not ticket.is_open:
            name = await name_of(turn, ticket.answered_by)
            return words("lab.was_answered", name=name) if name else words("lab.was_closed")
        if ticket.claimed_by == turn.person.id:
            return words("lab.you_have_it")
        if ticket.claimed_by is None:
            return words("lab.nobody_has_it")
        return words("lab.has_it", name=await name_of(turn, ticket.claimed_by) or words("lab.somebody"))

    async def change(self, turn: Turn, ticket: Ticket, **values: Any) -> None:
        if not await tickets.change(turn.tx, ticket, **values):
            raise Refused(turn.words("lab.changed"))

    def react(self, turn: Turn, ticket: Ticket) -> dict[str, Any]:
        """The asker hears something for the first time: from now on the answer is what is waited for."""
        if ticket.reacted_at is not None:
            return {}
        minutes = find_targets(self.desk).minutes(ticket.opened_at, turn.now)
        return {"reacted_at": turn.now, "reaction_minutes": minutes, "due_by": ticket.answer_by}

    def ended(self, turn: Turn, ticket: Ticket) -> dict[str, Any]:
        return {"due_by": None, "closed_at": turn.now, "claimed_by": ticket.claimed_by or turn.person.id}

    async def give(self, turn: Turn, ticket: Ticket, text: str, *, stays: bool = False) -> Ticket:
        """Everybody who asked hears this answer once. `stays`: what was pressed is not the ticket's card."""
        minutes = find_targets(self.desk).minutes(ticket.opened_at, turn.now)
        ended = {"state": "answered", "answer": text, "answered_by": turn.person.id, "answered_at": turn.now}
        values = {**self.react(turn, ticket), **ended, "answer_minutes": minutes, **self.ended(turn, ticket)}
        await self.change(turn, ticket, **values)
        said = LAB_WORDS("lab.note_answered", name=self.me(turn))
        newest = await self.note(turn, ticket, "answered", said, text, stays=stays)
        await self.tell(turn, newest, text, "lab.asker_answered", reply="lab.button_more")
        await tickets.note_told(turn.tx, ticket.id, turn.now)
        await tickets.settle_questions(turn.tx, ticket.id, answered=True)
        return newest

    async def tell(self, turn: Turn, ticket: Ticket, text: str, key: str, *, reply: str) -> None:
        """Each asker in their own language."""
        await tell_askers(
            turn,
            ticket,
            lambda words: cards.asker_card(
                words, words(key, name=tell_name(turn, words)), ticket, text, reply=words(reply)
            ),
        )

    async def note(
        self, turn: Turn, ticket: Ticket, kind: str, said: str, text: str = "", *, stays: bool = False
    ) -> Ticket:
        about, act = f"ticket:{ticket.id}", f"lab.{kind}"
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, now=turn.now)
        newest = await note(turn, self.desk, ticket.id, kind, said, text=text, by=turn.person.id, stays=stays)
        if newest.due_by is not None and newest.due_by != ticket.due_by:
            await plan_reminders(turn, self.desk, newest)
        return newest

    async def lock_mine_or_again(
        self, turn: Turn, event: Submitted, draw: Callable[[Words, Ticket], Form]
    ) -> Ticket | None:
        """Somebody else may have been first; then what was typed comes back with why, to copy or to keep."""
        await need(turn, self.desk, Permission.TRIAGE)
        try:
            return await self.lock_mine(turn)
        except Refused as refused:
            ticket = await tickets.find(turn.tx, getattr(turn.action, "ticket", ""))
            if ticket is None or not read_typed(event, "text"):
                raise
            form = draw(turn.words, ticket).with_values(event.values)
            turn.form_errors(form, {"text": refused.words})
            return None

    def again(self, turn: Turn, form: Form, event: Submitted, key: str) -> None:
        turn.form_errors(form.with_values(event.values), {"text": turn.words(key)})

    def me(self, turn: Turn) -> str:
        """Who does this, where a sentence of the thread begins."""
        somebody = LAB_WORDS("lab.somebody")
        return turn.person.name or somebody[:1].upper() + somebody[1:]


def tell_name(turn: Turn, words: Words) -> str:
    """Who does this, before "of the AI Lab"."""
    return turn.person.name or words("lab.someone")


def open_again(desk: Desk, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """With the whole time for an answer."""
    until = find_targets(desk).answer_by(now)
    state = "claimed" if ticket.claimed_by else "open"
    return {
        "state": state,
        "answer_by": until,
        "due_by": until,
        "closed_at": None,
        "reacted_at": ticket.reacted_at or now,
    }


def read_typed(event: Submitted, field: str) -> str:
    return mask(str(event.values.get(field) or "").strip()).text
