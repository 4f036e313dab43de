"""All tables, found by file, so that a conversation that keeps data adds one file and edits none."""

from __future__ import annotations

import importlib
import pkgutil

from sqlmodel import SQLModel


def load_tables() -> None:
    """Import every table module, so that `SQLModel.metadata` knows them all."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


load_tables()
metadata = SQLModel.metadata
