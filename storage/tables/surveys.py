"""Surveys of a team: what was asked of whom, who took part, what was answered, and what may be shown of it.

Why: good agreements begin with what a team does now, told without fear. Keeps: a round with its questions; whom it
asked, and whether they took part or rather not; until the round closes the answers, each question apart; then only
counts and masked words of questions that enough people answered. Of an anonymous answer no name, no moment and no
order. For how long: answers until the round closes; whether somebody took part 90 days after that; rounds, whom
they asked (who may read what came out of them) and what was shown three years; a round that was never sent a day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column

_OPEN = text("state = 'open'")


class SurveyRoundRow(SQLModel, table=True):
    __tablename__ = "survey_rounds"
    __table_args__ = (
        Index("survey_rounds_lead", "lead_id", "opened_at"),
        Index("survey_rounds_survey", "survey", "opened_at"),
        Index("survey_rounds_open", "closes_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: str = Field(primary_key=True, max_length=32)
    survey: str = Field(max_length=100)
    survey_version: int
    title: dict[str, str] = Field(sa_column=Column(json_column(), nullable=False))
    purpose: dict[str, str] = Field(sa_column=Column(json_column(), nullable=False))
    questions: list[dict[str, Any]] = Field(sa_column=Column(json_column(), nullable=False))
    """As they were asked, whatever surveys.yaml says later."""
    lead_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    audience: str = Field(max_length=20)
    """team, unit, channel, people, drawn or again (whom the round before it asked)."""
    unit: str = Field(max_length=200)
    """Where the people are from, as far as known; "" for people of several units."""
    anonymous: bool
    """Fixed when the round starts."""
    minimum: int
    """Nothing is shown of fewer people."""
    state: str = Field(max_length=10)
    """draft, open, closed or dropped."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    invited: int = 0
    answered: int = 0
    """How many took part; written when it closes."""
    language: str = Field(max_length=2)
    """In which it goes out; "" where each gets their own."""
    follows: str | None = Field(default=None, max_length=32)
    """The round before it: of the quarter before, or with the proposals that are voted on."""
    repeats: bool
    """Its lead is asked about it again a quarter later."""


class SurveyInvitationRow(SQLModel, table=True):
    """Whom a round asks. Nothing forbids two rows of one person: two accounts may turn out to be one."""

    __tablename__ = "survey_invitations"
    __table_args__ = (
        Index("survey_invitations_round", "round_id", "person_id"),
        Index("survey_invitations_person", "person_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(primary_key=True, max_length=32)
    round_id: str = Field(max_length=32, foreign_key="survey_rounds.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")
    state: str = Field(max_length=10)
    """invited, answered or declined; past, once nobody needs to know any more."""


class SurveyAnswerRow(SQLModel, table=True):
    """One answer to one question. SQLite keeps it by its id, which is a sum of a secret: their order tells nothing,
    and two answers of one person lie as far apart as two of strangers."""

    __tablename__ = "survey_answers"
    __table_args__ = (Index("survey_answers_round", "round_id", "question"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True, max_length=64)
    round_id: str = Field(max_length=32, foreign_key="survey_rounds.id", ondelete="CASCADE")
    question: str = Field(max_length=100)
    chosen: list[str] = Field(sa_column=Column(json_column(), nullable=False))
    words: str
    """Masked."""
    person_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """Only where the round is not anonymous."""


class SurveyResultRow(SQLModel, table=True):
    """What may be shown of one question of a closed round. A question that fewer people answered than the minimum
    has no row here, and no view is made of anything else."""

    __tablename__ = "survey_results"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="survey_rounds.id", ondelete="CASCADE")
    question: str = Field(primary_key=True, max_length=100)
    people: int
    """How many answered it."""
    counts: dict[str, int] = Field(sa_column=Column(json_column(), nullable=False))
    """By option."""
    texts: list[dict[str, str]] = Field(sa_column=Column(json_column(), nullable=False))
    """Masked, in the order of the alphabet; with a name only where the round is not anonymous."""
    themes: list[dict[str, Any]] = Field(sa_column=Column(json_column(), nullable=False))
    """The same texts put together by meaning: each with its texts and, where the matrix answers it, its row."""


class SurveyFollowUpRow(SQLModel, table=True):
    """What was done with what came out of a round; each once."""

    __tablename__ = "survey_follow_ups"

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="survey_rounds.id", ondelete="CASCADE")
    what: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)
