"""Says once that the database cannot be used, and once that it can again; whoever needs it just tries again."""

from __future__ import annotations

import sqlite3

import structlog
from sqlalchemy.exc import DBAPIError, TimeoutError

log = structlog.get_logger()

_AWAY_ON_SQLITE = {
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_READONLY: "let this program write the file and its folder",
    sqlite3.SQLITE_IOERR: "look at the disk",
    sqlite3.SQLITE_CANTOPEN: "let this program open the file and its folder",
}
_AWAY_ON_POSTGRESQL = frozenset(
    {
        "AdminShutdownError",
        "CannotConnectNowError",
        "ConnectionDoesNotExistError",
        "ConnectionFailureError",
        "CrashShutdownError",
        "DiskFullError",
        "InterfaceError",
        "ReadOnlySQLTransactionError",
        "TooManyConnectionsError",
    }
)
"""asyncpg's names, InterfaceError for a connection that is closed."""

PROBLEMS = (DBAPIError, sqlite3.Error, OSError, TimeoutError)
"""What to hand to `note_problem`."""


class Presence:
    """Of one database, as its transactions find it."""

    def __init__(self) -> None:
        self.away = False
        self._changes = 0

    def note_problem(self, problem: BaseException, changes: int = 0) -> None:
        """Not everything that goes wrong means that it is away. `changes`: what SQLite counted up to now."""
        todo = find_todo(problem)
        if todo is None:
            return
        self._changes = changes
        if not self.away:
            self.away = True
            cause = getattr(problem, "orig", None) or problem
            log.error("database.away", problem=str(cause) or type(cause).__name__, todo=todo)

    def note_success(self, changes: int = 1) -> None:
        """On a full disk a transaction that changes nothing succeeds, and proves nothing."""
        if self.away and changes > self._changes:
            self.away = False
            log.info("database.back")


def find_todo(problem: BaseException) -> str | None:
    """What somebody can do about a database that is away; None where it is not."""
    cause = getattr(problem, "orig", None) or problem
    if isinstance(cause, sqlite3.Error):
        return _AWAY_ON_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    names = {type(cause).__name__, type(cause.__cause__).__name__}
    if isinstance(cause, OSError | TimeoutError) or names & _AWAY_ON_POSTGRESQL:
        return "start the database server, or mend the way to it; what waits goes on by itself"
    return None
