"""What people of the Lab do with a ticket. Each act asks the right anew, locks the ticket, and is seen everywhere.

Whoever comes second is told who was first: a button lives as long as its message.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.conversation import ClosedTicket, Conversation, Refused, Turn
from bot.conversations.lab import actions, cards, forms
from bot.conversations.lab.likeness import nearest
from bot.conversations.lab.seeing import (
    KIND,
    LAB_WORDS,
    call,
    find_lab,
    look,
    name_of,
    note,
    plan_reminders,
    tell_askers,
)
from bot.conversations.lab.targets import find_targets
from bot.conversations.lab.ticket_card import near_lines
from bot.crossing import add_to_closed
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Form
from bot.model.events import Pressed, Submitted
from bot.rights import need
from bot.texts import words_in
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, tickets
from storage.tickets import Ticket

_OTHERS = 60


class Acts:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Claim, self.claim)
        conversation.on_action(actions.HandBack, self.hand_back)
        conversation.on_action(actions.OpenHandOn, self.open_hand_on)
        conversation.on_form(actions.HandOn, self.hand_on)
        conversation.on_action(actions.OpenAnswer, self.open_answer)
        conversation.on_form(actions.GiveAnswer, self.answer)
        conversation.on_action(actions.OpenAskBack, self.open_ask_back)
        conversation.on_form(actions.AskBack, self.ask_back)
        conversation.on_action(actions.OpenMerge, self.open_merge)
        conversation.on_form(actions.Merge, self.merge)
        conversation.on_action(actions.OpenClose, self.open_close)
        conversation.on_form(actions.CloseTicket, self.close)
        conversation.on_action(actions.Reopen, self.reopen)
        conversation.on_action(actions.Explain, self.explain)
        conversation.on_action(actions.ShowTicket, self.show)

    # ------------------------------------------------------------ whose it is

    async def claim(self, _: Pressed, turn: Turn) -> None:
        """Of all who press at once one gets it; the others hear who that is."""
        ticket = await self._lock(turn)
        if not ticket.is_open or ticket.claimed_by is not None:
            raise Refused(await self._tell_taken(turn, ticket))
        await self._change(turn, ticket, state="claimed", claimed_by=turn.person.id, **self._react(turn, ticket))
        said = LAB_WORDS("lab.note_claimed", name=self._me(turn))
        await self._note(turn, ticket, "claimed", said)
        if ticket.reacted_at is None:
            await tell_askers(
                turn,
                ticket,
                lambda words: cards.asker_card(words, words("lab.asker_claimed", name=self._me(turn)), ticket),
                but_not=turn.person.id,
            )

    async def hand_back(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock_open(turn)
        if ticket.claimed_by != turn.person.id:
            raise Refused(await self._tell_taken(turn, ticket))
        await self._change(turn, ticket, state="open", claimed_by=None)
        await self._note(turn, ticket, "returned", LAB_WORDS("lab.note_returned", name=self._me(turn)))

    async def open_hand_on(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock_open(turn)
        colleagues = [one for one in await find_lab(turn, self._desk) if one.person_id != ticket.claimed_by]
        if not colleagues:
            raise Refused(turn.words("lab.nobody_else"))
        turn.open(forms.hand_on_form(turn.words, ticket, colleagues))

    async def hand_on(self, event: Submitted, turn: Turn) -> None:
        """To anybody of the Lab, by anybody of the Lab: who has it may be ill."""
        ticket = await self._lock_open(turn)
        who = next((c for c in await find_lab(turn, self._desk) if c.person_id == event.values.get("who")), None)
        if who is None:
            raise Refused(turn.words("lab.not_in_lab"))
        why = _typed(event, "text")
        await self._change(turn, ticket, state="claimed", claimed_by=who.person_id)
        name = who.name or LAB_WORDS("lab.somebody")
        said = LAB_WORDS("lab.note_handed", name=self._me(turn), other=name)
        newest = await self._note(turn, ticket, "handed", said, why)
        if who.person_id != turn.person.id:
            words = words_in(who.language)
            given = cards.note_card(words, words("lab.for_you", name=self._me(turn), ref=call(ticket)), why)
            turn.tell(who.person_id, given, kind=KIND)
            turn.tell(who.person_id, await look(turn, self._desk, newest, words), kind=KIND)

    # ------------------------------------------------------------ saying something

    async def open_answer(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.answer_form(turn.words, await self._lock_mine(turn)))

    async def answer(self, event: Submitted, turn: Turn) -> None:
        """Everybody who asked hears it once, and other conversations may offer what becomes of it."""
        ticket = await self._lock_mine(turn)
        text = _typed(event, "text")
        if not text:
            self._again(turn, forms.answer_form(turn.words, ticket), event, "lab.answer_needed")
            return
        minutes = find_targets(self._desk).minutes(ticket.opened_at, turn.now)
        ended = {"state": "answered", "answer": text, "answered_by": turn.person.id, "answered_at": turn.now}
        values = {**self._react(turn, ticket), **ended, "answer_minutes": minutes, **self._ended(turn, ticket)}
        await self._change(turn, ticket, **values)
        said = LAB_WORDS("lab.note_answered", name=self._me(turn))
        newest = await self._note(turn, ticket, "answered", said, text)
        await tell_askers(
            turn,
            newest,
            lambda words: cards.asker_card(
                words,
                words("lab.asker_answered", name=self._me(turn)),
                newest,
                text,
                reply=words("lab.button_more"),
            ),
        )
        await tickets.note_told(turn.tx, ticket.id, turn.now)
        card = await add_to_closed(self._desk, turn, cards.closed_card(turn.words, newest), closed(newest))
        turn.say(card, kind=KIND)

    async def open_ask_back(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.ask_form(turn.words, await self._lock_mine(turn)))

    async def ask_back(self, event: Submitted, turn: Turn) -> None:
        """The time stands still until the asker says something back."""
        ticket = await self._lock_mine(turn)
        text = _typed(event, "text")
        if not text:
            self._again(turn, forms.ask_form(turn.words, ticket), event, "lab.ask_needed")
            return
        values = {**self._react(turn, ticket), "state": "asking", "claimed_by": turn.person.id, "due_by": None}
        await self._change(turn, ticket, **values)
        said = LAB_WORDS("lab.note_asked", name=self._me(turn))
        newest = await self._note(turn, ticket, "asked", said, text)
        await tell_askers(
            turn,
            newest,
            lambda words: cards.asker_card(
                words, words("lab.asker_asked", name=self._me(turn)), newest, text, reply=words("lab.button_reply")
            ),
        )

    # ------------------------------------------------------------ ending it

    async def open_merge(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock_open(turn)
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
        await need(turn, self._desk, Permission.TRIAGE)
        assert isinstance(turn.action, actions.Merge)
        into_id = str(event.values.get("into") or "")
        for id in sorted({turn.action.ticket, into_id}):  # two that are merged both ways at once: no deadlock
            await tickets.lock(turn.tx, id)
        ticket, into = await self._lock_open(turn), await tickets.find(turn.tx, into_id)
        if into is None or not into.is_open or into.id == ticket.id:
            raise Refused(turn.words("lab.merge_gone"))
        await tickets.move_askers(turn.tx, ticket.id, into.id)
        moved = await tickets.get(turn.tx, ticket.id)
        await self._change(turn, moved, state="closed", merged_into=into.id, **self._ended(turn, ticket))
        name = self._me(turn)
        await self._note(turn, ticket, "merged", LAB_WORDS("lab.note_merged", name=name, ref=call(into)))
        await note(
            turn,
            self._desk,
            into.id,
            "merged",
            LAB_WORDS("lab.note_merged_here", name=name, ref=call(ticket)),
            text=ticket.text,
        )

    async def open_close(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.close_form(turn.words, await self._lock_mine(turn)))

    async def close(self, event: Submitted, turn: Turn) -> None:
        """Without an answer; why is told to who asked."""
        ticket = await self._lock_mine(turn)
        text = _typed(event, "text")
        if not text:
            self._again(turn, forms.close_form(turn.words, ticket), event, "lab.close_needed")
            return
        await self._change(
            turn, ticket, **{**self._react(turn, ticket), "state": "closed", **self._ended(turn, ticket)}
        )
        said = LAB_WORDS("lab.note_closed", name=self._me(turn))
        newest = await self._note(turn, ticket, "closed", said, text)
        await tell_askers(
            turn,
            newest,
            lambda words: cards.asker_card(
                words, words("lab.asker_closed"), newest, text, reply=words("lab.button_more")
            ),
        )

    async def reopen(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock(turn)
        if ticket.is_open:
            raise Refused(turn.words("lab.is_open"))
        if ticket.merged_into:
            raise Refused(turn.words("lab.state_merged", ref=ticket.merged_into[:6]))
        await self._change(turn, ticket, **open_again(self._desk, ticket, turn.now))
        newest = await self._note(turn, ticket, "reopened", LAB_WORDS("lab.note_reopened", name=self._me(turn)))
        plan_reminders(turn, self._desk, newest)

    # ------------------------------------------------------------ looking

    async def show(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock(turn)
        say_privately(turn, await look(turn, self._desk, ticket, turn.words))

    async def explain(self, _: Pressed, turn: Turn) -> None:
        ticket = await self._lock(turn)
        knowledge = self._desk.knowledge()
        near = near_lines(turn.words, knowledge, ticket)
        turn.say(cards.understood_card(turn.words, knowledge, ticket, near), kind=KIND)

    # ------------------------------------------------------------ what every act does

    async def _lock(self, turn: Turn) -> Ticket:
        await need(turn, self._desk, Permission.TRIAGE)
        ticket = await tickets.lock(turn.tx, getattr(turn.action, "ticket", ""))
        if ticket is None:
            raise Refused(turn.words("lab.gone"))
        return ticket

    async def _lock_open(self, turn: Turn) -> Ticket:
        ticket = await self._lock(turn)
        if not ticket.is_open:
            raise Refused(await self._tell_taken(turn, ticket))
        return ticket

    async def _lock_mine(self, turn: Turn) -> Ticket:
        """Open, and nobody else's."""
        ticket = await self._lock_open(turn)
        if ticket.claimed_by not in (None, turn.person.id):
            raise Refused(await self._tell_taken(turn, ticket))
        return ticket

    async def _tell_taken(self, turn: Turn, ticket: Ticket) -> str:
        words = turn.words
        if not ticket.is_open:
            name = await name_of(turn, ticket.answered_by)
            return words("lab.was_answered", name=name) if name else words("lab.was_closed")
        if ticket.claimed_by == turn.person.id:
            return words("lab.you_have_it")
        if ticket.claimed_by is None:
            return words("lab.nobody_has_it")
        return words("lab.has_it", name=await name_of(turn, ticket.claimed_by) or words("lab.somebody"))

    async def _change(self, turn: Turn, ticket: Ticket, **values: Any) -> None:
        if not await tickets.change(turn.tx, ticket, **values):
            raise Refused(turn.words("lab.changed"))

    def _react(self, turn: Turn, ticket: Ticket) -> dict[str, Any]:
        """The asker hears something for the first time: from now on the answer is what is waited for."""
        if ticket.reacted_at is not None:
            return {}
        minutes = find_targets(self._desk).minutes(ticket.opened_at, turn.now)
        return {"reacted_at": turn.now, "reaction_minutes": minutes, "due_by": ticket.answer_by}

    def _ended(self, turn: Turn, ticket: Ticket) -> dict[str, Any]:
        return {"due_by": None, "closed_at": turn.now, "claimed_by": ticket.claimed_by or turn.person.id}

    async def _note(self, turn: Turn, ticket: Ticket, kind: str, said: str, text: str = "") -> Ticket:
        about, act = f"ticket:{ticket.id}", f"lab.{kind}"
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, now=turn.now)
        newest = await note(turn, self._desk, ticket.id, kind, said, text=text, by=turn.person.id)
        if newest.due_by is not None and newest.due_by != ticket.due_by:
            plan_reminders(turn, self._desk, newest)
        return newest

    def _again(self, turn: Turn, form: Form, event: Submitted, key: str) -> None:
        turn.form_errors(form.with_values(event.values), {"text": turn.words(key)})

    def _me(self, turn: Turn) -> str:
        return turn.person.name or LAB_WORDS("lab.somebody")


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


def closed(ticket: Ticket) -> ClosedTicket:
    reading = ticket.reading
    return ClosedTicket(
        id=ticket.id,
        question=ticket.text,
        answer=ticket.answer or "",
        nearest=tuple(reading.get("candidates") or ()),
        data=tuple(reading.get("data") or ()),
        tools=tuple(reading.get("tools") or ()),
    )


def _typed(event: Submitted, field: str) -> str:
    return mask(str(event.values.get(field) or "").strip()).text
