"""Messages on their way to Slack: where they go, their pictures, posting or changing them, finding them again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery import NeverWill, Outgoing, TryLater, Unclear
from bot.model.cards import Card, Picture
from bot.model.events import Place
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import get_code, in_our_words
from bot.platforms.slack.render import EVENT_TYPE, Pictures, draw_message, mark

log = structlog.get_logger()

_PICTURE_READY_AFTER = (0.5, 1.5, 3.0)
"""Seconds: chat.postMessage does not know an uploaded picture ("invalid slack file") until it is processed."""
_NOT_READY = frozenset({"invalid_blocks", "missing_file_data", "file_not_found"})
_NOT_SHARED = frozenset(
    {
        "blocked_file_type",
        "file_deleted",
        "file_is_deleted",
        "file_share_limit_reached",
        "max_file_sharing_exceeded",
        "slack_connect_blocked_file_type",
        "slack_connect_file_link_sharing_blocked",
        "slack_connect_file_upload_sharing_blocked",
        "unable_to_share_files",
    }
)
"""Slack takes the message here, and not its pictures; a channel shared with another company, for example."""
_MOST_ALT = 1_000
_MOST_IN_ADDRESS = 4_000
_PAGE = 200
_MOST_PAGES = 10
"""How far back a message that may have arrived is looked for; beyond that nobody can say."""
_MOST_KEPT = 200
"""Messages whose pictures are up there already and which are tried again."""


class Sending:
    def __init__(self, client: Client, picture_waits: Sequence[float] = _PICTURE_READY_AFTER) -> None:
        self._client = client
        self._picture_waits = picture_waits
        self._direct: dict[str, str] = {}
        """The direct chat with a user; Slack gives the same one every time it is asked."""
        self._uploaded: dict[str, dict[int, str]] = {}
        """By the message's key: a message that has to wait does not bring its pictures up again."""

    async def send(self, message: Outgoing) -> str:
        """Slack's time of the message, which is its id within the channel."""
        channel = await self.find_channel(message.place)
        pictures = await self._pictures_of(message)
        sent = await self._write_with(message, channel, pictures)
        self._uploaded.pop(message.key, None)
        return sent

    async def _write_with(self, message: Outgoing, channel: str, pictures: Pictures) -> str:
        """With its pictures as soon as Slack is ready for them, in the end without."""
        for wait in self._picture_waits if pictures else ():
            try:
                with in_our_words():
                    return await self._write(message, channel, pictures)
            except SlackApiError as problem:
                code = get_code(problem)
                if code not in _NOT_READY | _NOT_SHARED:
                    raise
            if code in _NOT_SHARED:
                break
            await asyncio.sleep(wait)
        if pictures:  # its words say the same, and they are there now
            log.warning("slack.picture_not_shown", key=message.key)
        with in_our_words():
            return await self._write(message, channel, {})

    async def _write(self, message: Outgoing, channel: str, pictures: Pictures) -> str:
        drawn = {**draw_message(message.card, pictures), "metadata": mark(message.key)}
        if message.replaces is not None:
            return await self._change(channel, message.replaces, drawn)
        answer = await self._client.once.chat_postMessage(
            channel=channel, thread_ts=message.place.thread, unfurl_links=False, unfurl_media=False, **drawn
        )
        return str(answer["ts"])

    async def _change(self, channel: str, ts: str, drawn: dict[str, Any]) -> str:
        try:
            with in_our_words():
                await self._client.once.chat_update(channel=channel, ts=ts, parse="none", **drawn)
        except Unclear as unclear:  # changing it once more to the same does no harm
            raise TryLater(unclear.reason) from unclear
        return ts

    async def find_channel(self, place: Place) -> str:
        """The id to post to; asks Slack for the direct chat with somebody who never wrote to us."""
        if place.id:
            return place.id
        user = place.user or ""
        if user not in self._direct:
            try:
                with in_our_words():
                    opened = await self._client.once.conversations_open(users=user)
            except Unclear as unclear:  # opening twice gives the same chat
                raise TryLater(unclear.reason) from unclear
            self._direct[user] = str(opened["channel"]["id"])
        return self._direct[user]

    async def _pictures_of(self, message: Outgoing) -> Pictures:
        if len(self._uploaded) > _MOST_KEPT:
            self._uploaded.clear()
        found = self._uploaded.setdefault(message.key, {})
        return await self.upload_pictures(message.card, found)

    async def upload_pictures(self, card: Card, found: dict[int, str] | None = None) -> Pictures:
        """Slack's ids of the card's pictures; one that Slack refuses is left out, and its words are shown.

        `found`: those that are there already; what is uploaded now is added.
        """
        found = {} if found is None else found
        for index, element in enumerate(card.elements):
            if isinstance(element, Picture) and index not in found:
                id = await self._upload(element)
                if id is not None:
                    found[index] = id
        return found

    async def _upload(self, picture: Picture) -> str | None:
        try:
            with in_our_words():
                done = await self._client.once.files_upload_v2(
                    filename=picture.name,
                    content=picture.png,
                    title=picture.name,
                    alt_txt=_fit_in_address(picture.alt),
                    highlight_type="png",
                )
        except Unclear as unclear:  # nothing was posted yet: begin anew
            raise TryLater(unclear.reason) from unclear
        except (NeverWill, SlackApiError) as problem:
            log.warning("slack.picture_refused", problem=str(problem)[:200])
            return None
        return str(done["files"][0]["id"])

    async def find_sent(self, message: Outgoing) -> str | None:
        """The message that carries this key, among the newest of its channel or thread."""
        try:
            with in_our_words():
                return await self._look_back(message)
        except TryLater as later:
            raise Unclear(f"could not look whether it arrived: {later.reason}") from later
        except NeverWill as never:  # not allowed to read there, or too much to read
            raise NotImplementedError(f"nobody can look whether it arrived: {never.reason}") from never

    async def _look_back(self, message: Outgoing) -> str | None:
        """Slack gives a channel's newest messages first and a thread's oldest, so a thread is read to its end."""
        channel = await self.find_channel(message.place)
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = await self._read_page(channel, message.place.thread, cursor)
            for found in page["messages"] or []:
                if _carries(found, message.key):
                    return str(found["ts"])
            cursor = (page["response_metadata"] or {}).get("next_cursor") or ""
            if not cursor:
                return None
        raise NeverWill(f"more than {_PAGE * _MOST_PAGES} messages came since")

    async def _read_page(self, channel: str, thread: str | None, cursor: str) -> Any:
        wanted: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": _PAGE}
        if cursor:
            wanted["cursor"] = cursor
        if thread is not None:
            return await self._client.patient.conversations_replies(ts=thread, **wanted)
        return await self._client.patient.conversations_history(**wanted)


def _fit_in_address(alt: str) -> str:
    """Slack's library sends it in the address of a request, where a letter that is no ASCII takes up to twelve."""
    fitting = alt[:_MOST_ALT]
    while len(quote(fitting)) > _MOST_IN_ADDRESS:
        fitting = fitting[: len(fitting) * 3 // 4]
    return fitting


def _carries(message: dict[str, Any], key: str) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("key") == key
