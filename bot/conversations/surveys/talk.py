"""Surveys: a team lead asks what a team does with AI, they answer without fear, and all see what comes out."""

from __future__ import annotations

from bot.conversation import Conversation
from bot.conversations.surveys.answering import Answering
from bot.conversations.surveys.closing import Closing
from bot.conversations.surveys.following import Following
from bot.conversations.surveys.gathering import Gathering
from bot.conversations.surveys.repeating import Repeating
from bot.conversations.surveys.seeing import Seeing
from bot.conversations.surveys.starting import Starting
from bot.conversations.surveys.telling import Telling
from bot.conversations.surveys.theming import Theming
from bot.desk import Desk


def build(desk: Desk) -> Conversation:
    conversation = Conversation("surveys")
    Starting(desk).register(conversation)
    Gathering(desk).register(conversation)
    Answering().register(conversation)
    Closing(desk).register(conversation)
    telling = Telling(desk)
    telling.register(conversation)
    Theming(desk, telling).register(conversation)
    Following(desk).register(conversation)
    Repeating(desk).register(conversation)
    Seeing(desk).register(conversation)
    return conversation
