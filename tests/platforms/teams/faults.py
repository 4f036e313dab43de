"""The neutral situations as Teams tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms.teams import errors
from bot.platforms.teams.errors import AnswerLost, ConnectorFault, Fault, NotConnected
from tests.platforms.situations import Situation


def judge(situation: Situation) -> TryLater | NeverWill | Unclear | None:
    return errors.judge(_happens(situation), datetime.now(UTC))


def _happens(situation: Situation) -> Fault:
    match situation:
        case Situation.THROTTLED:
            return ConnectorFault(429, "TooManyRequests", "7")
        case Situation.THROTTLED_BY_DATE:
            date = format_datetime(datetime.now(UTC) + timedelta(seconds=7), usegmt=True)
            return ConnectorFault(429, "TooManyRequests", date)
        case Situation.AWAY:
            return ConnectorFault(503)
        case Situation.NOT_REACHED:
            return NotConnected("refused")
        case Situation.LOST:
            return AnswerLost("reset")
        case Situation.BROKEN:
            return ConnectorFault(500)
        case Situation.GONE:
            return ConnectorFault(404, "ConversationNotFound")
        case Situation.FORBIDDEN:
            return ConnectorFault(403, "BotNotInConversationRoster")
        case Situation.MESSAGE_GONE:
            return ConnectorFault(404, "ActivityNotFoundInConversation")
        case Situation.OURS:
            return ConnectorFault(413, "MessageSizeTooBig")
