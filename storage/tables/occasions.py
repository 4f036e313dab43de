"""Occasions: the newest moment of each regular thing that was handled or let pass.

Why: "every Monday at nine" must happen once, over restarts, replicas and a clock that jumps. Keeps: the name of the
regular thing and a moment. For how long: as long as it is in the settings or the knowledge; a row nobody uses is
one line.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class OccasionRow(SQLModel, table=True):
    __tablename__ = "occasions"

    key: str = Field(primary_key=True, max_length=300)
    last_at: datetime = Field(sa_type=UtcDateTime)
