"""Page links and sessions: personal links to pages, and who is looking at pages now.

Why: pages behind rights are opened from a direct message, in a browser that knows nobody. Keeps: the hash of each
link's and session's secret, whose it is and until when; the secrets themselves are kept by the person alone. For
how long: links until ten minutes after they were made, sessions eight hours; then the next tidying.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class PageLinkRow(SQLModel, table=True):
    """Opens once."""

    __tablename__ = "page_links"

    hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)
    path: str = Field(max_length=500)
    """The page it leads to; kept here, so that no address can be slipped into the link."""
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PageSessionRow(SQLModel, table=True):
    __tablename__ = "page_sessions"

    hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(max_length=32, foreign_key="people.id", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
