"""The AI diploma: my level and what I need by when, my team, reminders, results, and a word below answers."""

from __future__ import annotations

from bot.conversation import Conversation
from bot.conversations.diploma.looking import Looking
from bot.conversations.diploma.reminding import Reminding
from bot.conversations.diploma.results import Results
from bot.conversations.diploma.team import Teams
from bot.desk import Desk


def build(desk: Desk) -> Conversation:
    conversation = Conversation("diploma")
    for part in (Looking(desk), Teams(desk), Reminding(desk), Results(desk)):
        part.register(conversation)
    return conversation
