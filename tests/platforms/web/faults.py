"""The neutral situations as they come up where a message is a row in our own database."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import IntegrityError, OperationalError

from bot.delivery import NeverWill, TryLater
from bot.platforms.web.errors import MessageGone, NoSuchPlace, describe
from tests.platforms.situations import Situation

CANNOT_HAPPEN = frozenset(
    {
        # Nobody limits how fast we write to our own database, and nobody may forbid it.
        Situation.THROTTLED,
        Situation.THROTTLED_BY_DATE,
        Situation.FORBIDDEN,
        # A message is kept under its key: written again it is the same one, so no ending is unclear.
        Situation.LOST,
        Situation.BROKEN,
    }
)


def judge(situation: Situation) -> TryLater | NeverWill | None:
    match situation:
        case Situation.AWAY:
            locked = sqlite3.OperationalError("database is locked")
            return describe(OperationalError("INSERT", {}, locked))
        case Situation.NOT_REACHED:
            return describe(ConnectionRefusedError("no database"))
        case Situation.GONE:
            return describe(NoSuchPlace())
        case Situation.MESSAGE_GONE:
            return describe(MessageGone())
        case Situation.OURS:
            return describe(IntegrityError("INSERT", {}, sqlite3.IntegrityError("NOT NULL")))
        case _:
            raise AssertionError(f"{situation} cannot happen here")
