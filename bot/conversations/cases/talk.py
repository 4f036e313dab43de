"""Cases: colleagues share what worked and what went wrong, the AI Lab looks at it, and the next one finds it."""

from __future__ import annotations

from bot.conversation import Conversation
from bot.conversations.cases.adding import below_answers, below_surveys, digest_sections
from bot.conversations.cases.desking import Desking
from bot.conversations.cases.finding import Finding
from bot.conversations.cases.moments import Moments
from bot.conversations.cases.morning import Mornings
from bot.conversations.cases.owning import Owning
from bot.conversations.cases.sharing import Sharing
from bot.conversations.cases.triage import Triage
from bot.desk import Desk


def build(desk: Desk) -> Conversation:
    conversation = Conversation("cases")
    for part in (Sharing, Owning, Finding, Triage, Desking, Mornings, Moments):
        part(desk).register(conversation)
    conversation.on_answer(below_answers())
    conversation.on_survey(below_surveys)
    for section in digest_sections():
        conversation.on_digest(section)
    return conversation
