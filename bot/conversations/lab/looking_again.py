"""Other agreements are in force: which questions that wait do they answer? The Lab is told, and decides."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.lab import actions
from bot.conversations.lab.acting import Acting
from bot.conversations.lab.found_card import Found, found_card
from bot.conversations.lab.known import find_answer, mark_of, tell_answer
from bot.conversations.lab.seeing import call, tell_lab
from bot.conversations.lab.watching import need_the_clock
from bot.model.events import Event, Pressed
from bot.rights import need
from bot.texts import Words, words_in
from knowledge.answers import Judgement
from knowledge.diploma import Permission
from storage import tickets
from storage.outbox import new_key
from storage.tickets import Ticket

_AT_ONCE = 5
"""Read within one turn: some twenty milliseconds each."""
_OFFERED = 6
"""On one card."""
_PATIENCE = 2.0
"""Seconds a turn waits for one reading; a reading that is busy is tried again later."""
_LATER, _MOST_TRIES = timedelta(seconds=30), 40


class LookingAgain(Acting):
    def register(self, conversation: Conversation) -> None:
        conversation.on_agreed(actions.LookAgain())
        conversation.on_action(actions.LookAgain, self.look)
        conversation.on_action(actions.GiveFound, self.give_found)

    async def look(self, event: Event, turn: Turn) -> None:
        """A few at a time, until all that wait were read once more."""
        need_the_clock(event, turn)
        action = turn.action
        assert isinstance(action, actions.LookAgain)
        waiting = await tickets.find_waiting(turn.tx, after=action.after, most=_AT_ONCE)
        after, found = action.after, list(action.found)
        for ticket in waiting:
            try:
                known = await self._read_again(ticket)
            except TimeoutError:
                break
            after = ticket.id
            if known is not None and await self._is_news(turn, ticket, known):
                found.append(ticket.id)
        if len(found) >= _OFFERED or (found and not waiting):
            await self._offer(turn, found[:_OFFERED])
            found = found[_OFFERED:]
        if waiting or found:
            self._go_on(turn, action, after, found)

    def _go_on(self, turn: Turn, action: actions.LookAgain, after: str, found: Sequence[str]) -> None:
        tries = 0 if after != action.after else action.tries + 1
        if tries > _MOST_TRIES:
            return
        run = action.run or new_key()
        again = actions.LookAgain(run=run, after=after, found=tuple(found), tries=tries)
        turn.later(
            turn.now + _LATER * min(tries, 1), again, key=f"lab:look_again:{run}:{after}:{tries}:{len(found)}"
        )

    async def _read_again(self, ticket: Ticket) -> Judgement | None:
        """None where there is still no answer, or was one already that the asker wanted a person for."""
        if ticket.reading.get("knew"):
            return None
        async with asyncio.timeout(_PATIENCE):
            if self.desk.explain is not None:  # our own reading, also where a model helps with what people ask
                reading = (await self.desk.explain(ticket.text)).reading
            else:
                reading = await self.desk.read(ticket.text)
        return find_answer(self.desk.knowledge(), reading)

    async def _is_news(self, turn: Turn, ticket: Ticket, known: Judgement) -> bool:
        """Offered once, and again only where it would be another answer."""
        if ticket.reading.get("offered") == mark_of(known):
            return False
        return await tickets.change(turn.tx, ticket, reading={**ticket.reading, "offered": mark_of(known)})

    async def _offer(self, turn: Turn, ids: Sequence[str]) -> None:
        found = await self._find_offered(turn, ids)
        if found:
            await tell_lab(turn, self.desk, lambda words: found_card(words, found))

    async def _find_offered(self, turn: Turn, ids: Sequence[str]) -> list[Found]:
        """Those that still wait, with what was offered for each."""
        found = []
        for id in ids:
            ticket = await tickets.find(turn.tx, id)
            row = self.desk.knowledge().find_use_case(_row_of(ticket)) if ticket and ticket.is_open else None
            if ticket is not None and row is not None:
                found.append(Found(ticket, row, str(ticket.reading["offered"]["verdict"])))
        return found

    # ------------------------------------------------------------ pressed by the Lab

    async def give_found(self, _: Pressed, turn: Turn) -> None:
        """What was offered and still holds goes out; of the others it is said why not."""
        await need(turn, self.desk, Permission.TRIAGE)
        action = turn.action
        assert isinstance(action, actions.GiveFound)
        told = []
        for id in sorted(set(action.tickets)):  # two who press at once lock them in the same order
            ticket = await tickets.lock(turn.tx, id)
            if ticket is None:
                continue
            why_not = await self._give(turn, ticket)
            told.append(why_not or turn.words("lab.again_given", ref=call(ticket)))
        if not told:
            raise Refused(turn.words("lab.gone"))
        turn.show(found_card(turn.words, await self._find_offered(turn, action.others), told=told))

    async def _give(self, turn: Turn, ticket: Ticket) -> str:
        """Why it was not given, or ""."""
        words, ref = turn.words, call(ticket)
        if not ticket.is_open or ticket.claimed_by not in (None, turn.person.id):
            return words("lab.again_left", ref=ref, why=await self.tell_taken(turn, ticket))
        try:
            known = await self._read_again(ticket)
        except TimeoutError:
            return words("lab.again_busy", ref=ref)
        if known is None or mark_of(known) != ticket.reading.get("offered"):
            return words("lab.again_changed", ref=ref)
        await self.give(turn, ticket, self._tell(words_in(ticket.language), known), stays=True)
        return ""

    def _tell(self, words: Words, known: Judgement) -> str:
        return tell_answer(words, self.desk.knowledge(), known)


def _row_of(ticket: Ticket) -> str:
    return str((ticket.reading.get("offered") or {}).get("row") or "")
