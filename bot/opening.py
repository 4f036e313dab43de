"""Opens the organisation's database by its settings, with the key that seals its audit log."""

from __future__ import annotations

from bot.settings import Settings
from storage.database import Database
from storage.sealing import Sealing


def open_database(settings: Settings) -> Database:
    """Connects to nothing yet."""
    key = settings.audit_key.get_secret_value() if settings.audit_key else None
    return Database(settings.database_url, Sealing(settings.audit, key=key, log_name=settings.database_url))
