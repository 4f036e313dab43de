"""Personal links to pages behind rights, told to one person alone."""

from __future__ import annotations

from bot.conversation import Turn
from bot.desk import Desk
from bot.model.cards import Card
from storage import page_sessions

ENTER = "/in/"
_KNOWS_ITS_VISITORS = "web"
"""The platform whose people have their browser with us already; a link of theirs holds no secret."""


async def make_link(turn: Turn, desk: Desk, path: str) -> str:
    """The address of a page for this person: it opens once, within ten minutes."""
    if turn.event.account.platform == _KNOWS_ITS_VISITORS:
        return desk.url + path
    return desk.url + ENTER + await page_sessions.make_link(turn.tx, turn.person.id, path, turn.now)


def holds_secret(link: str) -> bool:
    """It is worth something to whoever finds it, for a while."""
    return ENTER in link


def say_privately(turn: Turn, card: Card) -> None:
    """To this person alone; asked among others, they hear that the answer stands in their own chat."""
    if turn.event.place.kind == "direct":
        turn.say(card)
    else:
        turn.tell(turn.person.id, card, kind="answer")
        turn.refuse(turn.words("pages.sent_privately"))
