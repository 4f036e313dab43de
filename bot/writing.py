"""What a turn decided becomes rows: messages in the outbox, plans among the due things."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.conversation import Message, Turn
from bot.model.events import Place
from bot.reaching import place_by_email
from storage import due, outbox, people
from storage.tables.columns import Written
from storage.transaction import Transaction

log = structlog.get_logger()

_NOWHERE = Place(platform="none", tenant="", id="", kind="direct")
NO_ACCOUNT = "this person has never been seen on a chat platform"


async def write_turn(turn: Turn) -> None:
    for message in turn.messages:
        await write_message(turn.tx, message, turn.now)
    for planned in turn.planned:
        await due.plan(
            turn.tx,
            key=planned.key,
            action=planned.action.pack(),
            account=turn.event.account.model_dump(mode="json"),
            place=turn.event.place.model_dump(mode="json"),
            due_at=planned.when,
        )


async def write_message(tx: Transaction, message: Message, now: datetime) -> None:
    """Somebody who can be reached nowhere stays in sight: as a message that failed, with the reason."""
    place = message.place or await _find_place(tx, message.to)
    if place is None:
        log.warning("outbox.no_place", kind=message.kind)
    goes_to = place or _NOWHERE
    await outbox.add(
        tx,
        key=message.key,
        kind=message.kind,
        place=goes_to.model_dump(mode="json"),
        place_key=goes_to.key,
        card=Written(message.card.write()),
        due_at=now,
        replaces=message.replaces,
        person_id=message.to or None,
        good_until=message.good_until,
        failed=NO_ACCOUNT if place is None else None,
    )


async def _find_place(tx: Transaction, person_id: str | None) -> Place | None:
    """Where they last spoke; else wherever their e-mail address is known."""
    if not person_id:
        return None
    found = await people.find_direct_place(tx, person_id)
    if found is not None:
        return Place.model_validate(found)
    email = await people.find_email(tx, person_id)
    return place_by_email(email) if email else None
