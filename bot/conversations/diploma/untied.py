"""HR sees who cannot be tied: registered without a chat account, or in a chat without being registered."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.desk import Desk
from bot.links import say_privately
from bot.model import limits
from bot.model.cards import Bullets, Card, Element, Text, shorten
from bot.model.events import Event
from bot.rights import need
from bot.standing import today
from bot.texts import Words
from knowledge.diploma import Permission
from storage.untied import Untied, find_unregistered, find_without_account

_LISTED = 10


class UntiedPeople:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "koppelingen",
            self.show,
            help_key="diploma.help_untied",
            aliases=("untied",),
            needs=Permission.MANAGE_PEOPLE,
        )

    async def show(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_PEOPLE)
        on = today(turn, self._desk)
        without = await find_without_account(turn.tx, on, _LISTED)
        unregistered = await find_unregistered(turn.tx, on, _LISTED)
        say_privately(turn, untied_card(turn.words, without, unregistered))


def untied_card(words: Words, without: Untied, unregistered: Untied) -> Card:
    title = words("diploma.untied_title" if without.number or unregistered.number else "diploma.untied_none")
    elements: list[Element] = [Text(text=title, style="heading")]
    for key, found in (("diploma.untied_without", without), ("diploma.untied_unregistered", unregistered)):
        if found.number:
            elements.append(Text(text=words(key, n=found.number), style="strong"))
            elements.append(Bullets(items=tuple(_tell(words, found))))
    if len(elements) > 1:
        elements.append(Text(text=words("diploma.untied_help"), style="quiet"))
    return Card(summary=title, elements=tuple(elements))


def _tell(words: Words, found: Untied) -> list[str]:
    told = [shorten(f"{name or '?'}, {email or words('diploma.untied_no_email')}", limits.TEXT // 8)
            for name, email in found.first]  # fmt: skip
    more = found.number - len(told)
    return [*told, words("diploma.team_more", n=more)] if more > 0 else told
