"""Alembic's entry: migrates over the connection it is handed (see `storage.migrations.upgrade`)."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger
from sqlmodel.sql.sqltypes import AutoString

from storage.tables import metadata
from storage.tables.columns import UtcDateTime


def render_our_types(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """How a new revision writes the column types of `storage.tables.columns`."""
    if kind != "type":
        return False
    match item:
        case UtcDateTime():
            return "UtcDateTime()"
        case JSON():
            return "json_column()"
        case BigInteger():
            return "serial_column()"
        case AutoString(length=length):
            return f"sa.String({length or ''})"
        case _:
            return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=True, render_item=render_our_types
)
with context.begin_transaction():
    context.run_migrations()
