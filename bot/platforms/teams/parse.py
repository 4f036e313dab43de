"""Teams' activities as neutral events. Pure: an activity in, what it means out.

Keys. A message's id is its own in its conversation and stays the same when Teams delivers it again, so the key is
conversation and id; an edit adds its moment, since a message is edited more than once. An invoke (a dialog, an
Action.Execute) has an id per click: the service delivers the same id again, while a person who presses again makes
a new one, and that is a new event. Where there is no id, the key is made of what was said or pressed, on which
message, by whom and at which moment of the client's clock. An installation is told twice (installationUpdate and
conversationUpdate) without a common id: its key is the conversation, so that hello is said once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.model.events import (
    Account,
    Commanded,
    Edited,
    Event,
    Joined,
    MessageRef,
    Opened,
    Place,
    Pressed,
    Said,
    Submitted,
)
from bot.platforms.teams.data import CANCEL, OF, PRESS, SUBMIT, clean, read_values
from bot.platforms.teams.envelope import Envelope, Json, map_in, read_envelope, text_in
from bot.platforms.teams.mentions import mentions_bot, plain_text, read_html

NAME = "teams"
_MOST_ACTION = 4_000
_MOST_WORDS = 40_000
_MESSAGE_ID = re.compile(r"[\w.:;=@|-]{1,300}", re.ASCII)
"""Comes back from the client."""
OF_MESSAGE = ("vraag", "case")
"""Commands in the menu of a message; manifest.json names the same."""
HOME_WORD = "overzicht"
HOME = frozenset({HOME_WORD, "home"})
"""Typed in the one-to-one chat, these open the bot's home: new clients draw no cards in a personal tab."""
_OURS = frozenset({PRESS, SUBMIT, CANCEL})


class Waits(StrEnum):
    """What kind of answer the open request takes."""

    NOTHING = "nothing"
    """A message: whatever there is to say goes as a message."""
    CARD_ACTION = "adaptiveCard/action"
    FETCH = "task/fetch"
    SUBMIT = "task/submit"


@dataclass(frozen=True, slots=True)
class Understood:
    """What an activity means to us."""

    envelope: Envelope
    event: Event | None = None
    """None: nothing for a conversation."""
    waits: Waits = Waits.NOTHING
    removed: bool = False
    """The bot was taken out of this conversation."""
    form_card: str | None = None
    """Id of the message that holds the form that was just sent or cancelled."""


def parse(activity: Json, now: datetime) -> Understood:
    """What the activity means; BadActivity where it is none. Unknown kinds mean nothing and do no harm."""
    envelope = read_envelope(activity, now)
    match activity.get("type"):
        case "message":
            return _message(activity, envelope)
        case "messageUpdate":
            return _edited(activity, envelope)
        case "invoke":
            return _invoke(activity, envelope)
        case "installationUpdate":
            return _installation(activity, envelope)
        case "conversationUpdate":
            return _members(activity, envelope)
        case _:
            return Understood(envelope)


def _message(activity: Json, envelope: Envelope) -> Understood:
    value = map_in(activity, "value")
    if not _OURS.isdisjoint(value):
        return _pressed(activity, envelope, value, Waits.NOTHING)
    if envelope.kind != "direct" and not mentions_bot(activity, envelope.bot):
        return Understood(envelope)
    text = plain_text(activity, envelope.bot)
    common = _common(envelope, _key(activity, envelope))
    if envelope.kind == "direct" and text.strip(" /.!").lower() in HOME:
        return Understood(envelope, Opened(**common))
    if text:
        return Understood(envelope, Said(**common, text=text))
    # Only the bot's name, or a picture: show what it can do.
    return Understood(envelope, Commanded(**common, word=""))


def _edited(activity: Json, envelope: Envelope) -> Understood:
    if map_in(activity, "channelData").get("eventType") != "editMessage":
        return Understood(envelope)
    if envelope.kind != "direct" and not mentions_bot(activity, envelope.bot):
        return Understood(envelope)
    key = f"{_key(activity, envelope)}/{envelope.at.isoformat()}"
    text = plain_text(activity, envelope.bot)
    return Understood(envelope, Edited(**_common(envelope, key), said=envelope.id, text=text))


def _invoke(activity: Json, envelope: Envelope) -> Understood:
    value = map_in(activity, "value")
    match activity.get("name"):
        case "adaptiveCard/action":
            data = map_in(map_in(value, "action"), "data")
            return _pressed(activity, envelope, data, Waits.CARD_ACTION)
        case "task/fetch":
            return _pressed(activity, envelope, map_in(value, "data"), Waits.FETCH)
        case "task/submit":
            return _pressed(activity, envelope, map_in(value, "data"), Waits.SUBMIT)
        case "composeExtension/fetchTask":
            return _about_message(activity, envelope, value)
        case "composeExtension/submitAction":
            return _pressed(activity, envelope, map_in(value, "data"), Waits.SUBMIT, privately=True)
        case _:
            return Understood(envelope)


def _about_message(activity: Json, envelope: Envelope, value: Json) -> Understood:
    """Picked from the menu of somebody's message: the command of that name, with what stands in the message."""
    word = text_in(value, "commandId")
    if word not in OF_MESSAGE:
        return Understood(envelope, None, Waits.FETCH)
    body = text_in(map_in(map_in(value, "messagePayload"), "body"), "content")
    key = _key(activity, envelope, {"commandId": word, "body": body})
    common = _common(envelope, key) | {"place": _own(envelope)}
    return Understood(envelope, Commanded(**common, word=word, rest=read_html(body)[:_MOST_WORDS]), Waits.FETCH)


def _own(envelope: Envelope) -> Place:
    """The chat of whoever does this with the bot, wherever that is. The bot may not even be in the chat where the
    message stands, and the others there hear nothing of it."""
    return Place(platform=NAME, tenant=envelope.tenant, id="", kind="direct", user=envelope.user)


def _pressed(
    activity: Json, envelope: Envelope, data: Json, waits: Waits, *, privately: bool = False
) -> Understood:
    """A button or a form, from a message with a value or from an invoke."""
    shown_on = text_in(activity, "replyToId") or None
    common = _common(envelope, _key(activity, envelope, data))
    if privately:
        common["place"] = _own(envelope)
    submitted, pressed = data.get(SUBMIT), data.get(PRESS)
    in_chat = shown_on if waits is Waits.NOTHING else None
    if isinstance(submitted, str):
        of = "" if privately else text_in(data, OF)
        began = MessageRef(place=common["place"], id=of) if _MESSAGE_ID.fullmatch(of) else None
        event = Submitted(**common, action=_action(submitted), values=read_values(data), message=began)
        return Understood(envelope, event, waits, form_card=in_chat)
    if isinstance(pressed, str):
        place: Place = common["place"]
        message = MessageRef(place=place, id=shown_on) if shown_on else None
        return Understood(envelope, Pressed(**common, action=_action(pressed), message=message), waits)
    if CANCEL in data:
        return Understood(envelope, None, waits, form_card=in_chat)
    return Understood(envelope, None, waits)


def _action(packed: str) -> str:
    return clean(packed)[:_MOST_ACTION]


def _installation(activity: Json, envelope: Envelope) -> Understood:
    match activity.get("action"):
        case "add":
            return Understood(envelope, _joined(envelope))
        case "remove":
            return Understood(envelope, removed=True)
        case _:  # an upgrade: nobody needs another hello
            return Understood(envelope)


def _members(activity: Json, envelope: Envelope) -> Understood:
    if _names_bot(activity.get("membersRemoved"), envelope.bot):
        return Understood(envelope, removed=True)
    if _names_bot(activity.get("membersAdded"), envelope.bot):
        return Understood(envelope, _joined(envelope))
    return Understood(envelope)


def _names_bot(members: object, bot: str) -> bool:
    named = members if isinstance(members, list) else []
    return any(isinstance(member, dict) and member.get("id") == bot for member in named)


def _joined(envelope: Envelope) -> Joined | None:
    if envelope.user == envelope.bot:
        return None
    return Joined(**_common(envelope, f"{NAME}/{envelope.conversation}/joined"))


def _common(envelope: Envelope, key: str) -> dict[str, Any]:
    place = Place(
        platform=NAME,
        tenant=envelope.tenant,
        id=envelope.conversation,
        kind=envelope.kind,
        thread=envelope.thread,
        user=envelope.user if envelope.kind == "direct" else None,
    )
    account = Account(platform=NAME, tenant=envelope.tenant, user=envelope.user)
    return {"key": _short(key), "account": account, "place": place, "at": envelope.at}


def _key(activity: Json, envelope: Envelope, data: Json | None = None) -> str:
    return f"{NAME}/{envelope.conversation}/{envelope.id or _made_id(activity, envelope, data or {})}"


def _made_id(activity: Json, envelope: Envelope, data: Json) -> str:
    """For an activity without an id: the same for the same thing delivered again."""
    moment = text_in(activity, "localTimestamp") or text_in(activity, "timestamp")
    names = ("type", "name", "replyToId", "text")
    said = [text_in(activity, name) for name in names]
    pressed = sorted(f"{name}={value}" for name, value in data.items() if isinstance(value, str))
    return _digest("\n".join((envelope.user, moment, *said, *pressed)))


def _short(key: str) -> str:
    """An inbox key has at most 400 characters."""
    return key if len(key) <= 400 else f"{NAME}/{_digest(key)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
