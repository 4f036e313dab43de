"""The audit log: every act that takes a right, in a chain that shows when somebody tampered with it.

Why: who changed what people are told, and who let somebody do so, must be answerable years later. Keeps: who (an
id, no name), what was done to what, with ids and plain values, never anybody's words. For how long: as long as the
database; a line cannot go without the chain showing it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class AuditRow(SQLModel, table=True):
    __tablename__ = "audit_lines"
    __table_args__ = (Index("audit_lines_about", "about", "number"),)

    number: int = Field(sa_column=Column(BigInteger(), primary_key=True, autoincrement=False))
    """1, 2, 3, … without a gap."""
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str | None = Field(default=None, max_length=32)
    """Person id; None: the clock, or somebody at the command line."""
    act: str = Field(max_length=60)
    """`<conversation>.<done>`: roles.given."""
    about: str = Field(max_length=200)
    """`<kind>:<id>`: person:…, row:…"""
    details: str = Field(sa_column=Column(Text(), nullable=False))
    """JSON, kept as the very text that was sealed."""
    key_id: str = Field(max_length=8)
    """Which key sealed it."""
    seal: str = Field(max_length=64)
    """HMAC-SHA256 over the line before it and this one."""
