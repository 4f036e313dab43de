"""Due rows: what was planned for later; checked again when it falls due.

Why: a reminder planned today may no longer be wanted in a month. Keeps: what to do, for whom and when, with a key
per occasion so that it happens once. For how long: 30 days after it was done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column

_WAITING = text("state = 'waiting'")


class DueRow(SQLModel, table=True):
    __tablename__ = "due"
    __table_args__ = (Index("due_waiting", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),)

    key: str = Field(primary_key=True, max_length=300)
    action: str
    """A packed Action."""
    account: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    place: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    state: str = Field(max_length=10)
    """waiting, done, failed (tried too often, or too late) or cancelled."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
