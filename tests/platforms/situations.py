"""What can go wrong with a message on any platform, in words that belong to none.

Each platform's tests have a `faults.py` with `judge(situation)`: what its one table makes of that situation.
"""

from __future__ import annotations

from enum import StrEnum


class Situation(StrEnum):
    THROTTLED = "asked to wait seven seconds"
    THROTTLED_BY_DATE = "asked to wait until a moment that is seven seconds away"
    AWAY = "the platform says that it is not available"
    NOT_REACHED = "no connection could be made, so nothing was sent"
    LOST = "it was sent, and the connection broke before the answer"
    BROKEN = "the platform had a fault of its own while it took the message"
    GONE = "the person or place does not exist any more"
    FORBIDDEN = "the app may not write there"
    MESSAGE_GONE = "the message to change was deleted"
    OURS = "the message itself is wrong"
