"""What one conversation asks of the others without knowing which they are."""

from __future__ import annotations

from bot.conversation import Answered, ClosedTicket, Handed, Handover, Turn
from bot.desk import Desk
from bot.model.cards import Card, Element


async def hand_over(desk: Desk, turn: Turn, handover: Handover) -> Handed:
    """Bring it to the AI Lab, in this turn."""
    for conversation in desk.conversations:
        if conversation.take_handover is not None:
            return await conversation.take_handover(turn, handover)
    raise LookupError("no conversation takes what is handed over")


async def add_to(desk: Desk, turn: Turn, card: Card, answered: Answered) -> Card:
    """The card with what other conversations have to say about it, as far as it fits."""
    for conversation in desk.conversations:
        if conversation.add_to_answer is not None:
            more = await conversation.add_to_answer(turn, answered)
            card = _with(card, tuple(more)) if more else card
    return card


async def add_to_closed(desk: Desk, turn: Turn, card: Card, ticket: ClosedTicket) -> Card:
    """The card about a closed ticket, with what other conversations offer to do with its answer."""
    for conversation in desk.conversations:
        if conversation.add_to_closed is not None:
            more = await conversation.add_to_closed(turn, ticket)
            card = _with(card, tuple(more)) if more else card
    return card


def _with(card: Card, more: tuple[Element, ...]) -> Card:
    try:
        return card.with_more(*more)
    except ValueError:  # too much for one message: the answer itself goes first
        return card
