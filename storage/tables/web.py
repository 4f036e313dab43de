"""The web workspace: its messages, what each person has read, and one counter that orders every change.

Why: the local workspace is a chat of its own, so nobody else keeps what is said there. Keeps: who said what where
(personal data and secrets masked), Prompt Club's cards, and how far each person has read. For how long: 30 days,
like the cards of the outbox.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column, serial_column


class WebMessageRow(SQLModel, table=True):
    __tablename__ = "web_messages"
    __table_args__ = (Index("web_messages_place", "place", "thread", "id"),)

    id: int | None = Field(default=None, sa_column=Column(serial_column(), primary_key=True, autoincrement=True))
    key: str = Field(max_length=120, unique=True)
    """The page's own id of a typed message, or the outbox key: the same message twice is one row."""
    place: str = Field(max_length=80)
    """A channel's name, or `dm:<user>`."""
    thread: int | None = None
    """The message that this one answers."""
    author: str | None = Field(default=None, max_length=80)
    """Who typed it; None: Prompt Club."""
    text: str | None = None
    """What somebody typed, masked."""
    card: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    said_at: datetime = Field(sa_type=UtcDateTime)
    change: int = Field(unique=True)
    """Number of the last change to this row; open pages ask for what changed after the one they have."""


class WebReadRow(SQLModel, table=True):
    __tablename__ = "web_reads"

    user: str = Field(primary_key=True, max_length=80)
    place: str = Field(primary_key=True, max_length=80)
    message: int
    """The newest message that this person has seen here."""


class WebCounterRow(SQLModel, table=True):
    """One row. Whoever changes a message takes its number first, so that numbers are committed in order."""

    __tablename__ = "web_counter"

    id: int = Field(primary_key=True)
    number: int
