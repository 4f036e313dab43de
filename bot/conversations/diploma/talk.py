"""The AI diploma: my level and what I need by when, my team, reminders, results, and a word below answers."""

from __future__ import annotations

from bot.conversation import Conversation
from bot.conversations.diploma.answering import Answering
from bot.conversations.diploma.deciding import Deciding
from bot.conversations.diploma.exempting import Exempting
from bot.conversations.diploma.finding import Finding
from bot.conversations.diploma.lists import Lists
from bot.conversations.diploma.looking import Looking
from bot.conversations.diploma.papers import Papers
from bot.conversations.diploma.refreshing import Refreshing
from bot.conversations.diploma.reminding import Reminding
from bot.conversations.diploma.results import Results
from bot.conversations.diploma.team import Teams
from bot.conversations.diploma.untied import UntiedPeople
from bot.desk import Desk

_PARTS = (
    Looking,
    Papers,
    Teams,
    Reminding,
    Answering,
    Lists,
    Exempting,
    Finding,
    UntiedPeople,
    Results,
    Refreshing,
    Deciding,
)


def build(desk: Desk) -> Conversation:
    conversation = Conversation("diploma")
    for part in _PARTS:
        part(desk).register(conversation)
    return conversation
