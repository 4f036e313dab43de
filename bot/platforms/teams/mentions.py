"""Mentions in Teams' text: the bot's own is taken out, a colleague's leaves their name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.platforms.teams.data import clean


def mentions_bot(activity: Mapping[str, Any], bot: str) -> bool:
    return any(mentioned == bot for mentioned, _, _ in _mentions(activity))


def plain_text(activity: Mapping[str, Any], bot: str) -> str:
    """What was typed, as plain text without the mention of the bot.

    Only a mention's own text is taken out: a bot named Al must leave "Alice" and a typed "Al" alone.
    """
    text = activity.get("text")
    if not isinstance(text, str):
        return ""
    for mentioned, mark, name in _mentions(activity):
        text = text.replace(mark, "" if mentioned == bot else name)
    return clean(html.unescape(text)).replace("\xa0", " ").strip()


def read_html(content: str) -> str:
    """The words of a message as its menu hands it over: HTML, or plain text with its signs written out."""
    lines = _LINE.sub("\n", content)
    return clean(html.unescape(_MARK.sub("", lines))).replace("\xa0", " ").strip()


_LINE = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_MARK = re.compile(r"<[^<>]*>")


def _mentions(activity: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Who is mentioned, by which mark in the text, and their name as it stands there."""
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else []:
        if not isinstance(entity, dict) or entity.get("type") != "mention":
            continue
        mentioned, mark = entity.get("mentioned"), entity.get("text")
        who = mentioned.get("id") if isinstance(mentioned, dict) else None
        if isinstance(who, str) and isinstance(mark, str) and mark:
            yield who, mark, mark.removeprefix("<at>").removesuffix("</at>")
