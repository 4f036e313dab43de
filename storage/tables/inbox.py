"""The inbox: one row per delivered event, so that a second delivery changes nothing and none is lost.

Why: platforms deliver one event several times. Keeps: the key; the event itself (masked) only between
acknowledging it and having handled it. For how long: the key seven days, the event seconds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class InboxRow(SQLModel, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "inbox_waiting",
            "received_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("inbox_age", "received_at"),
    )

    key: str = Field(primary_key=True, max_length=400)
    state: str = Field(max_length=10)
    """waiting, done or failed."""
    event: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    attempts: int = 0
    received_at: datetime = Field(sa_type=UtcDateTime)
