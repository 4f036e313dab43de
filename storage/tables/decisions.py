"""Decisions on the diploma that were adopted: what they said, in each language, and when.

Why: what was agreed must be there to read as it was then, whatever the files say now. Keeps: the text, which is the
organisation's own, and who adopted it. For how long: for good.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class DecisionRow(SQLModel, table=True):
    __tablename__ = "diploma_decisions"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fingerprint: str = Field(max_length=64, unique=True)
    content: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    """By language the sections, each a heading and its lines."""
    adopted_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    adopted_at: datetime = Field(sa_type=UtcDateTime)
