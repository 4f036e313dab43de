"""How delivery went, for who looks after the bot: numbers and reasons in chat, names on a page of their own."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.conversations.deliveries import cards
from bot.delivery_report import make_report
from bot.desk import Desk
from bot.links import holds_secret, make_link, say_privately
from bot.model.events import Event
from bot.rights import need
from knowledge.diploma import Permission


def build(desk: Desk) -> Conversation:
    async def show(_: Event, turn: Turn) -> None:
        await need(turn, desk, Permission.MANAGE_SETTINGS)
        report = await make_report(turn.tx, turn.now)
        link = await make_link(turn, desk, "/deliveries")
        say_privately(turn, cards.report_card(turn.words, report, link, secret=holds_secret(link)))

    conversation = Conversation("deliveries")
    conversation.on_command(
        "bezorging",
        show,
        help_key="deliveries.help",
        aliases=("deliveries",),
        needs=Permission.MANAGE_SETTINGS,
    )
    return conversation
