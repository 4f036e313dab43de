"""Named queries of tickets: open, change by version, who asked, what was said, the codes of who stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.handovers import HandoverRow
from storage.tables.people import PersonRow
from storage.tables.questions import QuestionRow
from storage.tables.tickets import TicketAskerRow, TicketCodeRow, TicketNoteRow, TicketRow
from storage.tickets_finding import keep_words
from storage.transaction import Transaction

OPEN = ("open", "claimed", "asking")
"""Something is still to be said about it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One question that people answer, whoever asked it."""

    id: str
    version: int
    state: str
    text: str
    note: str
    language: str
    reading: Mapping[str, Any]
    row: str | None
    unit: str
    asks: int
    unnamed: int
    meant_for: str | None
    claimed_by: str | None
    opened_at: datetime
    answer_by: datetime
    due_by: datetime | None
    reacted_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    answer: str | None
    closed_at: datetime | None
    merged_into: str | None
    place: dict[str, Any] | None
    card_key: str | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Asker:
    person_id: str
    name: str
    language: str | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    kind: str
    by: str | None
    name: str
    """Of who did it; "" for an asker."""
    text: str
    at: datetime


_tickets = table_of(TicketRow).c
TICKET = select(*(getattr(_tickets, name) for name in Ticket.__slots__))


async def add(
    tx: Transaction,
    *,
    text: str,
    note: str,
    language: str,
    reading: Mapping[str, Any],
    row: str | None,
    unit: str,
    meant_for: str | None,
    now: datetime,
    due_by: datetime,
    answer_by: datetime,
) -> Ticket:
    """A new open ticket that nobody asks yet: `add_asker` or `add_code` follows."""
    values = {
        "id": uuid4().hex,
        "version": 1,
        "state": "open",
        "text": text,
        "note": note,
        "language": language,
        "reading": dict(reading),
        "row": row,
        "unit": unit,
        "asks": 0,
        "unnamed": 0,
        "meant_for": meant_for,
        "opened_at": now,
        "due_by": due_by,
        "answer_by": answer_by,
    }
    await tx.execute(insert(TicketRow).values(**values))
    await keep_words(tx, str(values["id"]), text, note)
    return await get(tx, str(values["id"]))


async def find(tx: Transaction, id: str) -> Ticket | None:
    found = (await tx.execute(TICKET.where(_tickets.id == id))).first()
    return Ticket(*found) if found else None


async def lock(tx: Transaction, id: str) -> Ticket | None:
    """Held until the transaction ends: whoever else acts on it waits, and sees what became of it."""
    found = (await tx.execute(TICKET.where(_tickets.id == id).with_for_update())).first()
    return Ticket(*found) if found else None


async def get(tx: Transaction, id: str) -> Ticket:
    return Ticket(*(await tx.execute(TICKET.where(_tickets.id == id))).one())


async def change(tx: Transaction, ticket: Ticket, **values: Any) -> bool:
    """False, and nothing done, where somebody changed it since it was read."""
    query = update(TicketRow).where(col(TicketRow.id) == ticket.id, col(TicketRow.version) == ticket.version)
    return bool((await tx.execute(query.values(version=ticket.version + 1, **values))).rowcount)


async def find_like(tx: Transaction, row: str | None, most: int) -> list[Ticket]:
    """Open tickets about the same row, newest first."""
    about = _tickets.row.is_(None) if row is None else _tickets.row == row
    query = TICKET.where(about, _tickets.state.in_(OPEN)).order_by(_tickets.opened_at.desc(), _tickets.id)
    return [Ticket(*found) for found in await tx.execute(query.limit(most))]


async def find_newest_open(tx: Transaction, most: int) -> list[Ticket]:
    query = TICKET.where(_tickets.state.in_(OPEN)).order_by(_tickets.opened_at.desc(), _tickets.id)
    return [Ticket(*found) for found in await tx.execute(query.limit(most))]


async def find_waiting(tx: Transaction, *, after: str, most: int) -> list[Ticket]:
    """Those the Lab is to answer, by id; the next after this one."""
    query = TICKET.where(_tickets.id > after, _tickets.state.in_(("open", "claimed"))).order_by(_tickets.id)
    return [Ticket(*found) for found in await tx.execute(query.limit(most))]


# ---------------------------------------------------------------- who asked


async def add_asker(tx: Transaction, ticket_id: str, person_id: str, now: datetime) -> bool:
    """False where this person is among them already."""
    if person_id in {asker.person_id for asker in await find_askers(tx, ticket_id)}:
        return False
    row = {"id": uuid4().hex, "ticket_id": ticket_id, "person_id": person_id, "since": now}
    await tx.execute(insert(TicketAskerRow).values(**row))
    await _count(tx, ticket_id)
    return True


async def add_code(tx: Transaction, ticket_id: str, hash: str) -> bool:
    """Somebody nobody knows asks this too; False where this code leads somewhere already."""
    if not await add_once(tx, TicketCodeRow, hash=hash, ticket_id=ticket_id):
        return False
    await _count(tx, ticket_id)
    return True


async def _count(tx: Transaction, ticket_id: str) -> None:
    """Counted anew, so that joining twice or merging never counts anybody twice."""
    named = (
        select(func.count(col(TicketAskerRow.person_id).distinct()))
        .where(col(TicketAskerRow.ticket_id) == ticket_id)
        .scalar_subquery()
    )
    unnamed = (
        select(func.count())
        .select_from(TicketCodeRow)
        .where(col(TicketCodeRow.ticket_id) == ticket_id)
        .scalar_subquery()
    )
    counted = {"asks": named + unnamed, "unnamed": unnamed, "version": col(TicketRow.version) + 1}
    await tx.execute(update(TicketRow).where(col(TicketRow.id) == ticket_id).values(**counted))


async def find_askers(tx: Transaction, ticket_id: str) -> list[Asker]:
    """Those with a name, each once, who asked first first."""
    query = (
        select(col(PersonRow.id), col(PersonRow.name), col(PersonRow.language), col(TicketAskerRow.told_at))
        .join(TicketAskerRow, col(TicketAskerRow.person_id) == col(PersonRow.id))
        .where(col(TicketAskerRow.ticket_id) == ticket_id)
        .order_by(col(TicketAskerRow.since), col(TicketAskerRow.id))
    )
    found: dict[str, Asker] = {}
    for row in await tx.execute(query):
        asker = Asker(*row)
        if asker.person_id not in found or asker.told_at is not None:
            found[asker.person_id] = asker
    return list(found.values())


async def is_asker(tx: Transaction, ticket_id: str, person_id: str) -> bool:
    mine = (col(TicketAskerRow.ticket_id) == ticket_id, col(TicketAskerRow.person_id) == person_id)
    return (await tx.execute(select(col(TicketAskerRow.id)).where(*mine).limit(1))).first() is not None


async def note_told(tx: Transaction, ticket_id: str, now: datetime | None) -> None:
    """All of them know the answer; None: of the new one nobody knows yet."""
    query = update(TicketAskerRow).where(col(TicketAskerRow.ticket_id) == ticket_id)
    await tx.execute(query.values(told_at=now))


async def move_askers(tx: Transaction, ticket_id: str, into: str) -> None:
    """Whoever asked this asks that from now on."""
    for table in (TicketAskerRow, TicketCodeRow, HandoverRow):
        query = update(table).where(col(table.ticket_id) == ticket_id)
        await tx.execute(query.values(ticket_id=into))
    await _count(tx, ticket_id)
    await _count(tx, into)


# ---------------------------------------------------------------- questions, codes, notes


async def note_question(tx: Transaction, question_id: str, ticket_id: str, *, note: str, now: datetime) -> None:
    """This question lies with the Lab as that ticket; the newest where it was there before."""
    row = {"question_id": question_id, "note": note[:3000], "state": "open", "opened_at": now}
    if not await add_once(tx, HandoverRow, id=uuid4().hex, ticket_id=ticket_id, **row):
        again = update(HandoverRow).where(col(HandoverRow.question_id) == question_id)
        await tx.execute(again.values(ticket_id=ticket_id))


async def settle_questions(tx: Transaction, ticket_id: str, *, answered: bool) -> None:
    """What was asked lies with the Lab no longer."""
    theirs = select(col(QuestionRow.id), col(QuestionRow.reading)).join_from(
        QuestionRow, HandoverRow, col(HandoverRow.question_id) == col(QuestionRow.id)
    )
    for id, reading in await tx.execute(theirs.where(col(HandoverRow.ticket_id) == ticket_id)):
        kept = {**reading, "at_lab": False, "lab_answered": answered}
        await tx.execute(update(QuestionRow).where(col(QuestionRow.id) == id).values(reading=kept))


async def find_of_question(tx: Transaction, question_id: str) -> Ticket | None:
    query = TICKET.join(HandoverRow, col(HandoverRow.ticket_id) == _tickets.id)
    found = (await tx.execute(query.where(col(HandoverRow.question_id) == question_id))).first()
    return Ticket(*found) if found else None


async def find_by_hash(tx: Transaction, hash: str) -> Ticket | None:
    query = TICKET.join(TicketCodeRow, col(TicketCodeRow.ticket_id) == _tickets.id)
    found = (await tx.execute(query.where(col(TicketCodeRow.hash) == hash))).first()
    return Ticket(*found) if found else None


async def add_note(
    tx: Transaction, ticket_id: str, kind: str, now: datetime, *, by: str | None = None, text: str = ""
) -> None:
    row = {"ticket_id": ticket_id, "kind": kind, "by": by, "text": text, "at": now}
    await tx.execute(insert(TicketNoteRow).values(**row))
    if text:
        await keep_words(tx, ticket_id, text)


async def find_notes(tx: Transaction, ticket_id: str, most: int = 200) -> list[Note]:
    """The newest, oldest first."""
    by = col(TicketNoteRow.by)
    query = (
        select(
            col(TicketNoteRow.kind),
            by,
            func.coalesce(col(PersonRow.name), ""),
            col(TicketNoteRow.text),
            col(TicketNoteRow.at),
        )
        .outerjoin(PersonRow, col(PersonRow.id) == by)
        .where(col(TicketNoteRow.ticket_id) == ticket_id)
        .order_by(col(TicketNoteRow.id).desc())
        .limit(most)
    )
    return [Note(*row) for row in reversed((await tx.execute(query)).all())]
