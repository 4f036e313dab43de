"""Handovers: which question was brought to the AI Lab, and which ticket it became.

Why: asking the same again joins what is there. Keeps: the question and its ticket. For how long: as long as the
question itself; gone at once where somebody goes on anonymously.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class HandoverRow(SQLModel, table=True):
    __tablename__ = "handovers"

    id: str = Field(primary_key=True, max_length=32)
    question_id: str = Field(max_length=32, foreign_key="questions.id", ondelete="CASCADE", unique=True)
    note: str = Field(default="", max_length=3000)
    """What the asker added, masked."""
    state: str = Field(max_length=10)
    """open, and since there are tickets always: they say how it stands."""
    opened_at: datetime = Field(sa_type=UtcDateTime)
    ticket_id: str | None = Field(
        default=None, max_length=32, foreign_key="tickets.id", ondelete="SET NULL", index=True
    )
