"""The Lab's queue in the chat: mine, open, waiting and late, a button to each ticket, and a link to the page."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Conversation, Turn
from bot.conversations.lab import actions, cards
from bot.conversations.lab.seeing import name_of
from bot.desk import Desk
from bot.links import make_link, say_privately
from bot.model.cards import Card
from bot.model.events import Commanded, Pressed
from bot.rights import need
from knowledge.diploma import Permission
from storage import tickets_finding
from storage.tickets_finding import Wanted

PATH = "/lab"
_SHOWN = 9

Which = Literal["open", "mine", "waiting", "late"]
_TYPED: dict[str, Which] = {
    "mijn": "mine", "mine": "mine", "open": "open", "wacht": "waiting", "waiting": "waiting", "laat": "late",
    "late": "late",
}  # fmt: skip


class Queue:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "lab",
            self.show,
            help_key="lab.help_queue",
            aliases=("ailab", "meldingen"),
            needs=Permission.TRIAGE,
        )
        conversation.on_action(actions.ShowQueue, self.choose)

    async def show(self, event: Commanded, turn: Turn) -> None:
        await need(turn, self._desk, Permission.TRIAGE)
        say_privately(turn, await self._draw(turn, _TYPED.get(event.rest.strip().lower(), "open")))

    async def choose(self, _: Pressed, turn: Turn) -> None:
        await need(turn, self._desk, Permission.TRIAGE)
        assert isinstance(turn.action, actions.ShowQueue)
        turn.show(await self._draw(turn, turn.action.which))

    async def _draw(self, turn: Turn, which: Which) -> Card:
        numbers = await tickets_finding.count_queue(turn.tx, turn.person.id, turn.now)
        found = await tickets_finding.find_page(turn.tx, Wanted(which, turn.person.id, turn.now), most=_SHOWN)
        names = {id: await name_of(turn, id) for id in {one.claimed_by for one in found if one.claimed_by}}
        link = await make_link(turn, self._desk, PATH)
        return cards.queue_card(turn.words, which, numbers, found, link, names)
