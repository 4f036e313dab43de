"""Where an act on a ticket is seen: on its card, in the thread below it, in chats of who asked and of the Lab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import Turn
from bot.conversations.lab import actions, cards
from bot.conversations.lab.targets import find_targets
from bot.conversations.lab.ticket_card import Shown, ref_of, ticket_card
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import HOUSE, NOWHERE, MessageRef, Place
from bot.rights import right_to
from bot.texts import DEFAULT_LANGUAGE, WORDS, Words, words_in
from knowledge.diploma import Permission
from storage import due, outbox, people, roles, tickets
from storage.roles import Holder
from storage.tickets import Ticket

KIND = "ticket"
LAB_WORDS = WORDS[DEFAULT_LANGUAGE]
"""What a channel reads, whoever acts."""
_FIRST_WAIT, _MOST_TRIES = timedelta(seconds=5), 12


async def look(turn: Turn, desk: Desk, ticket: Ticket, words: Words) -> Card:
    """The card as it stands now."""
    shown = Shown(
        ticket,
        desk.knowledge(),
        await tickets.find_askers(turn.tx, ticket.id),
        claimer=await name_of(turn, ticket.claimed_by),
        answerer=await name_of(turn, ticket.answered_by),
        now=turn.now,
        time_zone=desk.time_zone,
    )
    return ticket_card(words, shown)


async def name_of(turn: Turn, person_id: str | None) -> str:
    known = await people.find_by_id(turn.tx, person_id) if person_id else None
    return known.name if known else ""


async def note(
    turn: Turn,
    desk: Desk,
    ticket_id: str,
    kind: str,
    said: str,
    *,
    text: str = "",
    by: str | None = None,
    stays: bool = False,
) -> Ticket:
    """Something was done: it is kept, the card is drawn anew and its thread says so. The ticket as it is now.
    `stays`: what was pressed is another card than the ticket's."""
    await tickets.add_note(turn.tx, ticket_id, kind, turn.now, by=by, text=text)
    ticket = await tickets.get(turn.tx, ticket_id)
    card = await redraw(turn, desk, ticket)
    if card is not None and card.place.kind == "channel":
        thread = card.place.model_copy(update={"thread": card.id})
        turn.post(thread, cards.note_card(LAB_WORDS, said, text), kind=KIND)
    elsewhere = None if stays else turn.pressed
    if elsewhere is not None and by == turn.person.id and (card is None or elsewhere.id != card.id):
        turn.replace(elsewhere, await look(turn, desk, ticket, turn.words), kind=KIND)
    return ticket


async def redraw(turn: Turn, desk: Desk, ticket: Ticket, tries: int = 0) -> MessageRef | None:
    """In place, in the channel. A card that has not arrived there yet is drawn anew in a moment."""
    if ticket.card_key is None or ticket.place is None:
        return None
    id = await outbox.find_platform_id(turn.tx, ticket.card_key)
    if id is None:
        if tries < _MOST_TRIES:
            again = actions.Redraw(ticket=ticket.id, tries=tries + 1)
            await _plan(turn, f"{ticket.version}:redraw:{tries}", turn.now + _FIRST_WAIT * 2**tries, again)
        return None
    card = MessageRef(place=Place.model_validate(ticket.place), id=id)
    turn.replace(card, await look(turn, desk, ticket, LAB_WORDS), kind=KIND)
    return card


async def tell_askers(turn: Turn, ticket: Ticket, draw: Callable[[Words], Card], *, but_not: str = "") -> None:
    """Those with a name, each in their own language; who has none looks it up."""
    for asker in await tickets.find_askers(turn.tx, ticket.id):
        if asker.person_id != but_not:
            turn.tell(asker.person_id, draw(words_in(asker.language)), kind=KIND)


def expected_by(ticket: Ticket, now: datetime) -> datetime | None:
    """What an asker may count on: by when the Lab means to answer. None while the asker is to speak, and once it is
    late: then no moment is better than one that has gone by."""
    return ticket.answer_by if ticket.state in ("open", "claimed") and ticket.answer_by > now else None


async def find_lab(turn: Turn, desk: Desk) -> list[Holder]:
    """Who may work on tickets."""
    return await roles.find_people_with(turn.tx, right_to(desk, Permission.TRIAGE), turn.now)


async def tell_lab(turn: Turn, desk: Desk, draw: Callable[[Words], Card], *, place: Place | None = None) -> None:
    """In the channel; where there is none, to each of them."""
    channel = place or desk.lab
    if channel is not None:
        turn.post(channel, draw(LAB_WORDS))
        return
    for one in await find_lab(turn, desk):
        turn.tell(one.person_id, draw(words_in(one.language)))


async def plan_reminders(turn: Turn, desk: Desk, ticket: Ticket) -> None:
    """At three quarters of the time and at its end; looked at again when they fall due."""
    if ticket.due_by is None:
        return
    target = ticket.due_by.isoformat()
    early = find_targets(desk).warn_at(turn.now, ticket.due_by)
    for share, when in ((75, early), (100, ticket.due_by)):
        action = actions.Remind(ticket=ticket.id, target=target, share=share)
        await _plan(turn, f"{target}:{share}", when, action)


async def _plan(turn: Turn, key: str, when: datetime, action: actions.Remind | actions.Redraw) -> None:
    """As the house: what is planned for a ticket does not say whose turn it was planned in."""
    account, place = HOUSE.model_dump(mode="json"), NOWHERE.model_dump(mode="json")
    key = f"lab:{action.ticket}:{key}"
    await due.plan(turn.tx, key=key, action=action.pack(), account=account, place=place, due_at=when)


def call(ticket: Ticket) -> str:
    return ref_of(ticket.id)
