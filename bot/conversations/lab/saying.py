"""What the Lab says to who asked: an answer, or a question back."""

from __future__ import annotations

from bot.conversation import ClosedTicket, Conversation, Turn
from bot.conversations.lab import actions, cards, forms
from bot.conversations.lab.acting import Acting, read_typed
from bot.conversations.lab.seeing import KIND, LAB_WORDS
from bot.crossing import add_to_closed
from bot.model.events import Pressed, Submitted
from storage.tickets import Ticket


class Saying(Acting):
    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.OpenAnswer, self.open_answer)
        conversation.on_form(actions.GiveAnswer, self.answer)
        conversation.on_action(actions.OpenAskBack, self.open_ask_back)
        conversation.on_form(actions.AskBack, self.ask_back)

    async def open_answer(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.answer_form(turn.words, await self.lock_mine(turn)))

    async def answer(self, event: Submitted, turn: Turn) -> None:
        """Everybody who asked hears it once, and other conversations may offer what becomes of it."""
        ticket = await self.lock_mine_or_again(turn, event, forms.answer_form)
        if ticket is None:
            return
        text = read_typed(event, "text")
        if not text:
            self.again(turn, forms.answer_form(turn.words, ticket), event, "lab.answer_needed")
            return
        newest = await self.give(turn, ticket, text)
        card = await add_to_closed(self.desk, turn, cards.closed_card(turn.words, newest), closed(newest))
        turn.say(card, kind=KIND)

    async def open_ask_back(self, _: Pressed, turn: Turn) -> None:
        turn.open(forms.ask_form(turn.words, await self.lock_mine(turn)))

    async def ask_back(self, event: Submitted, turn: Turn) -> None:
        """The time stands still until the asker says something back."""
        ticket = await self.lock_mine_or_again(turn, event, forms.ask_form)
        if ticket is None:
            return
        text = read_typed(event, "text")
        if not text:
            self.again(turn, forms.ask_form(turn.words, ticket), event, "lab.ask_needed")
            return
        values = {**self.react(turn, ticket), "state": "asking", "claimed_by": turn.person.id, "due_by": None}
        await self.change(turn, ticket, **values)
        said = LAB_WORDS("lab.note_asked", name=self.me(turn))
        newest = await self.note(turn, ticket, "asked", said, text)
        await self.tell(turn, newest, text, "lab.asker_asked", reply="lab.button_reply")


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
