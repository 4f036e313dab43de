"""Questions that were asked, masked, with what came of them; who asked lies apart.

Why: the answers' statistics and the living matrix need the question and its outcome, never the person; "my
last answers" and "your answer changed" need the person. Keeps: the masked text, what was read, the verdict.
For how long: 400 days; the link to the person 90 days.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class QuestionRow(SQLModel, table=True):
    __tablename__ = "questions"
    __table_args__ = (Index("questions_when", "asked_at"), Index("questions_row", "use_case", "asked_at"))

    id: str = Field(primary_key=True, max_length=32)
    text: str
    """Masked."""
    language: str = Field(max_length=2)
    outcome: str = Field(max_length=10)
    use_case: str | None = Field(default=None, max_length=100)
    row_version: int | None = None
    verdict: str | None = Field(default=None, max_length=10)
    reading: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    """Candidates, data, tools and the rest of what was read; enough to judge again with other data."""
    asked_at: datetime = Field(sa_type=UtcDateTime)


class AskerRow(SQLModel, table=True):
    """Who asked; apart from the question, so that it can go sooner and be erased alone."""

    __tablename__ = "askers"
    __table_args__ = (Index("askers_person", "person_id", "asked_at"),)

    question_id: str = Field(primary_key=True, max_length=32, foreign_key="questions.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)


class RatingRow(SQLModel, table=True):
    """What the asker thought of the answer; no name in it, only the link in askers leads there."""

    __tablename__ = "ratings"

    question_id: str = Field(primary_key=True, max_length=32, foreign_key="questions.id", ondelete="CASCADE")
    helpful: bool
    reason: str = Field(default="", max_length=3000)
    """Masked."""
    rated_at: datetime = Field(sa_type=UtcDateTime)
