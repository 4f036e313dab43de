"""What one conversation asks of the others without knowing which they are."""

from __future__ import annotations

from bot.conversation import Agreement, Answered, ClosedTicket, Handed, Handover, Surveyed, Turn
from bot.desk import Desk
from bot.model.cards import Card, Element
from bot.texts import Words


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


def add_to_survey(desk: Desk, words: Words, surveyed: Surveyed) -> tuple[Element, ...]:
    """What other conversations offer to do with what came out of a survey."""
    adding = [conversation.add_to_survey for conversation in desk.conversations if conversation.add_to_survey]
    return tuple(element for add in adding for element in add(words, surveyed))


async def propose(desk: Desk, turn: Turn, agreement: Agreement) -> bool:
    """Bring it to who adopts what everybody agrees on; False where that is so already."""
    for conversation in desk.conversations:
        if conversation.take_agreement is not None:
            return await conversation.take_agreement(turn, agreement)
    raise LookupError("no conversation takes what a team proposes")


def _with(card: Card, more: tuple[Element, ...]) -> Card:
    try:
        return card.with_more(*more)
    except ValueError:  # too much for one message: the answer itself goes first
        return card
