"""Parts of Slack's payloads: ids, times and texts, each checked before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.model.events import Place

NAME = "slack"
Payload = Mapping[str, Any]

ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
TS = re.compile(r"[0-9]{9,11}\.[0-9]{1,9}")


_PARTS: Mapping[str, Mapping[str, type]] = {
    "event_callback": {"event": dict},
    "app_rate_limited": {},
    "block_actions": {"user": dict, "actions": list},
    "view_submission": {"user": dict, "view": dict},
    "view_closed": {"user": dict, "view": dict},
    "shortcut": {"user": dict, "callback_id": str},
    "message_action": {"user": dict, "callback_id": str, "message": dict},
    "block_suggestion": {"user": dict},
    "interactive_message": {"user": dict},
    "dialog_submission": {"user": dict},
    "dialog_cancellation": {"user": dict},
    "dialog_suggestion": {"user": dict},
    "workflow_step_edit": {"user": dict},
}
"""All kinds of payload Slack has, with what none of them comes without."""
_COMMAND: Mapping[str, type] = {"command": str, "user_id": str, "trigger_id": str}


class NotForUs(Exception):
    """The payload is none of those we answer."""


def is_from_slack(body: Payload) -> bool:
    """Whether Slack sends anything like this. Events may be of any type: it adds some, and we hear what it has."""
    kind = body.get("type")
    parts = _COMMAND if "command" in body else _PARTS.get(kind) if isinstance(kind, str) else None
    if parts is None or not all(isinstance(body.get(name), part) for name, part in parts.items()):
        return False
    return kind != "event_callback" or isinstance(dig(body, "event", "type"), str)


def place_of(team: str, channel: str, user: str, thread: str | None = None) -> Place:
    """A direct chat that is not known yet has no channel; one with an id begins with D."""
    if channel and not channel.startswith("D"):
        return Place(platform=NAME, tenant=team, id=channel, kind="channel", thread=thread)
    return Place(platform=NAME, tenant=team, id=channel, kind="direct", thread=thread, user=user)


def team_of(body: Payload) -> str:
    """The workspace the app is installed in, for every kind of payload the same one."""
    for path in (("authorizations", 0, "team_id"), ("view", "app_installed_team_id"), ("team", "id"), ("team_id",)):
        found = dig(body, *path)
        if isinstance(found, str):
            return checked(found, ID)
    return id_at(body, "user", "team_id")


def bot_user_of(body: Payload) -> str | None:
    user = dig(body, "authorizations", 0, "user_id")
    return user if isinstance(user, str) and dig(body, "authorizations", 0, "is_bot") else None


def thread_of(message: Payload) -> str | None:
    """The thread a message is in; the message that starts one carries its own time there."""
    thread = ts_at(message, "thread_ts") if message.get("thread_ts") else None
    return None if thread == message.get("ts") else thread


def moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def dig(value: Any, *path: str | int) -> Any:
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def dict_at(value: Payload, name: str) -> dict[str, Any]:
    found = value.get(name)
    if not isinstance(found, dict):
        raise NotForUs(name)
    return found


def text_at(value: Payload, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def id_at(value: Any, *path: str) -> str:
    return checked(dig(value, *path), ID)


def ts_at(value: Payload, name: str) -> str:
    return checked(value.get(name), TS)


def checked(found: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(found, str) or pattern.fullmatch(found) is None:
        raise NotForUs(str(found)[:50])
    return found
