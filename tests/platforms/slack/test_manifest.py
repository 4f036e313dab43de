"""manifest.json installs exactly what the code listens to and needs, and Slack would take it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.platforms.slack.checking import SCOPES
from bot.platforms.slack.parse import EVENTS, QUESTION_COMMAND, SHORTCUTS, WORD_COMMAND
from bot.platforms.slack.receiving import PATH
from tests.platforms.slack.fake import SCOPES as GRANTED

TOP = Path(bot.__file__).parent.parent
NEEDS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
}
"""Scope that each event needs, from Slack's event reference."""
METHODS = {
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "chat_postEphemeral": "chat:write",
    "conversations_open": "im:write",
    "conversations_history": "channels:history",
    "conversations_replies": "channels:history",
    "conversations_info": "channels:read",
    "conversations_members": "channels:read",
    "users_info": "users:read",
    "users_lookupByEmail": "users:read.email",
    "files_upload_v2": "files:write",
    "views_open": "",
    "views_publish": "",
    "auth_test": "",
    "usergroups_users_list": "usergroups:read",
    "apps_connections_open": "",
}
"""Scope that each method of the Web API needs, from Slack's method reference."""


@pytest.fixture(scope="module")
def manifest() -> Any:
    return json.loads((TOP / "manifest.json").read_text(encoding="utf-8"))


def test_commands_are_those_the_code_reads(manifest: Any) -> None:
    commands = manifest["features"]["slash_commands"]
    assert [command["command"] for command in commands] == [QUESTION_COMMAND, WORD_COMMAND]
    assert all(command["should_escape"] for command in commands)


def test_shortcuts_are_those_the_code_reads(manifest: Any) -> None:
    types = {"global": "shortcut", "message": "message_action"}
    shortcuts = {entry["callback_id"]: types[entry["type"]] for entry in manifest["features"]["shortcuts"]}
    assert shortcuts == SHORTCUTS


def test_events_are_those_the_code_listens_to(manifest: Any) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in subscribed} == EVENTS.keys()
    assert {NEEDS[event] for event in subscribed if event in NEEDS} <= SCOPES.keys()


def test_scopes_are_those_the_code_needs_and_no_more(manifest: Any) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(SCOPES)
    assert set(GRANTED.split(",")) == SCOPES.keys()
    source = "\n".join(path.read_text() for path in (TOP / "bot/platforms/slack").glob("*.py"))
    called = set(re.findall(r"\.(?:once|patient)\.(\w+)\(", source))
    assert called == METHODS.keys()
    private = {scope.replace("channels:", "groups:") for scope in METHODS.values() if scope.startswith("channels:")}
    beside = {"commands", "im:history", "app_mentions:read"}
    assert ({*METHODS.values(), *private, *beside} - {""}) == SCOPES.keys()


def test_every_address_is_the_one_path(manifest: Any) -> None:
    settings = manifest["settings"]
    addresses = [command["url"] for command in manifest["features"]["slash_commands"]]
    addresses += [settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"]]
    assert len(set(addresses)) == 1
    assert addresses[0].startswith("https://")
    assert addresses[0].endswith(PATH)


def test_surfaces_are_on(manifest: Any) -> None:
    home = manifest["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"], "works as it is, without a public address"


def test_lengths_are_those_of_slack_s_schema(manifest: Any) -> None:
    shown, features = manifest["display_information"], manifest["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert all(len(command["command"]) <= 32 for command in features["slash_commands"])


def test_the_guide_tells_of_every_scope_and_setting() -> None:
    guide = (TOP / "docs" / "slack.md").read_text(encoding="utf-8")
    for scope, loss in SCOPES.items():
        assert f"| `{scope}` | {loss} |" in guide
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PROMPT_CLUB_LAB"):
        assert name in guide
    assert "four places" in guide
    assert (TOP / "manifest.json").read_text(encoding="utf-8").count("promptclub.example.org") == 4
