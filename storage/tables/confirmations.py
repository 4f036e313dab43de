"""Confirmations: what somebody wanted to send to many people, kept until they say yes once more.

Why: a message to hundreds cannot be taken back. Keeps: the event, masked, and who must confirm. For how long: one
day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class ConfirmationRow(SQLModel, table=True):
    __tablename__ = "confirmations"

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    event: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    recipients: int
    asked_at: datetime = Field(sa_type=UtcDateTime)
