"""The register of people: where somebody worked, as what and under whom, from which day; and when they were away.

Why: who needs which AI diploma, whose team somebody is in, and figures that are right as at any day. Keeps: unit,
location, function, manager, start and end of employment, days of absence and exemptions, each from a day until a
day; of an absence never the reason. For how long: periods seven years after they ended, the others two.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime

_LATEST = text("latest")


class PeriodRow(SQLModel, table=True):
    """Somebody's place in the organisation from one day until another. Nothing forbids two at once: two accounts
    may turn out to be one person; the one that began last counts."""

    __tablename__ = "register_periods"
    __table_args__ = (
        Index("register_person", "person_id", "since"),
        Index("register_unit", "unit", "since"),
        Index("register_manager", "manager_id"),
        Index("register_latest", "person_id", sqlite_where=_LATEST, postgresql_where=_LATEST),
    )

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    since: date
    until: date | None = None
    """The first day on which it no longer holds; None: not known yet."""
    unit: str = Field(max_length=200)
    location: str = Field(max_length=200)
    function: str = Field(max_length=200)
    """As the register calls it; diploma.yaml may know it or not."""
    manager_id: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    started: date | None = None
    """First day of employment."""
    ended: date | None = None
    """Last day of employment."""
    latest: bool
    """No later period of this person is known."""


class AliasRow(SQLModel, table=True):
    """Another e-mail address of somebody, by which a chat account or a certificate may know them."""

    __tablename__ = "register_aliases"

    email: str = Field(primary_key=True, max_length=320)
    """Lower case."""
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)


class AbsenceRow(SQLModel, table=True):
    __tablename__ = "register_absences"
    __table_args__ = (Index("register_absences_person", "person_id", "since"),)

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    since: date
    until: date | None = None
    """The first day back; None: not known yet."""
    noted_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)


class ExemptionRow(SQLModel, table=True):
    """Somebody need not have a diploma for a while, and why."""

    __tablename__ = "register_exemptions"
    __table_args__ = (Index("register_exemptions_person", "person_id", "since"),)

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=32, foreign_key="people.id")
    since: date
    until: date
    """The first day on which it no longer holds: each one ends."""
    reason: str = Field(max_length=3000)
    """Masked."""
    given_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    given_at: datetime = Field(sa_type=UtcDateTime)
