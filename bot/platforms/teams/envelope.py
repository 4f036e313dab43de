"""What every activity has: who, where, when and the address for answers; each field checked before use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.platforms.teams.data import clean

Json = Mapping[str, Any]
Kind = Literal["direct", "channel", "group"]
THREAD = ";messageid="
"""Stands between a channel's id and the message that starts the thread."""
_MOST = {"conversation": 300, "user": 200, "tenant": 100, "bot": 200, "serviceUrl": 500, "id": 200, "thread": 100}


class BadActivity(ValueError):
    """This is no activity; the words say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    conversation: str
    """Without the thread."""
    thread: str | None
    kind: Kind
    tenant: str
    user: str
    bot: str
    service_url: str
    id: str
    """The activity's own; "" where it brings none."""
    at: datetime
    time_zone: str | None
    """Of the client that sent it."""


def read_envelope(activity: Json, now: datetime) -> Envelope:
    if not text_in(activity, "type"):
        raise BadActivity("type is missing")
    conversation = map_in(activity, "conversation")
    id, _, thread = text_in(conversation, "id").partition(THREAD)
    user = text_in(map_in(activity, "from"), "id")
    missing = [name for name, value in (("conversation.id", id), ("from.id", user)) if not value]
    if missing:
        raise BadActivity(f"{' and '.join(missing)} missing")
    return Envelope(
        conversation=_fitting("conversation", id),
        thread=_fitting("thread", thread) or None,
        kind=_kind(conversation, id),
        tenant=_fitting("tenant", _tenant(activity, conversation)),
        user=_fitting("user", user),
        bot=_fitting("bot", text_in(map_in(activity, "recipient"), "id")),
        service_url=_fitting("serviceUrl", text_in(activity, "serviceUrl")),
        id=_fitting("id", text_in(activity, "id")),
        at=_moment(text_in(activity, "timestamp"), now),
        time_zone=_time_zone(text_in(activity, "localTimezone")),
    )


def map_in(activity: Json, name: str) -> Json:
    """The object under this name; an empty one where there is none."""
    value = activity.get(name)
    return value if isinstance(value, dict) else {}


def text_in(activity: Json, name: str) -> str:
    """The text under this name; "" where there is none."""
    value = activity.get(name)
    return clean(value) if isinstance(value, str) else ""


def _fitting(name: str, value: str) -> str:
    if len(value) > _MOST[name]:
        raise BadActivity(f"{name} has {len(value)} characters, at most {_MOST[name]}")
    return value


def _tenant(activity: Json, conversation: Json) -> str:
    """Teams puts it in channelData; the conversation's own `tenantId` is not always there."""
    told = text_in(map_in(map_in(activity, "channelData"), "tenant"), "id")
    return told or text_in(conversation, "tenantId")


def _kind(conversation: Json, id: str) -> Kind:
    match conversation.get("conversationType"):
        case "personal":
            return "direct"
        case "channel":
            return "channel"
        case "groupChat":
            return "group"
    if "@thread.tacv2" in id or "@thread.skype" in id:
        return "channel"
    return "group" if conversation.get("isGroup") is True else "direct"


def _moment(written: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return now


def _time_zone(name: str) -> str | None:
    try:
        return ZoneInfo(name).key if 0 < len(name) <= 64 else None
    except (KeyError, ValueError, OSError):
        return None
