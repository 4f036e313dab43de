"""A manager looks at their own team, says who is away, and gets one list a week of who is over the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.cards import InTeam
from bot.conversations.diploma.standing import find_standings, rules_of, today
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Due, Event, Submitted
from bot.rhythm import Rhythm
from knowledge.diploma_status import State
from storage import audit, nudges, register
from storage.register import Member

_MONDAY = "0 7 * * 1"
_PAGE = 500
_AFTER_DAYS = 7
"""A manager hears of nobody before they heard it themselves, and had a week."""


class Teams:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ShowTeam, self.show)
        conversation.on_action(actions.AskAbsence, self.ask_absence)
        conversation.on_form(actions.SendAbsence, self.note_absence)
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.LookWeekly, self.plan_lists)
        conversation.on_nudge(actions.TeamList, self.draw_list)

    def find_rhythms(self) -> Iterator[Rhythm]:
        if rules_of(self._desk) is not None:
            yield Rhythm("diploma:week", _MONDAY, self._desk.time_zone, actions.LookWeekly(), timedelta(days=2))

    async def show(self, _: Event, turn: Turn) -> None:
        team, on = await self._find(turn), today(turn, self._desk)
        if not team:
            raise Refused(turn.words("diploma.no_team"))
        say_privately(turn, cards.team_card(turn.words, self._desk.knowledge(), team, on))

    async def _find(self, turn: Turn) -> list[InTeam]:
        """Whom this person leads today; the register says so, and nothing else."""
        rules, on = rules_of(self._desk), today(turn, self._desk)
        members = await register.find_team(turn.tx, turn.person.id, on)
        if rules is None or not members:
            return []
        standings = await find_standings(turn.tx, rules, [one.person_id for one in members], on)
        return [InTeam(_call(one), standing) for one, standing in zip(members, standings, strict=True)]

    # ------------------------------------------------------------ away

    async def ask_absence(self, _: Event, turn: Turn) -> None:
        on = today(turn, self._desk)
        team = await register.find_team(turn.tx, turn.person.id, on)
        if not team:
            raise Refused(turn.words("diploma.no_team"))
        turn.open(forms.absence_form(turn.words, [(one.person_id, _call(one)) for one in team], on))

    async def note_absence(self, event: Submitted, turn: Turn) -> None:
        on = today(turn, self._desk)
        team = {one.person_id: one for one in await register.find_team(turn.tx, turn.person.id, on)}
        member = team.get(str(event.values.get("who")))
        if member is None:
            raise Refused(turn.words("diploma.not_yours"))
        since, until = event.values.get("since"), event.values.get("until")
        if not isinstance(since, date) or (isinstance(until, date) and until <= since):
            named = [(one.person_id, _call(one)) for one in team.values()]
            form = forms.absence_form(turn.words, named, on).with_values(event.values)
            turn.form_errors(form, {"until": turn.words("diploma.absence_order")})
            return
        last = until if isinstance(until, date) else None
        await register.note_absence(turn.tx, member.person_id, since, last, turn.now, noted_by=turn.person.id)
        about = f"person:{member.person_id}"
        await audit.add(turn.tx, actor=turn.person.id, act="diploma.absence", about=about, now=turn.now)
        turn.say(Card.of_words(turn.words("diploma.absence_noted", name=_call(member))))

    # ------------------------------------------------------------ the list of the week

    async def plan_lists(self, event: Event, turn: Turn) -> None:
        """One row for each manager and week; whether there is anything to tell is seen when it is drawn."""
        action = turn.action
        assert isinstance(action, actions.LookWeekly)
        if not isinstance(event, Due):
            raise Refused(turn.words("house.unknown_action"))
        on = today(turn, self._desk)
        managers = await register.list_managers(turn.tx, on, action.after, _PAGE)
        week = "{}-{:02}".format(*on.isocalendar()[:2])
        for id in managers:
            await nudges.plan(
                turn.tx,
                key=f"diploma-team:{id}:{week}",
                person_id=id,
                subject=f"diploma-team:{id}",
                action=actions.TeamList().pack(),
                due_at=turn.now,
                good_until=turn.now + timedelta(days=5),
            )
        if len(managers) == _PAGE:
            more = actions.LookWeekly(after=managers[-1])
            turn.later(turn.now, more, key=f"diploma:week:{week}:{managers[-1]}")

    async def draw_list(self, _: actions.TeamList, turn: Turn) -> NudgeItem | None:
        on = today(turn, self._desk)
        late = [one for one in await self._find(turn) if _is_late(one, on)]
        if not late:
            return None
        card = cards.late_card(turn.words, self._desk.knowledge(), late, on)
        return NudgeItem(card.summary, card.elements)


def _call(member: Member) -> str:
    return member.name or member.email or "?"


def _is_late(one: InTeam, on: date) -> bool:
    status = one.standing.status
    if status is None or status.state is not State.OVERDUE or status.by is None:
        return False
    return (on - status.by).days >= _AFTER_DAYS
