"""`prompt-club check` for Slack: what works, what is missing, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.delivery import NeverWill, TryLater, Unclear
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import get_code, in_our_words
from bot.settings import Settings

Finding = tuple[str, bool, str]
"""What was looked at, whether it works, and what was found or what to do."""

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
    "users:read": "it does not know what people are called",
    "users:read.email": "it cannot tell that somebody in Teams and in Slack are one person",
}
"""The scopes of manifest.json, and what does not work without each."""

_SECRET = re.compile(r"[0-9a-f]{32}")
_INSTALL = "install the app again with manifest.json (docs/slack.md)"


async def check(settings: Settings) -> list[Finding]:
    """Nothing where the settings name no Slack."""
    if settings.slack_bot_token is None:
        return []
    client = Client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        findings = await _check_token(settings, client)
        findings += check_secret(settings)
        findings += await _check_app_token(settings, client)
        findings += await _check_lab(settings, client)
    finally:
        await client.close()
    return findings


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


async def _check_lab(settings: Settings, client: Client) -> list[Finding]:
    platform, _, channel = (settings.lab or "").partition(":")
    if platform != "slack":
        return []
    try:
        with in_our_words():
            found: dict[str, Any] = (await client.once.conversations_info(channel=channel))["channel"]
    except (TryLater, NeverWill, Unclear, SlackApiError) as problem:
        say = f"PROMPT_CLUB_LAB names {channel}, and {_say(problem)}: copy the id from the channel's details"
        return [("AI Lab in Slack", False, say)]
    name = f"#{found.get('name') or channel}"
    if found.get("is_archived"):
        return [("AI Lab in Slack", False, f"{name} is archived: choose another channel in PROMPT_CLUB_LAB")]
    if not found.get("is_member"):
        return [("AI Lab in Slack", False, f"the app is not in {name}: type /invite @promptclub there")]
    return [("AI Lab in Slack", True, f"the app is in {name}")]


def _say(problem: TryLater | NeverWill | Unclear | SlackApiError) -> str:
    return f"Slack says {get_code(problem)}" if isinstance(problem, SlackApiError) else problem.reason
