"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Only aware datetimes go in and only aware ones come out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Written(str):
    """JSON that is text already; a JSON column takes it as it is."""

    __slots__ = ()


def write_json(value: Any) -> str:
    """The engines' serializer."""
    return value if isinstance(value, Written) else _ENCODE(value)


_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
"""`json.dumps` would build such an encoder for every value."""


def json_column() -> Any:
    """JSON that PostgreSQL can index; SQLite keeps it as text."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def serial_column() -> Any:
    """A growing whole number; SQLite only counts by itself in an INTEGER column."""
    return BigInteger().with_variant(Integer, "sqlite")
