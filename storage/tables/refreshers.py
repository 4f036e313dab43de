"""Refreshers: a few questions in chat that renew a diploma.

Why: who knows the agreements need not sit through a course again. Keeps: whose it is, which rows of the matrix were
asked and what was answered, as evidence of the attempt; beside that, of each row how often it was answered wrong,
without a name; and which rows were looked at for functions of high risk. For how long: attempts as long as the
certificates, the numbers as long as the row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class RefresherRow(SQLModel, table=True):
    __tablename__ = "refreshers"

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)
    level: str = Field(max_length=100)
    questions: list[dict[str, Any]] = Field(sa_column=Column(json_column(), nullable=False))
    answers: list[dict[str, Any]] = Field(sa_column=Column(json_column(), nullable=False))
    answered: int
    """How many; an answer counts for the question that is next, and once."""
    state: str = Field(max_length=10)
    """open, passed or failed."""
    started_at: datetime = Field(sa_type=UtcDateTime)


class RefresherTallyRow(SQLModel, table=True):
    __tablename__ = "refresher_tally"

    row: str = Field(primary_key=True, max_length=100)
    asked: int
    wrong: int


class RefresherLookRow(SQLModel, table=True):
    """The security role looked at the question about this version of a row."""

    __tablename__ = "refresher_looks"

    row: str = Field(primary_key=True, max_length=100)
    version: int = Field(primary_key=True)
    looked_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    looked_at: datetime = Field(sa_type=UtcDateTime)
