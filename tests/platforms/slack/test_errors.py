"""One table says what each of Slack's errors means; a code it does not know is a bug of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms.slack.errors import explain, get_code, in_our_words

NEVER = [
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "user_not_found",
    "user_disabled",
    "cannot_dm_bot",
    "account_inactive",
    "token_revoked",
    "invalid_auth",
    "missing_scope",
    "messages_tab_disabled",
    "message_not_found",
    "restricted_action",
]
BUGS = ["invalid_blocks", "msg_too_long", "invalid_arguments", "no_text", "metadata_too_large", "unknown_method"]


def answered(code: str = "", status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    data = {"ok": False, "error": code} if code else {}
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers or {}, status_code=status
    )
    return SlackApiError("The request to the Slack API failed.", response)


@pytest.mark.parametrize("code", NEVER)
def test_what_never_will_arrive_says_why_in_words(code: str) -> None:
    ending = explain(answered(code))
    assert isinstance(ending, NeverWill)
    assert len(ending.reason.split()) > 3
    assert code not in ending.reason


@pytest.mark.parametrize("code", BUGS)
def test_a_message_that_slack_finds_wrong_is_a_bug(code: str) -> None:
    assert explain(answered(code)) is None
    with pytest.raises(SlackApiError), in_our_words():
        raise answered(code)


def test_too_fast() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30.9), usegmt=True)
    for headers in ({"Retry-After": "30"}, {"retry-after": "30"}, {"Retry-After": date}):
        ending = explain(answered("ratelimited", 429, headers))
        assert isinstance(ending, TryLater)
        assert ending.after is not None
        assert ending.throttled
        assert 28 < ending.after.total_seconds() <= 31
    vague = explain(answered("", 429, {"Retry-After": "soon"}))
    assert isinstance(vague, TryLater)
    assert vague.after is None


@pytest.mark.parametrize(
    "problem",
    [
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientPayloadError(),
        ConnectionResetError(),
        aiohttp.SocketTimeoutError(),
        answered("internal_error"),
        answered("fatal_error"),
        answered("", 500),
        answered("", 504),
    ],
)
def test_nobody_can_say_whether_it_arrived(problem: Exception) -> None:
    assert isinstance(explain(problem), Unclear)


def test_it_cannot_have_arrived() -> None:
    key = aiohttp.client_reqrep.ConnectionKey("x", 443, True, True, None, None, None)
    for problem in (
        aiohttp.ClientConnectorError(key, OSError("refused")),
        aiohttp.ConnectionTimeoutError(),
        answered("", 503),
        answered("service_unavailable"),
    ):
        assert isinstance(explain(problem), TryLater), problem


def test_other_exceptions_are_left_alone() -> None:
    assert explain(KeyError("x")) is None
    with pytest.raises(KeyError), in_our_words():
        raise KeyError("x")


def test_an_answer_that_is_no_answer_of_slack() -> None:
    assert get_code(answered()) == ""
    assert isinstance(explain(answered("", 200)), TryLater)
