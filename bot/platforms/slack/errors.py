"""What an error of Slack means for a message: try later, never, unclear; anything else is a bug of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.delivery import NeverWill, TryLater, Unclear
from bot.retry_after import find_wait


class NobodyThere(NeverWill):
    """Slack knows no such person."""


Ending = TryLater | NeverWill | Unclear

_TOO_FAST = "Slack asks for fewer messages"
_THROTTLED = frozenset({"ratelimited", "rate_limited"})
_LATER = {
    "message_limit_exceeded": "the workspace has reached Slack's limit of messages for now",
    "service_unavailable": "Slack is away for a moment",
    "team_added_to_org": "Slack is moving the workspace",
    "external_channel_migrating": "Slack is moving the channel",
    "accesslimited": "Slack limits access to the workspace for now",
    "update_failed": "Slack could not change the message for now",
}
_UNCLEAR = {
    # Slack's own words about these: part of the operation may have succeeded.
    "internal_error": "Slack had a fault of its own",
    "fatal_error": "Slack had a fault of its own",
    "request_timeout": "Slack did not read the message in time",
}
_NOBODY = frozenset({"user_not_found", "users_not_found"})
_NEVER = {
    "no_such_subteam": "there is no such user group: copy its id from Slack (it begins with S)",
    "subteam_not_found": "there is no such user group: copy its id from Slack (it begins with S)",
    "channel_not_found": "the channel does not exist, or the app is not in it",
    "not_in_channel": "the app is not in the channel: invite it there",
    "is_archived": "the channel is archived",
    "is_inactive": "the channel is archived",
    "channel_is_limited_access": "the channel is not open to the app",
    "thread_not_found": "the thread has been deleted",
    "team_not_found": "the workspace is gone",
    "user_not_visible": "this person cannot be reached by the app",
    "user_disabled": "this person's account has been switched off",
    "cannot_dm_bot": "this is another app, not a person",
    "messages_tab_disabled": "the app's Messages tab is off: switch it on under App Home",
    "restricted_action": "the workspace does not let the app post here",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_thread_only_channel": "the channel takes replies only",
    "restricted_action_non_threadable_channel": "the channel takes no replies",
    "restricted_action_thread_locked": "the thread is locked",
    "posting_to_channel_denied": "the workspace does not let the app post here",
    "cannot_reply_to_message": "the message to answer takes no replies",
    "access_denied": "the workspace does not give the app access",
    "ekm_access_denied": "the workspace's administrators have closed it to apps",
    "team_access_not_granted": "the app has not been granted access to the workspace",
    "enterprise_is_restricted": "the organisation does not allow this",
    "org_login_required": "the workspace is being moved to an organisation",
    "invalid_auth": "Slack refuses SLACK_BOT_TOKEN: copy it again from the app's page",
    "not_authed": "Slack got no SLACK_BOT_TOKEN: copy it from the app's page",
    "account_inactive": "the app has been removed from the workspace: install it again",
    "token_revoked": "SLACK_BOT_TOKEN has been revoked: install the app again",
    "token_expired": "SLACK_BOT_TOKEN has expired: install the app again",
    "no_permission": "the app lacks a permission: install it again with manifest.json",
    "not_allowed_token_type": "SLACK_BOT_TOKEN is not a bot token (it begins with xoxb-)",
    # Somebody took the message away on purpose: writing it anew would put back what they removed.
    "message_not_found": "the message to change has been deleted",
    "cant_update_message": "Slack does not let this message be changed",
    "edit_window_closed": "the workspace does not let a message be changed any more after this time",
}


def explain(problem: Exception) -> Ending | None:
    """What the problem means; None when it is a bug."""
    match problem:
        case SlackApiError():
            return _explain_answer(problem)
        case SlackRequestError():  # the storage of files had trouble
            return TryLater("Slack did not take a picture")
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryLater("Slack cannot be reached")
        case aiohttp.ClientError() | TimeoutError() | OSError():
            return Unclear("the connection to Slack broke before it answered")
        case _:
            return None


@contextmanager
def in_our_words() -> Iterator[None]:
    """Around a call of the Web API: raises TryLater, NeverWill or Unclear where the table knows the error."""
    try:
        yield
    except (SlackApiError, SlackRequestError, aiohttp.ClientError, TimeoutError, OSError) as problem:
        ending = explain(problem)
        if ending is None:
            raise
        raise ending from problem


def get_code(problem: SlackApiError) -> str:
    """Slack's own name for the error; "" when the answer was no answer of the API (a proxy, a page)."""
    data = getattr(problem.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _explain_answer(problem: SlackApiError) -> Ending | None:
    response = problem.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    code = get_code(problem)
    if status == 429 or code in _THROTTLED:
        return TryLater(_TOO_FAST, _retry_after(problem), throttled=True)
    if code in _LATER:
        return TryLater(_LATER[code], _retry_after(problem))
    if code == "missing_scope":
        return NeverWill(f"the app lacks the scope {_needed(problem)}: install it again with manifest.json")
    if code in _NOBODY:
        return NobodyThere("this person does not exist in the workspace")
    if code in _NEVER:
        return NeverWill(_NEVER[code])
    if code in _UNCLEAR:
        return Unclear(_UNCLEAR[code])
    if status in (502, 503):
        return TryLater(_LATER["service_unavailable"])
    if status >= 500:
        return Unclear(f"Slack answered with status {status}")
    if not code:
        return TryLater(f"something in between answered instead of Slack, with status {status}")
    return None


def _retry_after(problem: SlackApiError) -> timedelta | None:
    headers = getattr(problem.response, "headers", None) or {}
    seconds = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return find_wait(str(seconds), datetime.now(UTC))


def _needed(problem: SlackApiError) -> str:
    """Slack names the scope that would do."""
    needed = problem.response.get("needed")
    return str(needed) if needed else "for this"
