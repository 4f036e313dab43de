"""Nudges: one reminder to one person about one thing at one step, gathered to one message a day.

Why: reminders that are planned apart arrive together, and one that is no longer wanted never arrives. Keeps: whom,
about what (a packed Action, no text) and when. For how long: a year after it was due, for "was she reminded?".
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime

_WAITING = text("state = 'waiting'")


class NudgeRow(SQLModel, table=True):
    __tablename__ = "nudges"
    __table_args__ = (
        Index("nudges_waiting", "due_at", "person_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("nudges_person", "person_id", "due_at"),
        Index("nudges_subject", "subject"),
    )

    key: str = Field(primary_key=True, max_length=300)
    """Names the person, the thing and the step: planned twice is planned once."""
    person_id: str = Field(max_length=32, foreign_key="people.id")
    subject: str = Field(max_length=200)
    """The thing: once it is done, every nudge about it is cancelled."""
    action: str
    """A packed Action; its conversation says whether it is still wanted, and draws it."""
    state: str = Field(max_length=10)
    """waiting, gathered (in a message), cancelled, or expired (too late to be of use)."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    good_until: datetime = Field(sa_type=UtcDateTime)
    outbox_key: str | None = Field(default=None, max_length=32, index=True)
    """The message it went into."""
