"""What Teams' refusals mean for a message: one table, each line with a reason a person can read."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import TypeVar

from bot.delivery import NeverWill, TryLater, Unclear
from bot.retry_after import find_wait

T = TypeVar("T")
_RETRIED = {
    412: "Teams was changing this chat at the same moment",
    429: "Teams asks us to slow down",
    502: "Teams did not answer in time",
    503: "Teams is not available now",
    504: "Teams did not answer in time",
}
_NEVER = {
    401: "Teams does not accept our credentials: check MicrosoftAppId and MicrosoftAppPassword",
    403: "Teams does not let us write here: the app is blocked or no longer installed",
    404: "this chat or message is gone, or the app was removed from it",
}
_NEVER_BY_CODE = {
    "MessageWritesBlocked": "this person blocked or uninstalled the app",
    "BotNotInConversationRoster": "the app is not in this chat (any more)",
    "ForbiddenOperationException": "the app is not installed for this person",
    "BotDisabledByAdmin": "an administrator switched the app off",
    "ConversationBlockedByUser": "this person blocked the app",
    "NotEnoughPermissions": "the app lacks a permission here",
    "ConversationNotFound": "this chat is gone, or the app was removed from it",
    "ActivityNotFoundInConversation": "the message to change is gone",
}
_CHOSEN = frozenset(
    {"MessageWritesBlocked", "ConversationBlockedByUser", "BotDisabledByAdmin", "NotEnoughPermissions"}
)
"""A 403 that somebody decided on: installing the app again would go against it."""
_BY_NUMBER = {"209": "MessageWritesBlocked"}
"""Teams says some of them by `errorCode`, without a word."""
_NOT_INSTALLED = "the app is not installed for this person"
_GRANT = 'an administrator grants it (docs/teams.md, "Reaching people who do not have the app")'


class AppNotInstalled(NeverWill):
    """It will never arrive, unless the app is installed there first."""


class ConnectorFault(Exception):
    """Teams answered our call with an error."""

    def __init__(self, status: int, code: str = "", retry_after: str = "") -> None:
        super().__init__(f"Teams answered {status} {code}".strip())
        self.status = status
        self.code = _BY_NUMBER.get(code, code)
        self.retry_after = retry_after


class ChatGone(NeverWill):
    """Nothing arrives in this chat any more; with one person a new one can be opened."""


class GraphFault(Exception):
    """Microsoft Graph answered with an error, or (status 0) not at all. `right`: what the call needs."""

    def __init__(self, status: int, right: str, code: str = "", message: str = "", retry_after: str = "") -> None:
        super().__init__(f"Microsoft Graph answered {status} {code} {message}".strip()[:300])
        self.status = status
        self.right = right
        self.code = code
        self.message = message
        self.retry_after = retry_after


class NotConnected(Exception):
    """Our call never reached Teams."""


class AnswerLost(Exception):
    """Our call was sent, and no answer came."""


class NoToken(Exception):
    """Microsoft gave us no token to send with; the words say why."""


Fault = ConnectorFault | GraphFault | NotConnected | AnswerLost | NoToken
FAULTS = (ConnectorFault, GraphFault, NotConnected, AnswerLost, NoToken)


async def judged(call: Awaitable[T]) -> T:
    """The call's result, or what its fault means for the message."""
    try:
        return await call
    except FAULTS as fault:
        raise judge(fault, datetime.now(UTC)) or fault from fault


def judge(fault: Fault, now: datetime) -> TryLater | NeverWill | Unclear | None:
    """What it means for the message; None: a fault of ours, such as a card that is too large."""
    match fault:
        case ConnectorFault():
            return _judge_status(fault, now)
        case GraphFault():
            return _judge_graph(fault, now)
        case NotConnected():
            return TryLater("Teams could not be reached")
        case NoToken():
            return TryLater(f"Microsoft gave no token to send with: {fault}")
        case AnswerLost():
            return Unclear("the connection to Teams broke before the answer came")


def _judge_status(fault: ConnectorFault, now: datetime) -> TryLater | NeverWill | Unclear | None:
    if fault.status in _RETRIED:
        wait = find_wait(fault.retry_after, now)
        return TryLater(_RETRIED[fault.status], wait, throttled=fault.status == 429)
    if fault.code == "ConversationNotFound":
        return ChatGone(_NEVER_BY_CODE[fault.code])
    if fault.status == 403 and fault.code not in _CHOSEN:
        return AppNotInstalled(_NEVER_BY_CODE.get(fault.code) or _NEVER[403])
    if fault.status in _NEVER or fault.code in _NEVER_BY_CODE:
        return NeverWill(_NEVER_BY_CODE.get(fault.code) or _NEVER[fault.status])
    if fault.status >= 500:
        return Unclear(f"Teams had a fault of its own ({fault.status}) while it took the message")
    return None


def _judge_graph(fault: GraphFault, now: datetime) -> TryLater | NeverWill | None:
    """Every call we make of Graph may be made twice, so what is lost is tried later. It slows down no chat."""
    if fault.status == 429:
        return TryLater("Microsoft Graph asks us to slow down", find_wait(fault.retry_after, now))
    if fault.status == 0 or fault.status >= 500:
        return TryLater("Microsoft Graph is not available now", find_wait(fault.retry_after, now))
    match fault.status:
        case 401:
            return NeverWill(f"Microsoft Graph does not accept our credentials: {_GRANT}")
        case 403:
            return NeverWill(_explain_forbidden(fault))
        case 404:
            return NeverWill("Teams does not know this person, or they have no Teams licence")
    return None


def _explain_forbidden(fault: GraphFault) -> str:
    """Graph says three things with one number: no right, another app's package, or not for this person."""
    if fault.code == "Authorization_RequestDenied" or "role permissions" in fault.message:
        return f"the right {fault.right} is missing in Microsoft Graph: {_GRANT}"
    if "not allowed to manage" in fault.message:
        return f"{_NOT_INSTALLED}, and the package in Teams does not name the bot: make a new one and upload it"
    return f"{_NOT_INSTALLED}, and a policy in the Teams admin center keeps the bot from installing itself"
