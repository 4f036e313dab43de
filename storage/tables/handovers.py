"""Handovers: questions that wait for a person of the AI Lab.

Why: what the matrix does not know, people answer. Keeps: which question, and whether it is still open. For how
long: as long as the question itself.
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
    """open or closed."""
    opened_at: datetime = Field(sa_type=UtcDateTime)
