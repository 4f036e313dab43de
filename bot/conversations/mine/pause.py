"""Away for a while: no reminders until a day of one's own choosing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Conversation, Turn
from bot.conversations.mine import actions, pause_cards
from bot.days import read_day
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Commanded, Event, Pressed, Submitted
from bot.working_time import find_zone
from storage import people

_LONGEST = timedelta(days=366)
_AWAY = (
    r"(?:ik ben|ik ga)\s+(?:(?:met|op)\s+(?:vakantie|verlof)|weg|afwezig|vrij)\s+(?P<rest>(?:tot|t/m)\b[^?]{1,40})"
)
_AWAY_ENGLISH = (
    r"(?:i am|i'm|i’m|i'll be)\s+(?:on (?:holiday|vacation|leave)|away|off)\s+(?P<rest>(?:until|till)\b[^?]{1,40})"
)
# A question mark or a long rest means that more is said: that is read as a question.


class Pauses:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "pauze",
            self.pause_or_ask,
            help_key="mine.help_pause",
            aliases=("vakantie", "pause", "holiday"),
            phrases=(_AWAY, _AWAY_ENGLISH),
        )
        conversation.on_action(actions.PauseFor, self.pause_for)
        conversation.on_action(actions.PickDay, self.open_form)
        conversation.on_form(actions.PauseUntil, self.pause_until)
        conversation.on_action(actions.EndPause, self.end)

    async def pause_or_ask(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub pauze tot 3 januari` at once; without a day, or with one nobody can read, it asks."""
        day = read_day(event.rest, self._today(turn)) if event.rest.strip() else None
        if day is None or not self._is_possible(day, turn):
            paused = await people.find_pause(turn.tx, turn.person.id)
            until = paused if paused and paused > turn.now else None
            turn.say(pause_cards.ask_card(turn.words, self._shown(until, turn), unread=event.rest.strip()))
        else:
            await self._keep(day, turn)

    async def pause_for(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.PauseFor)
        days = max(1, min(action.days, _LONGEST.days))
        await self._keep(self._today(turn) + timedelta(days=days), turn)

    async def open_form(self, _: Event, turn: Turn) -> None:
        turn.open(pause_cards.day_form(turn.words))

    async def pause_until(self, event: Submitted, turn: Turn) -> None:
        day = event.values.get("until")
        if not isinstance(day, date) or not self._is_possible(day, turn):
            form = pause_cards.day_form(turn.words).with_values(event.values)
            turn.form_errors(form, {"until": turn.words("mine.pause_impossible")})
            return
        await self._keep(day, turn)

    async def end(self, _: Pressed, turn: Turn) -> None:
        await people.pause_nudges(turn.tx, turn.person.id, None)
        turn.show(Card.of_words(turn.words("mine.pause_ended")))

    async def _keep(self, day: date, turn: Turn) -> None:
        """Until the morning of that day: who is away until the 3rd is there on the 3rd."""
        until = datetime.combine(day, time(0), self._zone(turn))
        await people.pause_nudges(turn.tx, turn.person.id, until)
        turn.show(pause_cards.paused_card(turn.words, day))

    def _is_possible(self, day: date, turn: Turn) -> bool:
        today = self._today(turn)
        return today < day <= today + _LONGEST

    def _shown(self, until: datetime | None, turn: Turn) -> date | None:
        return until.astimezone(self._zone(turn)).date() if until else None

    def _today(self, turn: Turn) -> date:
        return turn.now.astimezone(self._zone(turn)).date()

    def _zone(self, turn: Turn) -> ZoneInfo:
        return find_zone(turn.person.time_zone, self._desk.time_zone)
