"""Certificates: which level somebody proved when, until when, and how it came to be known.

Why: whether somebody holds the diploma their work asks for, and proof of it. Keeps: level, days, issuer, evidence
(a reference, no answers to questions), the attempt, and who added it. For how long: seven years after it expired,
for an audit. Nothing is overwritten: a renewal or a correction is a new row.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class CertificateRow(SQLModel, table=True):
    __tablename__ = "certificates"
    __table_args__ = (
        Index("certificates_person", "person_id", "issued"),
        Index("certificates_expires", "expires"),
        Index("certificates_replaces", "replaces"),
    )

    id: str = Field(primary_key=True, max_length=32)
    key: str = Field(max_length=64, unique=True)
    """Names what it says: the same news twice is one row."""
    person_id: str = Field(max_length=32, foreign_key="people.id")
    level: str = Field(max_length=100)
    """Id of a level in policy.yaml."""
    passed: bool
    """False: an attempt that did not make it, or a certificate that a correction takes back."""
    issued: date
    """The day it was passed, or not."""
    expires: date | None = None
    """The first day on which it no longer counts; None: it does not run out."""
    issuer: str = Field(max_length=200)
    evidence: str = Field(max_length=1000)
    attempt: int | None = None
    source: str = Field(max_length=10)
    """file, api, xapi, hand or chat."""
    replaces: str | None = Field(default=None, max_length=32)
    """The row that this one corrects; that one no longer counts from `added_at` on."""
    added_by: str | None = Field(default=None, max_length=32, foreign_key="people.id")
    added_at: datetime = Field(sa_type=UtcDateTime)
