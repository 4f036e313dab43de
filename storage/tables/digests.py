"""Digests: the weekly post of each channel, its lines as the editors left them, and who agreed to be quoted.

Why: one post a channel a week whatever happens, changed by people if they want to, and read back later. Keeps:
what was posted and when; the lines with what editors did to them; which rows of the matrix were known then; of a
question that may be quoted its masked text, and who was asked for it. For how long: what was posted three years;
the lines, and who was asked, 90 days after the week.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column


class DigestRow(SQLModel, table=True):
    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("channel", "week", name="digests_week"),
        UniqueConstraint("channel", "posted_in", name="digests_posted"),
    )

    id: str = Field(primary_key=True, max_length=32)
    channel: str = Field(max_length=320)
    """`slack:C0123456789`"""
    week: str = Field(max_length=8)
    """The ISO week it is the post of: 2026-W47."""
    posted_in: str | None = Field(default=None, max_length=8)
    """The ISO week in which it was posted; an editor may have sent it before its own week began."""
    language: str = Field(max_length=2)
    state: str = Field(max_length=10)
    """draft, held, sent, empty (nothing to tell, so nothing was posted) or lapsed."""
    version: int = 1
    """One higher with each change an editor makes."""
    since: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
    """What happened between `since` and this moment is told."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    good_until: datetime = Field(sa_type=UtcDateTime)
    """The end of its week: not posted after this moment, by nobody."""
    seen: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    """The rows of the matrix as they were then: by id, what tells a changed one."""
    more: dict[str, Any] = Field(sa_column=Column(json_column(), nullable=False))
    """Per section how many lines were found beyond those that are kept."""
    card: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    """As it was posted."""
    outbox_key: str | None = Field(default=None, max_length=32)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """The editor who held it or sent it; None: the clock."""
    reported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the editors heard that its time passed without it."""


class DigestLineRow(SQLModel, table=True):
    __tablename__ = "digest_lines"
    __table_args__ = (
        UniqueConstraint("digest_id", "section", "ref", name="digest_lines_ref"),
        Index("digest_lines_digest", "digest_id", "number"),
    )

    id: str = Field(primary_key=True, max_length=32)
    digest_id: str = Field(max_length=32, foreign_key="digests.id", ondelete="CASCADE")
    section: str = Field(max_length=40)
    ref: str = Field(max_length=100)
    """What the line is about, within its section: the id of a row, of a case."""
    number: int
    text: str
    figures: dict[str, Any] | None = Field(default=None, sa_column=Column(json_column(), nullable=True))
    """Numbers to draw as a picture; None: a line of words."""
    reworded: str | None = None
    dropped: bool = False
    pinned: bool = False
    changed_in: int = 0
    """The digest's version with the newest change of the words; 0: as it was found."""
    changed_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    """Whose words these are, or who picked them; None: as it was found."""


class DigestConsentRow(SQLModel, table=True):
    """One question, asked for once: whoever said no is not asked again about it."""

    __tablename__ = "digest_consents"
    __table_args__ = (Index("digest_consents_digest", "digest_id"), Index("digest_consents_person", "person_id"))

    id: str = Field(primary_key=True, max_length=32)
    digest_id: str = Field(max_length=32, foreign_key="digests.id", ondelete="CASCADE")
    question_id: str = Field(max_length=32, unique=True)
    text: str
    """Masked; the very words that are posted after a yes."""
    person_id: str = Field(max_length=32, foreign_key="people.id")
    asked_by: str = Field(max_length=32, foreign_key="people.id")
    state: str = Field(max_length=10)
    """asked, yes or no."""
    asked_at: datetime = Field(sa_type=UtcDateTime)
