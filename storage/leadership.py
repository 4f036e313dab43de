"""Who rings the clock: of many replicas on one PostgreSQL one leads, and another takes over when it dies.

The leader holds an advisory lock in a session of its own. The lock falls with the session: at once when the process
dies (its machine closes the connection), and after `_SILENT_SECONDS` when the machine or the network is gone or the
process is frozen, since the server itself ends a session that has been silent that long.
"""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import bindparam, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database

log = structlog.get_logger()

TRY_EVERY_SECONDS = 2.0
"""How often to call `try_lead`: a leader that stays away much longer than this is taken for dead."""
_SILENT_SECONDS = 10.0
_ANSWER_SECONDS = 4.0
"""A database that takes longer to answer is one we cannot lead by."""
_LOCK = 20261122
"""Names the advisory lock, beside the one of the migrations."""

# To a session that holds the lock it is granted again, so one statement takes it and asks whether it is still ours.
_TRY = text("SELECT pg_try_advisory_lock(:lock)").bindparams(bindparam("lock", _LOCK))
_END_WHEN_SILENT = text("SELECT set_config('idle_session_timeout', :milliseconds, false)")


class Leadership:
    """On SQLite there is one program, and it always leads."""

    def __init__(self, database: Database, *, silent_seconds: float = _SILENT_SECONDS) -> None:
        self._silent = silent_seconds
        self._one_at_a_time = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._leads = False
        self._engine = None
        if not database.is_sqlite:
            self._engine = create_async_engine(
                database.url,
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
                connect_args={"timeout": _ANSWER_SECONDS, "command_timeout": _ANSWER_SECONDS},
            )

    async def try_lead(self) -> bool:
        """Whether we lead now. Ask before each ring: who led a moment ago may have lost its connection since."""
        if self._engine is None:
            return True
        async with self._one_at_a_time:
            try:
                leads = await self._ask()
            except (DBAPIError, OSError, TimeoutError) as problem:
                self._note(False, type(problem).__name__)
                await self._hang_up()
                return False
            self._note(leads)
            return leads

    async def release(self) -> None:
        """Let another lead, at once."""
        async with self._one_at_a_time:
            self._note(False)
            await self._hang_up()

    async def _ask(self) -> bool:
        if self._connection is None:
            assert self._engine is not None
            self._connection = await self._engine.connect()
            await self._connection.execute(_END_WHEN_SILENT, {"milliseconds": f"{self._silent * 1000:.0f}"})
        return bool((await self._connection.execute(_TRY)).scalar_one())

    async def _hang_up(self) -> None:
        """The lock falls with the session; a broken one is thrown away without a word to the server."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await connection.close()
        except (DBAPIError, OSError, TimeoutError):
            await connection.invalidate()

    def _note(self, leads: bool, problem: str | None = None) -> None:
        """One line when it changes, not one at every ring."""
        if leads and not self._leads:
            log.info("clock.leads")
        elif self._leads and not leads:
            log.info("clock.leads_no_more", problem=problem)
        self._leads = leads
