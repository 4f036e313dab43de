"""Whose ticket it is: claim, hand back, hand to a colleague; and looking at one."""

from __future__ import annotations

from typing import Any

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.lab import actions, cards, forms
from bot.conversations.lab.acting import Acting, read_typed
from bot.conversations.lab.seeing import KIND, LAB_WORDS, call, expected_by, find_lab, look, tell_askers
from bot.conversations.lab.targets import find_targets
from bot.conversations.lab.ticket_card import near_lines
from bot.conversations.lab.understood_card import explained_card, understood_card
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Pressed, Submitted
from bot.texts import Words, words_in
from storage.tickets import Ticket


class Owning(Acting):
    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Claim, self.claim)
        conversation.on_action(actions.HandBack, self.hand_back)
        conversation.on_action(actions.OpenHandOn, self.open_hand_on)
        conversation.on_form(actions.HandOn, self.hand_on)
        conversation.on_action(actions.Explain, self.explain)
        conversation.on_action(actions.ShowTicket, self.show)

    async def claim(self, _: Pressed, turn: Turn) -> None:
        """Of all who press at once one gets it; the others hear who that is."""
        ticket = await self.lock(turn)
        if not ticket.is_open or ticket.claimed_by is not None:
            raise Refused(await self.tell_taken(turn, ticket))
        await self.change(turn, ticket, state="claimed", claimed_by=turn.person.id, **self.react(turn, ticket))
        said = LAB_WORDS("lab.note_claimed", name=self.me(turn))
        await self.note(turn, ticket, "claimed", said)
        await self._tell_claimed(turn, ticket, turn.person.id, turn.person.name)

    async def _tell_claimed(self, turn: Turn, before: Ticket, person_id: str, name: str | None) -> None:
        """The first thing its askers hear: who looks at it, and by when to expect something."""
        if before.reacted_at is not None:
            return
        by = expected_by(before, turn.now)

        def draw(words: Words) -> Card:
            until = words("lab.until", moment=words.moment(by, self.desk.time_zone)) if by else ""
            said = words("lab.asker_claimed", name=name or words("lab.someone"))
            return cards.asker_card(words, f"{said} {until}".strip(), before)

        await tell_askers(turn, before, draw, but_not=person_id)

    async def hand_back(self, _: Pressed, turn: Turn) -> None:
        ticket = await self.lock_open(turn)
        if ticket.claimed_by != turn.person.id:
            raise Refused(await self.tell_taken(turn, ticket))
        values: dict[str, Any] = {"state": "open", "claimed_by": None}
        if ticket.state == "asking":  # the time stood still; nobody would be reminded of it any more
            until = find_targets(self.desk).answer_by(turn.now)
            values |= {"answer_by": until, "due_by": until}
        await self.change(turn, ticket, **values)
        await self.note(turn, ticket, "returned", LAB_WORDS("lab.note_returned", name=self.me(turn)))

    async def open_hand_on(self, _: Pressed, turn: Turn) -> None:
        ticket = await self.lock_open(turn)
        colleagues = [one for one in await find_lab(turn, self.desk) if one.person_id != ticket.claimed_by]
        if not colleagues:
            raise Refused(turn.words("lab.nobody_else"))
        turn.open(forms.hand_on_form(turn.words, ticket, colleagues))

    async def hand_on(self, event: Submitted, turn: Turn) -> None:
        """To anybody of the Lab, by anybody of the Lab: who has it may be ill."""
        ticket = await self.lock_open(turn)
        who = next((c for c in await find_lab(turn, self.desk) if c.person_id == event.values.get("who")), None)
        if who is None:
            raise Refused(turn.words("lab.not_in_lab"))
        why = read_typed(event, "text")
        state = "asking" if ticket.state == "asking" else "claimed"
        await self.change(turn, ticket, state=state, claimed_by=who.person_id, **self.react(turn, ticket))
        name = who.name or LAB_WORDS("lab.somebody")
        said = LAB_WORDS("lab.note_handed", name=self.me(turn), other=name)
        newest = await self.note(turn, ticket, "handed", said, why)
        await self._tell_claimed(turn, ticket, who.person_id, who.name)
        if who.person_id != turn.person.id:
            words = words_in(who.language)
            given = cards.note_card(words, words("lab.for_you", name=self.me(turn), ref=call(ticket)), why)
            turn.tell(who.person_id, given, kind=KIND)
            turn.tell(who.person_id, await look(turn, self.desk, newest, words), kind=KIND)

    async def show(self, _: Pressed, turn: Turn) -> None:
        ticket = await self.lock(turn)
        say_privately(turn, await look(turn, self.desk, ticket, turn.words))

    async def explain(self, _: Pressed, turn: Turn) -> None:
        """Below the card, where it stands in a channel. Nothing of who asked is in it."""
        ticket = await self.lock(turn)
        card = await self._draw_understood(turn, ticket)
        shown = turn.pressed
        if shown is not None and shown.place.kind == "channel":
            turn.post(shown.place.model_copy(update={"thread": shown.place.thread or shown.id}), card, kind=KIND)
        else:
            turn.say(card, kind=KIND)

    async def _draw_understood(self, turn: Turn, ticket: Ticket) -> Card:
        """Read once more, with all that is seen on the way; what was kept of it where that cannot be told."""
        knowledge = self.desk.knowledge()
        if self.desk.explain is not None:
            try:
                found = await self.desk.explain(ticket.text)
            except TimeoutError:
                pass
            else:
                return explained_card(turn.words, knowledge, ticket, found)
        return understood_card(turn.words, knowledge, ticket, near_lines(turn.words, knowledge, ticket))
