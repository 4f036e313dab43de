"""People and their accounts: who somebody is on each platform, and where they can be reached.

Why: one person may use Slack, Teams and the web workspace. Keeps: name, e-mail (to tie accounts), language and
time zone; per account the platform's ids and where the person last spoke. For how long: until the person is erased.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class PersonRow(SQLModel, table=True):
    __tablename__ = "people"

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    email: str | None = Field(default=None, max_length=320, unique=True)
    """Lower case."""
    language: str | None = Field(default=None, max_length=2)
    time_zone: str | None = Field(default=None, max_length=64)
    nudges_paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """No reminders before this moment: the person is away, or asked for silence."""
    welcomed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class AccountRow(SQLModel, table=True):
    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("platform", "tenant", "user", name="accounts_who"),)

    id: str = Field(primary_key=True, max_length=32)
    platform: str = Field(max_length=20)
    tenant: str = Field(max_length=100)
    user: str = Field(max_length=200)
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)
    direct: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    """The place of the one-to-one chat, once it is known."""
    last_spoke_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    profiled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When name and e-mail were last asked of the platform."""
