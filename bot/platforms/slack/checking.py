"""`prompt-club check` for Slack: what works, what is missing, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms import Finding
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import get_code, in_our_words
from bot.settings import Settings

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "it does not hear when somebody mentions it in a channel",
    "channels:history": "it cannot look whether a message reached a channel after a broken connection",
    "channels:read": "it does not notice that it was invited to a channel",
    "chat:write": "it cannot say anything",
    "commands": "/magdit, /promptclub and the shortcuts do not exist",
    "files:write": "charts are shown as words only",
    "groups:history": "it cannot look whether a message reached a private channel after a broken connection",
    "groups:read": "it does not notice that it was invited to a private channel",
    "im:history": "it does not hear direct messages",
    "im:write": "it cannot write to somebody who never wrote to it",
    "usergroups:read": "a role cannot follow a user group",
    "users:read": "it does not know what people are called",
    "users:read.email": "it cannot tell that somebody in Teams and in Slack are one person",
}
"""The scopes of manifest.json, and what does not work without each."""

_SECRET = re.compile(r"[0-9a-f]{32}")
_INSTALL = "install the app again with manifest.json (docs/slack.md)"


async def check(settings: Settings) -> list[Finding]:
    client = _make_client(settings)
    try:
        findings = await _check_token(settings, client)
        findings += check_secret(settings)
        findings += await _check_app_token(settings, client)
    finally:
        await client.close()
    return findings


async def check_channel(settings: Settings, channel: str) -> tuple[bool, str]:
    client = _make_client(settings)
    try:
        with in_our_words():
            found: dict[str, Any] = (await client.once.conversations_info(channel=channel))["channel"]
    except (TryLater, NeverWill, Unclear, SlackApiError) as problem:
        return False, f"{_say(problem)}; the channel's id stands in Slack under its details"
    finally:
        await client.close()
    name = f"#{found.get('name') or channel}"
    if found.get("is_archived"):
        return False, f"{name} is archived: choose another channel"
    if not found.get("is_member"):
        return False, f"the app is not in {name}: type /invite @promptclub there"
    return True, f"the app is in {name}"


def _make_client(settings: Settings) -> Client:
    assert settings.slack_bot_token is not None
    return Client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)


async def _check_token(settings: Settings, client: Client) -> list[Finding]:
    assert settings.slack_bot_token is not None
    if not settings.slack_bot_token.get_secret_value().startswith("xoxb-"):
        return [("Slack token", False, "SLACK_BOT_TOKEN must begin with xoxb-: copy it from OAuth & Permissions")]
    try:
        with in_our_words():
            me = await client.once.auth_test()
    except (TryLater, NeverWill, Unclear, SlackApiError) as problem:
        return [("Slack token", False, f"{_say(problem)} (asked {settings.slack_api_url})")]
    granted = {scope.strip() for scope in str(me.headers.get("x-oauth-scopes", "")).split(",")}
    missing = [(scope, loss) for scope, loss in SCOPES.items() if scope not in granted]
    return [
        ("Slack token", True, f"speaks as {me['user']} in {me['team']}"),
        *[("Slack scope", False, f"{scope} is missing, so {loss}: {_INSTALL}") for scope, loss in missing],
        *([] if missing else [("Slack scopes", True, "complete")]),
    ]


def check_secret(settings: Settings) -> list[Finding]:
    if settings.slack_signing_secret is None:
        return []
    real = "slack.com/" in settings.slack_api_url
    if real and not _SECRET.fullmatch(settings.slack_signing_secret.get_secret_value()):
        say = "SLACK_SIGNING_SECRET is not what Slack gives (32 times 0-9 or a-f): copy it from Basic Information"
        return [("Slack over HTTP", False, say)]
    return [("Slack over HTTP", True, "requests are checked with SLACK_SIGNING_SECRET at /slack/events")]


async def _check_app_token(settings: Settings, client: Client) -> list[Finding]:
    if settings.slack_app_token is None:
        return []
    token = settings.slack_app_token.get_secret_value()
    if not token.startswith("xapp-"):
        say = "SLACK_APP_TOKEN must begin with xapp-: make one under Basic Information, App-Level Tokens"
        return [("Slack over Socket Mode", False, say)]
    try:
        with in_our_words():
            await client.once.apps_connections_open(app_token=token)
    except (TryLater, NeverWill, Unclear, SlackApiError) as problem:
        say = f"no connection with SLACK_APP_TOKEN ({_say(problem)}): it needs the scope connections:write"
        return [("Slack over Socket Mode", False, f"{say}, and Socket Mode must be on")]
    return [("Slack over Socket Mode", True, "connects")]


def _say(problem: TryLater | NeverWill | Unclear | SlackApiError) -> str:
    return f"Slack says {get_code(problem)}" if isinstance(problem, SlackApiError) else problem.reason
