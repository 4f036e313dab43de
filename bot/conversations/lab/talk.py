"""The AI Lab: what nobody agreed on yet is answered by people, and everyone who asked hears it."""

from __future__ import annotations

from bot.conversation import Conversation
from bot.conversations.lab.asking import Askings
from bot.conversations.lab.ending import Ending
from bot.conversations.lab.looking_again import LookingAgain
from bot.conversations.lab.owning import Owning
from bot.conversations.lab.queue import Queue
from bot.conversations.lab.saying import Saying
from bot.conversations.lab.watching import Watch
from bot.desk import Desk


def build(desk: Desk) -> Conversation:
    conversation = Conversation("lab")
    parts = (Askings(desk), Owning(desk), Saying(desk), Ending(desk), LookingAgain(desk), Queue(desk), Watch(desk))
    for part in parts:
        part.register(conversation)
    return conversation
