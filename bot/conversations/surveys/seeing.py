"""The way to the page with what came out."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.desk import Desk
from bot.links import holds_secret, make_link, say_privately
from bot.model.cards import Card, Element, Link, Text
from bot.model.events import Commanded
from bot.rights import need
from bot.texts import Words
from knowledge.diploma import Permission

PAGE = "/surveys"


class Seeing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command("enquetes", self.see, help_key="surveys.help_see", aliases=("enquêtes", "surveys"))

    async def see(self, _: Commanded, turn: Turn) -> None:
        await need(turn, self._desk, Permission.ASK)
        say_privately(turn, page_card(turn.words, await make_link(turn, self._desk, PAGE)))


def page_card(words: Words, link: str) -> Card:
    text = words("surveys.see")
    elements: list[Element] = [Text(text=text), Link(label=words("surveys.to_page"), url=link)]
    if holds_secret(link):
        elements.append(Text(text=words("pages.link_hint"), style="quiet"))
    return Card(summary=text, elements=tuple(elements))
