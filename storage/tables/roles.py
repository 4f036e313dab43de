"""Roles: who was given which role of diploma.yaml, since when and by whom.

Why: rights are checked here, for each button and page, old ones too. Keeps: the role's id, from and until when, and
who gave it. For how long: until the person is erased; a role that was taken stays, for "who could do that then?".
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class RoleRow(SQLModel, table=True):
    """Nothing forbids two rows for one role: two accounts that turn out to be one person may each have it."""

    __tablename__ = "roles"
    __table_args__ = (Index("roles_person", "person_id", "role"), Index("roles_role", "role"))

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    role: str = Field(max_length=100)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None: until somebody takes it."""
    given_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """None: the command line, or a group."""
    from_group: str | None = Field(default=None, max_length=200)
    """`slack:S0123ABCD`: the group on a chat platform whose members have it; None: a person gave it."""
