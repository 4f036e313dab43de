"""Slack's payloads as events of the club. Pure; anything it does not answer, however malformed, becomes None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.model.events import (
    Account,
    Commanded,
    Event,
    Joined,
    MessageRef,
    Opened,
    Place,
    Pressed,
    Said,
    Submitted,
)
from bot.platforms.slack.forms import FORM, read_values, unpack_metadata
from bot.platforms.slack.markup import clean, read_typed
from bot.platforms.slack.payload import (
    ID,
    NAME,
    NotForUs,
    Payload,
    bot_user_of,
    checked,
    dict_at,
    id_at,
    moment,
    place_of,
    team_of,
    text_at,
    thread_of,
    ts_at,
)

_MOST_WORDS = 40_000
_MOST_COMMAND = 100
_MOST_ACTION = 4_000


def parse(body: Payload, now: datetime, bot_user: str | None = None) -> Event | None:
    """`now` is when it arrived, for payloads without a time; `bot_user` where the payload does not name it."""
    try:
        if "command" in body:
            return _parse_command(body, now, bot_user)
        read = _KINDS.get(body.get("type") if isinstance(body.get("type"), str) else None)
        return read(body, now, bot_user) if read else None
    except NotForUs:
        return None


# ---------------------------------------------------------------- what people say


def _parse_event_callback(body: Payload, now: datetime, bot_user: str | None) -> Event | None:
    event = dict_at(body, "event")
    read = EVENTS.get(str(event.get("type")))
    return read(event, team_of(body), bot_user_of(body) or bot_user) if read else None


def _parse_message(event: Payload, team: str, bot_user: str | None) -> Event | None:
    """Words in a direct chat. In a channel only a mention is ours; its twin `message` event is not."""
    if event.get("channel_type") != "im" and not id_at(event, "channel").startswith("D"):
        return None
    return _parse_words(event, team, bot_user)


def _parse_words(event: Payload, team: str, bot_user: str | None) -> Event | None:
    """A message is its channel and its own time: Slack may deliver it many times, with different event ids."""
    by_machine = event.get("bot_id") or event.get("hidden") or event.get("user") == bot_user
    if by_machine or event.get("subtype") not in (None, "file_share"):
        return None
    channel, user, ts = id_at(event, "channel"), id_at(event, "user"), ts_at(event, "ts")
    text = read_typed(text_at(event, "text"), bot_user)[:_MOST_WORDS]
    thread = thread_of(event) or (None if channel.startswith("D") else ts)
    key, at = f"{NAME}:{team}:{channel}:{ts}", moment(ts)
    account, place = Account(platform=NAME, tenant=team, user=user), place_of(team, channel, user, thread)
    if not text.strip():  # a bare mention, or a picture without a word
        return Commanded(key=key, account=account, place=place, at=at, word="help")
    return Said(key=key, account=account, place=place, at=at, text=text)


def _parse_home_opened(event: Payload, team: str, bot_user: str | None) -> Event | None:
    if event.get("tab") != "home":
        return None
    user, channel, ts = id_at(event, "user"), id_at(event, "channel"), ts_at(event, "event_ts")
    return Opened(
        key=f"{NAME}:{team}:home:{user}:{ts}",
        account=Account(platform=NAME, tenant=team, user=user),
        place=place_of(team, channel, user),
        at=moment(ts),
    )


def _parse_joined(event: Payload, team: str, bot_user: str | None) -> Event | None:
    """The bot was invited to a channel. Who invited it is the one we speak to; without one nobody waits for us."""
    if bot_user is None or event.get("user") != bot_user or not event.get("inviter"):
        return None
    channel, inviter, ts = id_at(event, "channel"), id_at(event, "inviter"), ts_at(event, "event_ts")
    return Joined(
        key=f"{NAME}:{team}:joined:{channel}:{ts}",
        account=Account(platform=NAME, tenant=team, user=inviter),
        place=place_of(team, channel, inviter),
        at=moment(ts),
    )


EVENTS: Mapping[str, Callable[[Payload, str, str | None], Event | None]] = {
    "message": _parse_message,
    "app_mention": _parse_words,
    "app_home_opened": _parse_home_opened,
    "member_joined_channel": _parse_joined,
}


# ---------------------------------------------------------------- commands and shortcuts: answered privately


QUESTION_COMMAND = "/magdit"
WORD_COMMAND = "/promptclub"
"""The name a workspace may have changed, when another app had it first: any other command is read like this one."""
OF_MESSAGE = "_message"
"""How the callback_id of a message shortcut ends; before it stands the command it is."""
SHORTCUTS = {
    "magdit": "shortcut",
    "magdit_message": "message_action",
    "vraag_message": "message_action",
    "case_message": "message_action",
}
"""Type of payload by callback_id."""


def _parse_command(body: Payload, now: datetime, bot_user: str | None) -> Event | None:
    text = read_typed(text_at(body, "text"), bot_user)[:_MOST_WORDS].strip()
    word, rest = (*text.split(maxsplit=1), "", "")[:2]
    if body.get("command") == QUESTION_COMMAND or len(word) > _MOST_COMMAND:
        word, rest = "magdit", text
    return _command(body, now, word or "help", rest)


def _parse_shortcut(body: Payload, now: datetime, bot_user: str | None) -> Event | None:
    callback = str(body.get("callback_id"))
    if SHORTCUTS.get(callback) != body.get("type"):
        return None
    message = body.get("message")
    text = read_typed(text_at(message, "text"), bot_user) if isinstance(message, dict) else ""
    return _command(body, now, callback.removesuffix(OF_MESSAGE), text[:_MOST_WORDS])


def _command(body: Payload, now: datetime, word: str, rest: str) -> Commanded:
    team = team_of(body)
    user = id_at(body, "user", "id") if isinstance(body.get("user"), dict) else id_at(body, "user_id")
    return Commanded(
        key=f"{NAME}:{team}:did:{id_at(body, 'trigger_id')}",
        account=Account(platform=NAME, tenant=team, user=user),
        place=place_of(team, "", user),
        at=now,
        word=word,
        rest=rest,
    )


# ---------------------------------------------------------------- buttons and forms


def _parse_press(body: Payload, now: datetime, _: str | None) -> Event | None:
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(action, dict) or action.get("type") != "button":
        return None
    packed = action.get("value")
    if not isinstance(packed, str) or not 0 < len(packed) <= _MOST_ACTION:  # a link, or none of ours
        return None
    team, user = team_of(body), id_at(body, "user", "id")
    place, message, where = _place_of_press(body, team, user)
    act = f"{id_at(action, 'action_id')}:{ts_at(action, 'action_ts')}"
    return Pressed(
        key=f"{NAME}:{team}:press:{user}:{where}:{act}",
        account=Account(platform=NAME, tenant=team, user=user),
        place=place,
        at=now,
        action=clean(packed),
        message=message,
    )


def _place_of_press(body: Payload, team: str, user: str) -> tuple[Place, MessageRef | None, str]:
    """Where to answer, the message with the button if it can be changed, and a name for what was pressed on."""
    container = dict_at(body, "container")
    if container.get("type") == "view":
        return place_of(team, "", user), None, id_at(container, "view_id")
    channel, ts = id_at(body, "channel", "id"), ts_at(container, "message_ts")
    message, where = body.get("message"), f"{channel}:{ts}"
    if container.get("is_ephemeral") or not isinstance(message, dict):
        return place_of(team, channel, user, thread_of(container)), None, where
    thread = thread_of(message)
    answers = thread or (None if channel.startswith("D") else ts)
    ref = MessageRef(place=place_of(team, channel, user, thread), id=ts)
    return place_of(team, channel, user, answers), ref, where


def _parse_submission(body: Payload, now: datetime, _: str | None) -> Event | None:
    """Each press on the submit button is an act of its own (the view's hash stays the same after an error)."""
    view = dict_at(body, "view")
    if view.get("callback_id") != FORM:
        return None
    (channel, thread, message, message_thread), action = unpack_metadata(text_at(view, "private_metadata"))
    if not 0 < len(action) <= _MOST_ACTION:
        return None
    team, user = team_of(body), id_at(body, "user", "id")
    ref = MessageRef(place=place_of(team, channel or "", user, message_thread), id=message) if message else None
    act = body.get("trigger_id") or view.get("hash")
    return Submitted(
        key=f"{NAME}:{team}:form:{user}:{id_at(view, 'id')}:{checked(act, ID)}",
        account=Account(platform=NAME, tenant=team, user=user),
        place=place_of(team, channel or "", user, thread),
        at=now,
        action=clean(action),
        values=read_values(dict_at(view, "state").get("values")),
        message=ref,
    )


_KINDS: Mapping[str | None, Callable[[Payload, datetime, str | None], Event | None]] = {
    "event_callback": _parse_event_callback,
    "shortcut": _parse_shortcut,
    "message_action": _parse_shortcut,
    "block_actions": _parse_press,
    "view_submission": _parse_submission,
}
