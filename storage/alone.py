"""One program serves an SQLite file at a time: a second one would take up what the first is sending.

The operating system's own lock, on a file beside the database: it falls when the process ends, however it ends, so
a file that a dead program left behind stops nobody. Short commands (`ask`, `check`, `db backup`) do not take it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy.engine import URL

from storage.database import as_async_url


class AlreadyServed(OSError):
    """Another program serves this file."""


@contextmanager
def serving_alone(database_url: str | URL) -> Iterator[None]:
    """For as long as the block runs; raises AlreadyServed, in words. On PostgreSQL any number may serve."""
    url = database_url if isinstance(database_url, URL) else as_async_url(database_url)
    if url.get_backend_name() != "sqlite":
        yield
        return
    database = Path(url.database or "").resolve()
    with _open_beside(database) as beside:
        try:
            # A lock of the process, not of the open file: its own child processes do not keep it when it is killed.
            fcntl.lockf(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise AlreadyServed(
                f"{database} is being served by another prompt-club already. "
                "Stop that one first, or give this one a file of its own with DATABASE_URL."
            ) from problem
        yield


def _open_beside(database: Path) -> TextIO:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        return Path(f"{database}.serving").open("a")
    except OSError as problem:
        raise OSError(f"{database.parent} cannot be written to: {problem.strerror}. See DATABASE_URL.") from problem
