"""Who is over the day of a diploma, asked for an exemption, or pressed a button of a reminder.

Why: managers and HR get one list a week without a look at everybody, an exemption is decided on by somebody else
than who asks for it, and a button counts once. Keeps: ids and days; of an exemption the reason, masked. For how
long: who is over the day until the next morning's look; requests two years; presses a year.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class BehindRow(SQLModel, table=True):
    """As the last look at everybody found it."""

    __tablename__ = "diploma_behind"
    __table_args__ = (Index("diploma_behind_by", "by"), Index("diploma_behind_person", "person_id"))

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    level: str = Field(max_length=100)
    by: date
    unit: str = Field(max_length=200)
    manager_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """None: nobody leads them, or who did has left."""


class ExemptionRequestRow(SQLModel, table=True):
    __tablename__ = "exemption_requests"

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)
    asked_by: str = Field(max_length=32, foreign_key="people.id")
    since: date
    until: date
    """The first day on which it would no longer hold."""
    reason: str = Field(max_length=3000)
    """Masked."""
    asked_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(max_length=10)
    """open, given or refused."""


class DiplomaMarkRow(SQLModel, table=True):
    """What somebody pressed and what counts once."""

    __tablename__ = "diploma_marks"

    key: str = Field(primary_key=True, max_length=300)
    at: datetime = Field(sa_type=UtcDateTime)
