"""The neutral situations as Slack and its library tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
from aiohttp.client_reqrep import ConnectionKey

from bot.platforms.slack.errors import Ending, explain
from tests.platforms.situations import Situation
from tests.platforms.slack.test_errors import answered


def judge(situation: Situation) -> Ending | None:
    return explain(_happens(situation))


def _happens(situation: Situation) -> Exception:
    match situation:
        case Situation.THROTTLED:
            return answered("ratelimited", 429, {"Retry-After": "7"})
        case Situation.THROTTLED_BY_DATE:
            date = format_datetime(datetime.now(UTC) + timedelta(seconds=7), usegmt=True)
            return answered("", 429, {"Retry-After": date})
        case Situation.AWAY:
            return answered("", 503)
        case Situation.NOT_REACHED:
            key = ConnectionKey("slack.example", 443, True, True, None, None, None)
            return aiohttp.ClientConnectorError(key, OSError("refused"))
        case Situation.LOST:
            return aiohttp.ServerDisconnectedError()
        case Situation.BROKEN:
            return answered("fatal_error", 500)
        case Situation.GONE:
            return answered("users_not_found")
        case Situation.FORBIDDEN:
            return answered("not_in_channel")
        case Situation.MESSAGE_GONE:
            return answered("message_not_found")
        case Situation.OURS:
            return answered("invalid_blocks")
