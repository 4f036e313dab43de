"""Reminders before a diploma runs out or is asked for: planned once a step, checked again when they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.standing import (
    Standing,
    find_standing,
    find_standings,
    key_of,
    rules_of,
    subject_of,
    today,
)
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Due, Event, Pressed, Submitted
from bot.rhythm import Rhythm
from bot.rights import right_to
from bot.texts import words_in
from bot.working_time import find_zone
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules
from knowledge.diploma_status import State, Status, find_step
from storage import nudges, register, roles

PLANNED = 0
"""The step of the day that somebody chose."""
_MORNING = "30 6 * * *"
_PAGE = 500
_GOOD = timedelta(days=5)
_LONGEST = timedelta(days=366)
_TOLD = 5


class Reminding:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.LookDaily, self.plan_steps)
        conversation.on_nudge(actions.Remind, self.draw)
        conversation.on_action(actions.Plan, self.open_plan)
        conversation.on_form(actions.SendPlan, self.keep_plan)
        conversation.on_action(actions.Done, self.say_done)
        conversation.on_action(actions.NotNow, self.not_now)
        conversation.on_action(actions.WrongPerson, self.wrong_person)

    def find_rhythms(self) -> Iterator[Rhythm]:
        if rules_of(self._desk) is not None:
            yield Rhythm("diploma:day", _MORNING, self._desk.time_zone, actions.LookDaily(), timedelta(hours=12))

    async def plan_steps(self, event: Event, turn: Turn) -> None:
        """A page of people at a time, so that a turn stays short whatever the size of the organisation."""
        action, rules = turn.action, rules_of(self._desk)
        assert isinstance(action, actions.LookDaily)
        if not isinstance(event, Due) or rules is None:
            raise Refused(turn.words("house.unknown_action"))
        on = today(turn, self._desk)
        ids = await register.list_ids(turn.tx, on, action.after, _PAGE)
        for standing in await find_standings(turn.tx, rules, ids, on):
            await self._plan_due(turn, rules, standing, on)
        if len(ids) == _PAGE:
            turn.later(turn.now, actions.LookDaily(after=ids[-1]), key=f"diploma:day:{on}:{ids[-1]}")

    async def _plan_due(self, turn: Turn, rules: Rules, standing: Standing, on: date) -> None:
        for status in standing.statuses:
            step = find_step(rules, status, on)
            if step is not None:
                await self._plan(turn, standing.person_id, status, step, turn.now)

    async def _plan(self, turn: Turn, person_id: str, status: Status, step: int, when: datetime) -> bool:
        key = key_of(person_id, status.level, status.cycle, step)
        return await nudges.plan(
            turn.tx,
            key=f"{key}:{when:%Y-%m-%d}" if step == PLANNED else key,
            person_id=person_id,
            subject=subject_of(person_id, status.level),
            action=actions.Remind(level=status.level, cycle=status.cycle, step=step).pack(),
            due_at=when,
            good_until=when + _GOOD,
        )

    async def draw(self, action: actions.Remind, turn: Turn) -> NudgeItem | None:
        """None for who passed, left, is away or exempt, or whose day has moved since."""
        rules, on = rules_of(self._desk), today(turn, self._desk)
        if rules is None:
            return None
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        status = next((one for one in standing.statuses if one.level == action.level), None)
        if status is None or not _still_holds(status, action, on):
            return None
        card = cards.reminder_card(turn.words, self._desk.knowledge(), status, on, action.step)
        return NudgeItem(card.summary, card.elements)

    # ------------------------------------------------------------ its buttons

    async def open_plan(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.Plan)
        turn.open(forms.plan_form(turn.words, action.level, action.cycle))

    async def keep_plan(self, event: Submitted, turn: Turn) -> None:
        """On the chosen morning they hear it once more."""
        action, rules, on = turn.action, rules_of(self._desk), today(turn, self._desk)
        assert isinstance(action, actions.SendPlan)
        day = event.values.get("day")
        if not isinstance(day, date) or not on < day <= on + _LONGEST:
            form = forms.plan_form(turn.words, action.level, action.cycle).with_values(event.values)
            turn.form_errors(form, {"day": turn.words("diploma.plan_impossible")})
            return
        standing = await find_standing(turn.tx, rules, turn.person.id, on) if rules else None
        statuses = standing.statuses if standing else ()
        status = next((one for one in statuses if one.level == action.level), None)
        if status is None:
            raise Refused(turn.words("diploma.not_asked"))
        zone = find_zone(turn.person.time_zone, self._desk.time_zone)
        await self._plan(turn, turn.person.id, status, PLANNED, datetime.combine(day, time(8, 30), zone))
        turn.show(Card.of_words(turn.words("diploma.planned", day=turn.words.day(day))))

    async def say_done(self, _: Pressed, turn: Turn) -> None:
        """The academy looks; nothing counts before they added it."""
        action = turn.action
        assert isinstance(action, actions.Done)
        told = await self._tell(turn, Permission.MANAGE_CERTIFICATES, "done", action.level)
        turn.show(Card.of_words(turn.words("diploma.done_told" if told else "diploma.done_nobody")))

    async def not_now(self, _: Pressed, turn: Turn) -> None:
        turn.show(Card.of_words(turn.words("diploma.not_now_ok")))

    async def wrong_person(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.WrongPerson)
        told = await self._tell(turn, Permission.MANAGE_PEOPLE, "wrong", action.level)
        turn.show(Card.of_words(turn.words("diploma.wrong_told" if told else "diploma.done_nobody")))

    async def _tell(self, turn: Turn, permission: Permission, what: str, level: str) -> bool:
        """Each of the first few who may do something about it, in their own language."""
        right = right_to(self._desk, permission)
        holders = await roles.find_people_with(turn.tx, right, turn.now, most=_TOLD)
        for holder in holders:
            words = words_in(holder.language)
            card = cards.told_card(words, self._desk.knowledge(), turn.person, what, level)
            turn.tell(holder.person_id, card)
        return bool(holders)


def _still_holds(status: Status, action: actions.Remind, on: date) -> bool:
    if status.cycle != action.cycle or status.state not in (State.VALID, State.DUE, State.OVERDUE, State.UNPLANNED):
        return False
    if action.step == PLANNED:
        return True
    if status.by is None or (status.state is State.VALID and action.step < 0):
        return False
    return 0 <= (on - (status.by - timedelta(days=action.step))).days <= _GOOD.days + 3
