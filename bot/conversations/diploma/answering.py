"""The buttons of a reminder: plan it, I have it, not now, this is not right. Each counts once."""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.papers import calendar_path
from bot.conversations.diploma.planning import LONGEST, plan_day
from bot.desk import Desk
from bot.links import make_link
from bot.model.cards import Card
from bot.model.events import Pressed, Submitted
from bot.rights import right_to
from bot.standing import find_standing, rules_of, today
from bot.texts import words_in
from bot.working_time import find_zone
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules
from knowledge.diploma_status import Status
from storage import diploma_lists, roles

_TOLD = 5


class Answering:
    """What is pressed is answered below the reminder, which may be about other things too and stays."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.Plan, self.open_plan)
        conversation.on_form(actions.SendPlan, self.keep_plan)
        conversation.on_action(actions.Done, self.say_done)
        conversation.on_action(actions.NotNow, self.not_now)
        conversation.on_action(actions.WrongPerson, self.wrong_person)

    async def open_plan(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.Plan)
        turn.open(forms.plan_form(turn.words, action.level, action.cycle))

    async def keep_plan(self, event: Submitted, turn: Turn) -> None:
        """On the chosen morning they hear it once more."""
        action, on = turn.action, today(turn, self._desk)
        assert isinstance(action, actions.SendPlan)
        day = event.values.get("day")
        if not isinstance(day, date) or not on < day <= on + LONGEST:
            form = forms.plan_form(turn.words, action.level, action.cycle).with_values(event.values)
            turn.form_errors(form, {"day": turn.words("diploma.plan_impossible")})
            return
        _, status = await self._find(turn, action.level)
        await plan_day(turn, turn.person.id, status, day, find_zone(turn.person.time_zone, self._desk.time_zone))
        link = await make_link(turn, self._desk, calendar_path(day))
        turn.say(cards.planned_card(turn.words, day, link))

    async def _find(self, turn: Turn, level: str) -> tuple[Rules, Status]:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        standing = await find_standing(turn.tx, rules, turn.person.id, on) if rules else None
        statuses = standing.statuses if standing else ()
        status = next((one for one in statuses if one.level == level), None)
        if status is None or rules is None:
            raise Refused(turn.words("diploma.not_asked"))
        return rules, status

    async def say_done(self, _: Pressed, turn: Turn) -> None:
        """The academy looks; nothing counts before they added it."""
        action = turn.action
        assert isinstance(action, actions.Done)
        await self._pass_on(turn, Permission.MANAGE_CERTIFICATES, "done", action.level, action.cycle)

    async def wrong_person(self, _: Pressed, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.WrongPerson)
        await self._pass_on(turn, Permission.MANAGE_PEOPLE, "wrong", action.level, f"{turn.now:%Y-%m}")

    async def not_now(self, _: Pressed, turn: Turn) -> None:
        """Nothing more of this step; they hear when the next one comes."""
        action = turn.action
        assert isinstance(action, actions.NotNow)
        await diploma_lists.note_once(
            turn.tx, f"not_now:{turn.person.id}:{action.level}:{action.cycle}:{action.step}", turn.now
        )
        rules, status = await self._find(turn, action.level)
        coming = _find_next(rules, status, action.step, today(turn, self._desk))
        key = "diploma.not_now_ok" if coming is None else "diploma.not_now_next"
        turn.say(Card.of_words(turn.words(key, day=turn.words.day(coming) if coming else "")))

    async def _pass_on(self, turn: Turn, permission: Permission, what: str, level: str, once: str) -> None:
        """To each of the first few who may do something about it, in their own language; once, however often it
        is pressed."""
        right = right_to(self._desk, permission)
        holders = await roles.find_people_with(turn.tx, right, turn.now, most=_TOLD)
        if not holders:
            raise Refused(turn.words("diploma.done_nobody"))
        if await diploma_lists.note_once(turn.tx, f"{what}:{turn.person.id}:{level}:{once}", turn.now):
            for holder in holders:
                words = words_in(holder.language)
                card = cards.told_card(words, self._desk.knowledge(), turn.person, what, level)
                turn.tell(holder.person_id, card)
        turn.say(Card.of_words(turn.words("diploma.done_told" if what == "done" else "diploma.wrong_told")))


def _find_next(rules: Rules, status: Status, step: int, on: date) -> date | None:
    """When the first step after this one comes."""
    if status.by is None:
        return None
    days = [status.by - timedelta(days=one) for one in rules.steps if one < step]
    return min((day for day in days if day > on), default=None)
