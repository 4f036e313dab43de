"""How tickets are let go of: in time, and for somebody who wants to be forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlmodel import col

from storage.tables.outbox import OutboxRow
from storage.tables.tickets import TicketAskerRow, TicketRow
from storage.transaction import Transaction

_SETTLED = ("sent", "failed", "unclear", "cancelled")


async def forget(tx: Transaction, *, closed_before: datetime, askers_before: datetime) -> int:
    """Who asked goes first, the ticket with all that was said later; how many tickets."""
    old = select(col(TicketRow.id)).where(col(TicketRow.closed_at) < askers_before)
    await tx.execute(update(TicketRow).where(col(TicketRow.id).in_(old), col(TicketRow.unit) != "").values(unit=""))
    await tx.execute(delete(TicketAskerRow).where(col(TicketAskerRow.ticket_id).in_(old)))
    return (await tx.execute(delete(TicketRow).where(col(TicketRow.closed_at) < closed_before))).rowcount


async def forget_person(tx: Transaction, person_id: str) -> None:
    """Their questions stay, of nobody; the cards that name them are no longer kept here. What somebody of the Lab
    did for others stays: the audit log says who did it as well."""
    theirs = select(col(TicketAskerRow.ticket_id)).where(col(TicketAskerRow.person_id) == person_id)
    keys = select(col(TicketRow.card_key)).where(
        col(TicketRow.id).in_(theirs), col(TicketRow.card_key).is_not(None)
    )
    messages = select(col(OutboxRow.platform_id)).where(
        col(OutboxRow.key).in_(keys), col(OutboxRow.platform_id).is_not(None)
    )
    settled = col(OutboxRow.state).in_(_SETTLED)
    found = list((await tx.execute(messages)).scalars())
    await tx.execute(update(OutboxRow).where(settled, col(OutboxRow.key).in_(keys)).values(card=None))
    threads = (col(OutboxRow.place_key).endswith(f"/{id}", autoescape=True) for id in found)
    named = or_(col(OutboxRow.replaces).in_(found), *threads)
    await tx.execute(update(OutboxRow).where(settled, col(OutboxRow.kind) == "ticket", named).values(card=None))
    await tx.execute(update(TicketRow).where(col(TicketRow.id).in_(theirs)).values(unit=""))
    await tx.execute(delete(TicketAskerRow).where(col(TicketAskerRow.person_id) == person_id))
