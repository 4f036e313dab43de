"""Once more before many people get a message: what was decided is rolled back, kept, and asked about."""

from __future__ import annotations

from uuid import uuid4

from bot.conversation import Turn
from bot.model.actions import Action
from bot.model.cards import Button, Buttons, Card, Text
from bot.model.events import Event, event_adapter
from bot.texts import Words
from storage import confirmations


class SendAfterAll(Action, name="house.send_after_all"):
    confirmation: str


class SendNothing(Action, name="house.send_nothing"):
    confirmation: str


class TooMany(Exception):
    """Raised around a turn that would reach more people than may be reached without asking; nothing is kept."""

    def __init__(self, recipients: int) -> None:
        super().__init__(recipients)
        self.recipients = recipients


def count_recipients(turn: Turn) -> int:
    """People and places other than the one who acts and where they act."""
    others = {
        message.to or (message.place.key if message.place else "")
        for message in turn.messages
        if message.to != turn.person.id and message.place != turn.event.place
    }
    return len(others)


async def ask_once_more(turn: Turn, event: Event, recipients: int) -> None:
    """Keep the event, masked, and ask the person who did it."""
    id = uuid4().hex
    kept = event_adapter.dump_python(event, mode="json")
    await confirmations.ask(
        turn.tx, id=id, person_id=turn.person.id, event=kept, recipients=recipients, now=turn.now
    )
    turn.say(_question_card(turn.words, id, recipients))


async def take_confirmed(turn: Turn, action: SendAfterAll | SendNothing) -> Event | None:
    """The kept event, if this person was asked and has not answered yet; says what follows in place of the card."""
    taken = await confirmations.take(turn.tx, action.confirmation, turn.person.id)
    if taken is None:
        turn.refuse(turn.words("house.confirm_gone"))
        return None
    kept, recipients = taken
    sends = isinstance(action, SendAfterAll)
    turn.show(Card.of_words(turn.words("house.confirmed" if sends else "house.not_sent", n=recipients)))
    return event_adapter.validate_python(kept) if sends else None


def _question_card(words: Words, id: str, recipients: int) -> Card:
    question = words("house.confirm", n=recipients)
    yes = Button.to(SendAfterAll(confirmation=id), words("house.confirm_yes", n=recipients), primary=True)
    no = Button.to(SendNothing(confirmation=id), words("house.confirm_no"))
    return Card(summary=question, elements=(Text(text=question), Buttons(buttons=(yes, no))))
