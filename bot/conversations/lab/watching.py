"""What the clock does for the Lab: reminders, what is left over in the morning, emptying the letterbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.lab import actions, cards
from bot.conversations.lab.asking import keep_reply
from bot.conversations.lab.opening import New, open_or_join
from bot.conversations.lab.seeing import call, redraw, tell_lab
from bot.desk import Desk
from bot.model.events import HOUSE, Due, Event, Place
from bot.rhythm import Rhythm
from bot.texts import language_of, words_in
from bot.working_time import find_working_time
from storage import people, tickets, tickets_finding, tickets_letters
from storage.tickets import Ticket
from storage.tickets_finding import Wanted

_ROUNDS = "0 9,13,16 * * *"
"""Far enough apart that many people spoke to the bot in between."""
_MORNING = "5 9 * * *"
_LATE = timedelta(hours=12)
_LEFT_OVER = 10
_COUNTED = 1_000


class Watch:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.EmptyLetterbox, self.empty_letterbox)
        conversation.on_action(actions.TellLeftOver, self.tell_left_over)
        conversation.on_action(actions.Remind, self.remind)
        conversation.on_action(actions.Redraw, self.redraw)

    def find_rhythms(self) -> Iterator[Rhythm]:
        zone = self._desk.time_zone
        yield Rhythm("lab:letters", _ROUNDS, zone, actions.EmptyLetterbox(), _LATE)
        yield Rhythm("lab:left_over", _MORNING, zone, actions.TellLeftOver(), timedelta(hours=3))

    async def empty_letterbox(self, event: Event, turn: Turn) -> None:
        need_the_clock(event, turn)
        letters = await tickets_letters.take_all(turn.tx)
        if letters:
            await tickets_letters.blank_answers(turn.tx)
        for letter in letters:
            if letter.kind == "reply":
                found = await tickets.find_by_hash(turn.tx, letter.hash)
                ticket = await tickets.lock(turn.tx, found.id) if found else None
                if ticket is not None:
                    await keep_reply(turn, self._desk, ticket, letter.text, "")
                continue
            new = New(letter.text, language_of(letter.language), letter.reading, note=letter.note, hash=letter.hash)
            await open_or_join(turn, self._desk, new)

    async def tell_left_over(self, event: Event, turn: Turn) -> None:
        """On working days, as long as there is anything."""
        need_the_clock(event, turn)
        working = find_working_time(self._desk.knowledge())
        if not working.is_working_day(turn.now.astimezone(ZoneInfo(self._desk.time_zone)).date()):
            return
        late = Wanted("late", "", turn.now)
        found = await tickets_finding.find_page(turn.tx, late, most=_LEFT_OVER)
        if found:
            number = await tickets_finding.count(turn.tx, late, _COUNTED)
            await tell_lab(turn, self._desk, lambda words: cards.late_card(words, found, number))

    async def remind(self, event: Event, turn: Turn) -> None:
        """Only where the very same target still stands."""
        need_the_clock(event, turn)
        assert isinstance(turn.action, actions.Remind)
        ticket = await tickets.lock(turn.tx, turn.action.ticket)
        if ticket is None or ticket.due_by is None or ticket.due_by.isoformat() != turn.action.target:
            return
        if turn.action.share == 75:
            await self._remind_one(turn, ticket)
            return
        place = Place.model_validate(ticket.place) if ticket.place else None
        key = "lab.late_answer" if ticket.reacted_at else "lab.late_reaction"
        await tell_lab(
            turn,
            self._desk,
            lambda words: cards.reminder_card(words, words(key, ref=call(ticket)), ticket),
            place=place,
        )

    async def _remind_one(self, turn: Turn, ticket: Ticket) -> None:
        """Whoever has it, or whom it is meant for; where nobody is, nobody is reminded yet."""
        person_id = ticket.claimed_by or ticket.meant_for
        person = await people.find_by_id(turn.tx, person_id) if person_id else None
        if person is None or ticket.due_by is None:
            return
        words = words_in(person.language)
        said = words("lab.remind", ref=call(ticket), moment=words.moment(ticket.due_by, self._desk.time_zone))
        turn.tell(person.id, cards.reminder_card(words, said, ticket))

    async def redraw(self, event: Event, turn: Turn) -> None:
        need_the_clock(event, turn)
        assert isinstance(turn.action, actions.Redraw)
        ticket = await tickets.find(turn.tx, turn.action.ticket)
        if ticket is not None:
            await redraw(turn, self._desk, ticket, turn.action.tries)


def need_the_clock(event: Event, turn: Turn) -> None:
    """Only the clock brings these; anybody else made the button up."""
    if not isinstance(event, Due) or event.account != HOUSE:
        raise Refused(turn.words("house.unknown_action"))
