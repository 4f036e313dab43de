"""The outbox: messages that are decided and not yet delivered, and what became of each.

Why: a message is decided in the same transaction as what it tells of, and sent after it. Keeps: the card, where
it goes and to whom, and the platform's id once sent. For how long: the card until it is sent and its message can
no longer be replaced (30 days); the rest a year, for "did it reach this person, and when?".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column, serial_column

_OPEN = text("state IN ('waiting', 'sending')")


class OutboxRow(SQLModel, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_open", "platform", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("outbox_open_place", "place_key", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("outbox_person", "person_id", "id"),
        Index("outbox_wanted", "wanted_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(serial_column(), primary_key=True, autoincrement=True))
    key: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=20)
    """answer, ticket, notice, nudge, digest: says whether an unclear one is sent again."""
    platform: str = Field(max_length=20)
    place: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    place_key: str = Field(max_length=500)
    person_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    card: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    replaces: str | None = Field(default=None, max_length=200)
    """The platform's id of the message this one takes the place of."""
    state: str = Field(max_length=10)
    """waiting, sending, sent, failed, unclear or cancelled."""
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    platform_id: str | None = Field(default=None, max_length=200)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    good_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Not sent after this moment: a reminder of yesterday helps nobody. None: however late."""
    reason: str | None = Field(default=None, max_length=500)
    wanted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was first due, however often `due_at` moved since."""
