"""Payloads as Slack sends them, each a fresh dict to change in a test."""

from __future__ import annotations

from typing import Any

from tests.platforms.slack.fake import BOT_USER, ROOM, TEAM

TS = "1790000000.000100"
ANNA, DIRECT = "U0ANNA", "D0ANNA"
ACTION = '["ask.show_help",{}]'
Payload = dict[str, Any]


def event(inside: Payload) -> Payload:
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev1",
        "event": inside,
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
    }


def message(text: str = "Mag ik dit?", **more: Any) -> Payload:
    inside = {"type": "message", "channel": DIRECT, "channel_type": "im", "user": ANNA, "text": text, "ts": TS}
    return event({**inside, **more})


def mention(text: str = f"<@{BOT_USER}> mag ik dit?", **more: Any) -> Payload:
    return event({"type": "app_mention", "channel": ROOM, "user": ANNA, "text": text, "ts": TS, **more})


def home(tab: str = "home") -> Payload:
    return event({"type": "app_home_opened", "user": ANNA, "channel": DIRECT, "tab": tab, "event_ts": TS})


def joined(user: str = BOT_USER, **more: Any) -> Payload:
    inside = {"type": "member_joined_channel", "user": user, "channel": ROOM, "event_ts": TS, "inviter": ANNA}
    return event({**inside, **more})


def command(name: str = "/magdit", text: str = "mag ik dit?") -> Payload:
    return {
        "command": name,
        "text": text,
        "user_id": ANNA,
        "team_id": TEAM,
        "channel_id": ROOM,
        "channel_name": "ai",
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/commands/1",
    }


def act(kind: str, **more: Any) -> Payload:
    return {
        "type": kind,
        "team": {"id": TEAM},
        "user": {"id": ANNA, "team_id": TEAM},
        "trigger_id": "1.2.abc",
        **more,
    }


def shortcut() -> Payload:
    return act("shortcut", callback_id="magdit", action_ts=TS)


def message_shortcut(text: str = "Wie vat dit samen?") -> Payload:
    return act(
        "message_action",
        callback_id="magdit_message",
        channel={"id": ROOM, "name": "ai"},
        message={"text": text, "ts": TS, "user": "U0BRAM"},
    )


def press(channel: str = DIRECT, message: Payload | None = None, action: Payload | None = None) -> Payload:
    pressed = {"type": "button", "action_id": "press:0:0", "action_ts": "1790000001.000200", "value": ACTION}
    return act(
        "block_actions",
        channel={"id": channel, "name": "x"},
        container={"type": "message", "message_ts": TS, "channel_id": channel, "is_ephemeral": False},
        message=message or {"ts": TS},
        actions=[{**pressed, **(action or {})}],
    )


def press_at_home() -> Payload:
    payload = press()
    del payload["channel"], payload["message"]
    return {**payload, "container": {"type": "view", "view_id": "V1"}}


def submission(metadata: str = f'["{DIRECT}",null,null,null]\n{ACTION}', values: Any = None) -> Payload:
    view = {
        "id": "V1",
        "hash": "1790000000.abc",
        "callback_id": "form",
        "private_metadata": metadata,
        "app_installed_team_id": TEAM,
        "state": {"values": values or {}},
    }
    return act("view_submission", view=view)


def one_of_each() -> list[Payload]:
    return [
        message(),
        mention(),
        home(),
        joined(),
        command(),
        command("/promptclub", "help"),
        shortcut(),
        message_shortcut(),
        press(),
        press(ROOM),
        press_at_home(),
        submission(),
    ]
