"""Who hears weekly of people over the day: their manager, HR where nobody leads them or it takes long, the board.

A manager hears of nobody who did not hear it first. The board gets a number, once a month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.conversation import Conversation, NudgeItem, Refused, Turn
from bot.conversations.diploma import actions, list_cards
from bot.conversations.diploma.cards import InTeam
from bot.conversations.diploma.team import find_team_standings
from bot.desk import Desk
from bot.model.actions import Action
from bot.model.events import Due, Event
from bot.rhythm import Rhythm
from bot.rights import right_to
from bot.standing import Standing, find_standings, rules_of, today
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules
from knowledge.diploma_status import State
from storage import diploma_lists, diploma_nudges, nudges, register, roles
from storage.diploma_lists import Behind
from storage.register import Member
from storage.transaction import Transaction

_MONDAY = "0 7 * * 1"
_PAGE = 500
_HOLDERS = 20
_LOOKED_AT = 200
"""So many of HR's list are looked at anew when it is drawn; the rest are counted as the morning found them."""
_GOOD = timedelta(days=5)


class Lists:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_rhythm(self.find_rhythms)
        conversation.on_action(actions.LookWeekly, self.plan_lists)
        conversation.on_nudge(actions.TeamList, self.draw_for_manager)
        conversation.on_nudge(actions.LongList, self.draw_for_hr)
        conversation.on_nudge(actions.BoardNumber, self.draw_for_board)

    def find_rhythms(self) -> Iterator[Rhythm]:
        if rules_of(self._desk) is not None:
            yield Rhythm("diploma:week", _MONDAY, self._desk.time_zone, actions.LookWeekly(), timedelta(days=2))

    async def plan_lists(self, event: Event, turn: Turn) -> None:
        """One row for each receiver and week; whether there is anything to tell is seen when it is drawn."""
        action, rules = turn.action, rules_of(self._desk)
        assert isinstance(action, actions.LookWeekly)
        if not isinstance(event, Due) or rules is None:
            raise Refused(turn.words("house.unknown_action"))
        on = today(turn, self._desk)
        week = "{}-{:02}".format(*on.isocalendar()[:2])
        if not action.after:
            await self._plan_for_holders(turn, Permission.MANAGE_PEOPLE, "diploma-hr", week, actions.LongList())
            if on.day <= 7:
                right = Permission.ADOPT_POLICY
                await self._plan_for_holders(turn, right, "diploma-board", week, actions.BoardNumber())
        if rules.manager_after is None:
            return
        managers = await register.list_managers(turn.tx, on, action.after, _PAGE)
        for id in managers:
            await _plan(turn, id, "diploma-team", week, actions.TeamList())
        if len(managers) == _PAGE:
            more = actions.LookWeekly(after=managers[-1])
            turn.later(turn.now, more, key=f"diploma:week:{week}:{managers[-1]}")

    async def _plan_for_holders(
        self, turn: Turn, permission: Permission, about: str, week: str, action: Action
    ) -> None:
        right = right_to(self._desk, permission)
        for holder in await roles.find_people_with(turn.tx, right, turn.now, most=_HOLDERS):
            await _plan(turn, holder.person_id, about, week, action)

    # ------------------------------------------------------------ each checked again when it is drawn

    async def draw_for_manager(self, _: actions.TeamList, turn: Turn) -> NudgeItem | None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        if rules is None or rules.manager_after is None:
            return None
        team = await find_team_standings(turn, self._desk)
        late = [one for one in team if is_behind(one.standing, on, rules.manager_after)]
        rounds = [(one.standing.person_id, *_round(one.standing)) for one in late]
        told = await diploma_nudges.find_told(turn.tx, rounds)
        late = [one for one in late if one.standing.person_id in told]
        if not late:
            return None
        card = list_cards.late_card(turn.words, self._desk.knowledge(), late, on)
        return NudgeItem(card.summary, card.elements)

    async def draw_for_hr(self, _: actions.LongList, turn: Turn) -> NudgeItem | None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        right = right_to(self._desk, Permission.MANAGE_PEOPLE)
        if rules is None or not await roles.may(turn.tx, turn.person.id, right, turn.now):
            return None
        days = _days(rules, on)
        listed = await diploma_lists.list_for_hr(turn.tx, *days, most=_LOOKED_AT)
        still = await self._look_again(turn, rules, listed, on)
        if not still:
            return None
        total = await diploma_lists.count_for_hr(turn.tx, *days) - (len(listed) - len(still))
        card = list_cards.long_card(turn.words, self._desk.knowledge(), still, total, on)
        return NudgeItem(card.summary, card.elements)

    async def _look_again(
        self, turn: Turn, rules: Rules, listed: Sequence[Behind], on: date
    ) -> list[list_cards.LongBehind]:
        ids = [one.person_id for one in listed]
        members = await register.find_members(turn.tx, ids, on)
        standings = await find_standings(turn.tx, rules, ids, on)
        least = rules.manager_after or 0
        return [
            list_cards.LongBehind(
                InTeam(members[one.person_id].name or members[one.person_id].email or "?", standing),
                one.unit,
                led=one.manager_id is not None,
            )
            for one, standing in zip(listed, standings, strict=True)
            if one.person_id in members and is_behind(standing, on, least)
        ]

    async def draw_for_board(self, _: actions.BoardNumber, turn: Turn) -> NudgeItem | None:
        rules, on = rules_of(self._desk), today(turn, self._desk)
        right = right_to(self._desk, Permission.ADOPT_POLICY)
        if rules is None or not await roles.may(turn.tx, turn.person.id, right, turn.now):
            return None
        number = await diploma_lists.count_behind(turn.tx, on - timedelta(days=rules.hr_after))
        if not number:
            return None
        least = self._desk.knowledge().surveys.minimum
        card = list_cards.board_card(turn.words, number, least, rules.hr_after)
        return NudgeItem(card.summary, card.elements)


async def _plan(turn: Turn, person_id: str, about: str, week: str, action: Action) -> None:
    await nudges.plan(
        turn.tx,
        key=f"{about}:{person_id}:{week}",
        person_id=person_id,
        subject=f"{about}:{person_id}",
        action=action.pack(),
        due_at=turn.now,
        good_until=turn.now + _GOOD,
    )


def is_behind(standing: Standing, on: date, least: int) -> bool:
    """So many days over the day, or more."""
    status = standing.status
    return (
        status is not None
        and status.state is State.OVERDUE
        and status.by is not None
        and (on - status.by).days >= least
    )


def _round(standing: Standing) -> tuple[str, str]:
    assert standing.status is not None
    return standing.status.level, standing.status.cycle


def _days(rules: Rules, on: date) -> tuple[date, date]:
    """Until when something was due for HR to hear of it: of whom nobody leads, and of the others."""
    return on - timedelta(days=rules.manager_after or rules.hr_after), on - timedelta(days=rules.hr_after)


async def note_behind(
    tx: Transaction, rules: Rules, after: str, last: str | None, standings: Sequence[Standing], on: date
) -> None:
    """Keeps who of these is over the day, for the lists of the week."""
    late = [one for one in standings if is_behind(one, on, rules.manager_after or rules.hr_after)]
    here = await register.find_members(tx, sorted({one.manager_id for one in late if one.manager_id}), on)
    found = [_make_behind(one, here) for one in late]
    await diploma_lists.replace_behind(tx, after, last, found)


def _make_behind(standing: Standing, here: Mapping[str, Member]) -> Behind:
    status = standing.status
    assert status is not None and status.by is not None, "who is behind has a day"
    manager = standing.manager_id if standing.manager_id in here else None
    return Behind(standing.person_id, status.level, status.by, standing.unit, manager)
