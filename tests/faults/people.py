"""What people in Slack and Teams do, as signed requests that are delivered until they are acknowledged.

Slack and Teams deliver again what was not acknowledged, and now and then what was: so do these.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.platforms.slack.fake import BOT_USER, SECRET, TEAM, FakeSlack
from tests.platforms.slack.seeing import find_button
from tests.platforms.slack.stage import FORM_TYPE, sign, user_of
from tests.platforms.teams.fake import BOT, TENANT, FakeTeams, directory_id

QUESTION = "Mag ik een klantmail laten schrijven?"
OTHER_DATA = "Bijzondere persoonsgegevens"
JSON_TYPE = "application/json"
__all__ = ["OTHER_DATA", "QUESTION", "SECRET", "Knock", "deliver", "press_in_slack", "say_in_slack", "say_in_teams"]


@dataclass(frozen=True)
class Knock:
    """One request, signed anew each time it is delivered."""

    path: str
    body: bytes
    content_type: str
    sign: Callable[[bytes], dict[str, str]]


async def deliver(session: aiohttp.ClientSession, knock: Knock, urls: Sequence[str]) -> bool:
    """To all of these at the same moment; whether one of them acknowledged it."""
    return any(await asyncio.gather(*(_deliver_to(session, knock, url) for url in urls)))


async def _deliver_to(session: aiohttp.ClientSession, knock: Knock, url: str) -> bool:
    headers = {"Content-Type": knock.content_type, **knock.sign(knock.body)}
    try:
        async with session.post(url + knock.path, data=knock.body, headers=headers) as answer:
            return answer.status in (200, 201)
    except (aiohttp.ClientError, TimeoutError):
        return False


def say_in_slack(fake: FakeSlack, person: str) -> Knock:
    user, ts = user_of(person), fake.make_ts()
    event = {"type": "message", "user": user, "text": QUESTION, "ts": ts, "channel": fake.direct(user)}
    whole = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{ts}",
        "event": {**event, "channel_type": "im"},
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
    }
    return Knock("/slack/events", json.dumps(whole).encode(), JSON_TYPE, sign)


def press_in_slack(fake: FakeSlack, person: str, message: dict[str, Any]) -> Knock:
    """The button under an answer that says which other data goes in; the answer changes in its place."""
    user = user_of(person)
    channel, ts = fake.direct(user), message["ts"]
    button = find_button(message["blocks"], OTHER_DATA)
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": fake.make_trigger(user),
        "actions": [{"type": "button", "block_id": "b", "action_ts": fake.make_ts(), **button}],
        "channel": {"id": channel, "name": "directmessage"},
        "container": {"type": "message", "message_ts": ts, "channel_id": channel},
        "message": {name: value for name, value in message.items() if value is not None},
        "response_url": fake.make_response_url(user),
    }
    return Knock("/slack/events", urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE, sign)


def say_in_teams(fake: FakeTeams, person: str) -> Knock:
    user = fake.add_person(person)
    activity = {
        "type": "message",
        "id": fake.make_id(),
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "channelId": "msteams",
        "serviceUrl": fake.url,
        "from": {"id": user, "aadObjectId": directory_id(person)},
        "recipient": {"id": BOT, "name": "Prompt Club"},
        "conversation": {"id": fake.direct(user), "conversationType": "personal", "isGroup": False},
        "channelData": {"tenant": {"id": TENANT}},
        "text": QUESTION,
    }
    return Knock(
        "/api/messages",
        json.dumps(activity).encode(),
        JSON_TYPE,
        lambda _: {"Authorization": fake.sign()},
    )
