"""Figures of the diploma as they were shown on a day, added up by group.

Why: a figure of last year must be what was shown last year, whatever was brought in, corrected or agreed since.
Keeps: numbers of groups and the rules they were counted by, nothing of a person; while a day is being counted also
the id of the person who was counted last. For how long: ten years.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class FiguresDayRow(SQLModel, table=True):
    """One count of one day: on the day itself, or again later, with what had become known by then."""

    __tablename__ = "figures_days"

    day: date = Field(primary_key=True)
    known_on: date = Field(primary_key=True)
    """The same as `day`: what was shown then. Later: a correction."""
    rules: str = Field(sa_column=Column(Text(), nullable=False))
    """JSON: the rules of diploma.yaml that held."""
    partial: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    """JSON: what was counted up to a person; None: the count is done and lies in `figures`."""
    counted_at: datetime = Field(sa_type=UtcDateTime)


class FiguresRow(SQLModel, table=True):
    __tablename__ = "figures"

    day: date = Field(primary_key=True)
    known_on: date = Field(primary_key=True)
    kind: str = Field(primary_key=True, max_length=10)
    """all, unit, location or function."""
    name: str = Field(primary_key=True, max_length=200)
    counts: str = Field(sa_column=Column(Text(), nullable=False))
    """JSON: numbers by what was counted."""
