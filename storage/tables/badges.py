"""Badges: which certificates somebody took along as a signed file, and the number by which one can be taken back.

Why: whoever is shown the file asks a public list whether it still holds, and that list has numbers only. Keeps: a
certificate's id and its number. For how long: as long as the certificate; the number is never given to another.
"""

from __future__ import annotations

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from storage.tables.columns import serial_column


class BadgeRow(SQLModel, table=True):
    __tablename__ = "badges"
    __table_args__ = {"sqlite_autoincrement": True}

    number: int | None = Field(
        default=None, sa_column=Column(serial_column(), primary_key=True, autoincrement=True)
    )
    certificate_id: str = Field(max_length=32, unique=True)
    """Not a reference: a certificate that was deleted is one that was taken back."""
