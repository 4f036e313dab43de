"""Tickets: questions that wait for a person of the AI Lab, and what was said about each in both directions.

Why: what the matrix does not know, people answer, and everyone who asked hears it once. Keeps: the masked question
with what was read of it, who works on it, how it stands, the answer; who asked, in rows of their own; of somebody
who asked anonymously only the hash of a code they keep themselves. For how long: 400 days after it was closed; who
asked it 90 days after it was closed, or until they want to be forgotten.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column, serial_column


class TicketRow(SQLModel, table=True):
    """Nothing in it, nor its place among the others, tells of somebody who asked anonymously: such a question comes
    in with the others of its round (LetterRow)."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("tickets_state", "state", "opened_at", "id"),
        Index("tickets_claimed", "claimed_by", "state", "opened_at"),
        Index("tickets_due", "due_by"),
        Index("tickets_row", "row", "state", "opened_at"),
        Index("tickets_counted", "state", "claimed_by", "due_by"),
        Index("tickets_opened", "opened_at", "reaction_minutes", "answer_minutes"),
    )

    id: str = Field(primary_key=True, max_length=32)
    version: int = 1
    """One more with every change; a change names the version it was decided on."""
    state: str = Field(max_length=10)
    """open, claimed, asking (the asker is to say something), answered, or closed without an answer."""
    text: str
    """Masked, whole."""
    note: str = ""
    """Masked; what the asker added."""
    language: str = Field(max_length=2)
    reading: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    """Rows that come closest, data, tools, and why there was no answer; as a question keeps it."""
    row: str | None = Field(default=None, max_length=100)
    """The row that comes closest."""
    unit: str = Field(default="", max_length=200)
    """Where who asked first worked at that moment; kept as long as who asked. "" of somebody anonymous."""
    asks: int = 1
    """How many people asked it."""
    unnamed: int = 0
    """How many of them anonymously."""
    meant_for: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """Whom routing.yaml names for questions like this."""
    claimed_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    answer_by: datetime = Field(sa_type=UtcDateTime)
    due_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the next thing is expected of the Lab, a first reaction or the answer; None: nothing now."""
    reacted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reaction_minutes: int | None = None
    """In working time."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_minutes: int | None = None
    answered_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    answer: str | None = None
    """Masked."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_into: str | None = Field(default=None, max_length=32)
    place: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    """The channel its card stands in."""
    card_key: str | None = Field(default=None, max_length=32)
    """The card's message in the outbox."""


class TicketAskerRow(SQLModel, table=True):
    """Somebody who asked under their own name; two accounts that turn out to be one person may each be here."""

    __tablename__ = "ticket_askers"
    __table_args__ = (Index("ticket_askers_ticket", "ticket_id"), Index("ticket_askers_person", "person_id"))

    id: str = Field(primary_key=True, max_length=32)
    ticket_id: str = Field(max_length=32, foreign_key="tickets.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")
    since: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they were sent the answer that stands now."""


class TicketCodeRow(SQLModel, table=True):
    """With the code behind this hash somebody nobody knows looks up what became of their question."""

    __tablename__ = "ticket_codes"

    hash: str = Field(primary_key=True, max_length=64)
    ticket_id: str = Field(max_length=32, foreign_key="tickets.id", ondelete="CASCADE", index=True)


class TicketNoteRow(SQLModel, table=True):
    """What was done and said, in order."""

    __tablename__ = "ticket_notes"
    __table_args__ = (Index("ticket_notes_ticket", "ticket_id", "id"),)

    id: int | None = Field(default=None, sa_column=Column(serial_column(), primary_key=True, autoincrement=True))
    ticket_id: str = Field(max_length=32, foreign_key="tickets.id", ondelete="CASCADE")
    kind: str = Field(max_length=10)
    """claimed, returned, handed, asked, replied, answered, merged, closed, reopened or joined."""
    by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """None: an asker, or the house."""
    text: str = ""
    """Masked."""
    at: datetime = Field(sa_type=UtcDateTime)


class TicketWordRow(SQLModel, table=True):
    """The words of a ticket, to find it by; the same on every database."""

    __tablename__ = "ticket_words"
    __table_args__ = (
        Index("ticket_words_ticket", "ticket_id"),
        Index("ticket_words_begin", "word", postgresql_ops={"word": "text_pattern_ops"}),
    )

    word: str = Field(sa_column=Column(String(40), primary_key=True))
    ticket_id: str = Field(primary_key=True, max_length=32, foreign_key="tickets.id", ondelete="CASCADE")


class LetterRow(SQLModel, table=True):
    """What somebody sent anonymously since the last round. It holds no moment and no order of ours: at the round
    all letters become tickets (or replies) at once, in the order of their random ids."""

    __tablename__ = "ticket_letters"

    id: str = Field(primary_key=True, max_length=32)
    hash: str = Field(max_length=64)
    """Of the sender's code."""
    kind: str = Field(max_length=10)
    """question or reply."""
    text: str
    """Masked."""
    note: str = ""
    language: str = Field(max_length=2)
    reading: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
