"""What can go wrong when the workspace keeps a message, and what that means for its delivery."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery import NeverWill, TryLater
from storage.database import is_passing_fault


class NoSuchPlace(Exception):
    """people.yaml has no such colleague or channel (any more)."""


class MessageGone(Exception):
    """The message to replace is no longer kept."""


def describe(problem: NoSuchPlace | MessageGone | SQLAlchemyError | OSError) -> TryLater | NeverWill | None:
    """None: a fault of ours."""
    match problem:
        case NoSuchPlace():
            return NeverWill("the workspace has no such colleague or channel")
        case MessageGone():
            return NeverWill("the message to replace is no longer there")
        case OSError():
            return TryLater("the database does not answer")
        case _ if is_passing_fault(problem):
            return TryLater("the database does not answer")
        case _:
            return None
