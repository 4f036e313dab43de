"""Moments: a channel is asked, every so many weeks, what worked, what went wrong and what is learned from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.cases import actions
from bot.conversations.cases.moment_cards import moment_card, moments_card, stopped_card
from bot.conversations.cases.morning import is_working_day, need_the_clock
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Commanded, Event, Place
from bot.rhythm import Rhythm
from bot.rights import may, need
from bot.texts import words_in
from bot.working_time import find_working_time, find_zone
from knowledge.diploma import Permission
from storage import audit, cases_moments, people
from storage.cases_moments import MOST_UNANSWERED, Moment

_LATE = timedelta(hours=5)
_USUAL_WEEKS, _MOST_WEEKS = 4, 26
_AFTER_OPENING = 2
"""Hours: nobody begins the day with a question."""
_PHRASE = r"(?:momenten|moments)\s+(?P<rest>\S.{0,40})"
_ON, _OFF = ("aan", "on", "weer", "again"), ("uit", "off", "stop")
_WEEKS = re.compile(
    r"(?:(?:elke|every)\s+)?(\d{1,3})(?:\s*(?:weken|week|weeks))?|(?:elke|every)\s+week", re.IGNORECASE
)


class Moments:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "momenten", self.set_up, help_key="cases.help_moments", aliases=("moments",), phrases=(_PHRASE,)
        )
        conversation.on_action(actions.SetMoments, self.turn_back_on)
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.AskChannels, self.ask)

    def find_rhythms(self) -> Iterator[Rhythm]:
        opens = find_working_time(self._desk.knowledge()).opens
        line = f"{opens.minute} {min(opens.hour + _AFTER_OPENING, 23)} * * *"
        yield Rhythm("cases:moments", line, self._desk.time_zone, actions.AskChannels(), _LATE)

    # ------------------------------------------------------------ by who may

    async def set_up(self, event: Commanded, turn: Turn) -> None:
        """`momenten aan`, `momenten uit` or `momenten elke 6 weken`, in the channel it is about."""
        await self._need_right(turn)
        typed = " ".join(event.rest.split()).lower().strip(" .!")
        if event.place.kind == "direct" or not typed:
            turn.say(moments_card(turn.words, await cases_moments.find_active(turn.tx)))
            return
        place = event.place.model_copy(update={"thread": None, "user": None})
        if typed in _OFF:
            was_on = await cases_moments.turn_off(turn.tx, place.key, turn.now)
            await self._note(turn, place.key, "off")
            said = turn.words("cases.moments_off") if was_on else turn.words("cases.moments_were_off")
        else:
            weeks = read_weeks(typed)
            if weeks is None:
                raise Refused(turn.words("cases.moments_unread"))
            await self._turn_on(turn, place, weeks)
            said = turn.words("cases.moments_on", n=weeks)
        turn.say(Card.of_words(said))

    async def turn_back_on(self, _: Event, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.SetMoments)
        await self._need_right(turn)
        moment = await cases_moments.find(turn.tx, action.channel)
        if moment is None:
            raise Refused(turn.words("cases.moments_none"))
        if action.on:
            await self._turn_on(turn, Place.model_validate(moment.place), moment.weeks)
            turn.show(Card.of_words(turn.words("cases.moments_begun")))

    async def _turn_on(self, turn: Turn, place: Place, weeks: int) -> None:
        await cases_moments.turn_on(
            turn.tx,
            place.key,
            place=place.model_dump(mode="json"),
            weeks=weeks,
            language=turn.language,
            by=turn.person.id,
            now=turn.now,
        )
        await self._note(turn, place.key, "on")

    async def _need_right(self, turn: Turn) -> None:
        """Team leads for their teams, and the Lab."""
        if not await may(turn, self._desk, Permission.TRIAGE):
            await need(turn, self._desk, Permission.START_SURVEY)

    async def _note(self, turn: Turn, channel: str, what: str) -> None:
        act, about = f"moments.{what}", f"channel:{channel}"[:300]
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, now=turn.now)

    # ------------------------------------------------------------ the clock

    async def ask(self, event: Event, turn: Turn) -> None:
        """Once a day: each channel whose moment it is. One that shared lately waits, a silent one is let be."""
        need_the_clock(event, turn)
        if not is_working_day(self._desk, turn.now):
            return
        zone = find_zone(None, self._desk.time_zone)
        tonight = find_working_time(self._desk.knowledge()).closing(turn.now, zone)
        for moment in await cases_moments.find_active(turn.tx):
            place = Place.model_validate(moment.place)
            if place.platform not in self._desk.platforms or not moment.is_due(turn.now):
                continue
            if moment.unanswered >= MOST_UNANSWERED:
                await self._stop(turn, moment)
            else:
                await cases_moments.note_asked(turn.tx, moment.channel, turn.now)
                card = moment_card(words_in(moment.language), moment.channel)
                turn.post(place, card, kind="nudge", good_until=tonight)

    async def _stop(self, turn: Turn, moment: Moment) -> None:
        """Who asked for it hears so; nobody else is told that nobody answered."""
        await cases_moments.turn_off(turn.tx, moment.channel, turn.now)
        person = await people.find_by_id(turn.tx, moment.set_by) if moment.set_by else None
        if person is not None:
            turn.tell(person.id, stopped_card(words_in(person.language), moment))


def read_weeks(typed: str) -> int | None:
    """ "aan", "6", "elke 6 weken", "aan elke 6 weken"; None for anything else."""
    first, _, rest = typed.partition(" ")
    if first in _ON:
        typed = rest
    if not typed:
        return _USUAL_WEEKS
    found = _WEEKS.fullmatch(typed)
    if found is None:
        return None
    weeks = int(found[1] or 1)
    return weeks if 1 <= weeks <= _MOST_WEEKS else None
