"""The living matrix in chat: seeing it, proposing, deciding, and what follows from that."""

from __future__ import annotations

from bot.conversation import Conversation, Turn
from bot.conversations.matrix import cards
from bot.conversations.matrix.agreeing import Agreeing
from bot.conversations.matrix.batches import Batches
from bot.conversations.matrix.deciding import Deciding
from bot.conversations.matrix.editing import Editing
from bot.conversations.matrix.looking_after import LookingAfter
from bot.conversations.matrix.new_row import NewRow
from bot.conversations.matrix.proposing import Proposing
from bot.conversations.matrix.reviewing import Reviewing
from bot.conversations.matrix.showing import Showing
from bot.conversations.matrix.telling import Telling
from bot.conversations.matrix.tools import Tools
from bot.desk import Desk
from bot.links import holds_secret, make_link, say_privately
from bot.model.events import Event
from storage import matrix_proposals


def build(desk: Desk) -> Conversation:
    async def show(_: Event, turn: Turn) -> None:
        link = await make_link(turn, desk, "/matrix")
        number = await matrix_proposals.count_open(turn.tx)
        say_privately(turn, cards.matrix_card(turn.words, link, secret=holds_secret(link), open_proposals=number))

    conversation = Conversation("matrix")
    conversation.on_command("matrix", show, help_key="matrix.help_matrix", aliases=("regels", "rules"))
    telling = Telling(desk)
    showing = Showing(desk)
    deciding = Deciding(desk, telling, showing)
    telling.register(conversation)
    showing.register(conversation)
    deciding.register(conversation)
    Batches(desk, telling, showing, deciding).register(conversation)
    proposing = Proposing(desk, showing)
    proposing.register(conversation)
    NewRow(desk, proposing).register(conversation)
    editing = Editing(desk, proposing)
    editing.register(conversation)
    looking = LookingAfter(desk, telling)
    looking.register(conversation)
    Reviewing(desk, looking).register(conversation)
    Tools(desk, telling, editing).register(conversation)
    Agreeing(desk, showing).register(conversation)
    return conversation
