"""The workspace as a person sees it: the page with its chat, one message, the sign-in page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.model.cards import Card
from bot.platforms.web.colleagues import BOT, Colleague, Workspace
from bot.platforms.web.parse import split_mentions
from bot.platforms.web.render import draw_card, templates
from bot.platforms.web.store import Chat
from bot.texts import WORDS, Words
from knowledge.content import Language
from storage.web import WebMessage

EXAMPLES = ("web.example_1", "web.example_2", "web.example_3", "web.example_4")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, and how they like it."""

    colleague: Colleague
    language: Language
    theme: str
    """light, dark, or "" for what the computer prefers."""
    token: str

    @property
    def words(self) -> Words:
        return WORDS[self.language]


@dataclass(frozen=True, slots=True)
class ShownMessage:
    id: int
    thread: int | None
    author: Colleague | None
    name: str
    mine: bool
    day: str
    day_words: str
    clock: str
    pieces: Sequence[tuple[str, bool]]
    card: Markup | None
    summary: str


def show_message(message: WebMessage, visitor: Visitor, workspace: Workspace) -> ShownMessage:
    author = workspace.find_colleague(message.author)
    card = None if message.card is None else Card.model_validate(message.card)
    moment = message.said_at.astimezone(ZoneInfo(visitor.colleague.time_zone))
    name = BOT if message.author is None else author.name if author else message.author
    return ShownMessage(
        id=message.id,
        thread=message.thread,
        author=author,
        name=name,
        mine=message.author == visitor.colleague.id,
        day=moment.date().isoformat(),
        day_words=visitor.words.day(moment.date()),
        clock=f"{moment:%H:%M}",
        pieces=split_mentions(message.text or ""),
        card=draw_card(card) if card else None,
        summary=card.summary if card else message.text or "",
    )


def draw_message(shown: ShownMessage, visitor: Visitor, *, in_channel: bool) -> str:
    module: Any = templates().get_template("message.html").module
    return str(module.message(shown, (), visitor.words, in_channel))


def draw_workspace(visitor: Visitor, workspace: Workspace, place: str, chat: Chat) -> str:
    shown = [show_message(message, visitor, workspace) for message in chat.messages]
    starts = [message for message in shown if message.thread is None]
    channel = workspace.find_channel(place)
    page = {
        "person": visitor.colleague.id,
        "place": place,
        "direct": visitor.colleague.direct,
        "after": chat.newest_change,
        "token": visitor.token,
        "name": BOT,
    }
    return (
        templates()
        .get_template("workspace.html")
        .render(
            words=visitor.words,
            visitor=visitor,
            me=visitor.colleague,
            workspace=workspace,
            channel=channel,
            place=place,
            chat=chat,
            unread=chat.unread - {place},
            starts=starts,
            answers={start.id: [reply for reply in shown if reply.thread == start.id] for start in starts},
            started=any(message.mine for message in shown),
            theme=visitor.theme,
            suggestions=_suggest(visitor.words, in_channel=channel is not None),
            examples=[visitor.words(key) for key in EXAMPLES],
            page=page,
            bot=BOT,
        )
    )


def _suggest(words: Words, *, in_channel: bool) -> list[dict[str, str]]:
    """What the typing box offers: what to write, and what it does."""
    offered = [
        {"write": words("web.command_magdit") + " ", "what": words("web.command_magdit_what")},
        {"write": words("web.command_help"), "what": words("web.command_help_what")},
    ]
    mention = {"write": f"@{BOT} ", "what": words("web.mention_what")}
    return [*offered, mention] if in_channel else offered


def draw_sign_in(words: Words, token: str, *, wrong: bool) -> str:
    return templates().get_template("sign_in.html").render(words=words, token=token, wrong=wrong, theme="")
