"""Figures in chat: how far the organisation is with the AI diploma, for who may see that."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.conversations.figures import cards
from bot.conversations.figures.nightly import Nightly, today
from bot.desk import Desk
from bot.figures.overview import Chosen, find_overview
from bot.figures.report import Names
from bot.figures.seeing import MAY_LOOK, find_minimum
from bot.links import holds_secret, make_link, say_privately
from bot.model.cards import Card
from bot.model.events import Event
from bot.rights import find_allowed, need
from storage import register


def build(desk: Desk) -> Conversation:
    nightly = Nightly(desk)

    async def show(_: Event, turn: Turn) -> None:
        allowed = await find_allowed(turn, desk)
        if not allowed.intersection(MAY_LOOK):
            await need(turn, desk, MAY_LOOK[0])
        knowledge, on = desk.knowledge(), today(desk, turn)
        if not knowledge.diploma:
            turn.say(Card.of_words(turn.words("figures.none_agreed")))
            return
        overview = await find_overview(turn.tx, on, Chosen(), find_minimum(knowledge, allowed))
        if overview is None:
            turn.say(Card.of_words(await begin(turn)))
            return
        link = await make_link(turn, desk, "/figures")
        names = Names(turn.words, knowledge)
        say_privately(turn, cards.figures_card(turn.words, names, overview, link, secret=holds_secret(link)))

    async def begin(turn: Turn) -> str:
        """The first time somebody asks, nobody waits for the night."""
        on = today(desk, turn)
        if not await register.list_ids(turn.tx, on, "", 1):
            return turn.words("figures.nobody")
        await nightly.begin(turn, on)
        return turn.words("figures.not_counted")

    conversation = Conversation("figures")
    conversation.on_command(
        "cijfers", show, help_key="figures.help", aliases=("figures", "dashboard"), needs=MAY_LOOK[0]
    )
    nightly.register(conversation)
    return conversation
