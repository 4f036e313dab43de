"""A manager looks at their own team, plans somebody, and says who is away and who is back."""

from __future__ import annotations

from datetime import date

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.cards import InTeam
from bot.conversations.diploma.planning import LONGEST, plan_day
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import need
from bot.standing import find_standing, find_standings, level_name, rules_of, today
from bot.texts import words_in
from bot.working_time import find_zone
from knowledge.diploma import Permission
from knowledge.diploma_status import State
from storage import audit, diploma_nudges, people, register
from storage.register import Member


class Teams:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.ShowTeam, self.show)
        conversation.on_action(actions.AskAbsence, self.ask_absence)
        conversation.on_form(actions.SendAbsence, self.note_absence)
        conversation.on_action(actions.AskBack, self.ask_back)
        conversation.on_form(actions.SendBack, self.note_back)
        conversation.on_action(actions.AskPlan, self.ask_plan)
        conversation.on_form(actions.SendTeamPlan, self.keep_plan)

    async def show(self, _: Event, turn: Turn) -> None:
        team, on = await find_team_standings(turn, self._desk), today(turn, self._desk)
        if not team:
            raise Refused(turn.words("diploma.no_team"))
        away = await register.find_away(turn.tx, [one.standing.person_id for one in team], on)
        card = cards.team_card(turn.words, self._desk.knowledge(), team, on, some_away=bool(away))
        say_privately(turn, card)

    # ------------------------------------------------------------ away, and back

    async def ask_absence(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.AskAbsence)
        whom = await find_whom(turn, self._desk, turn.action.person)
        action = actions.SendAbsence(person=turn.action.person)
        turn.open(forms.absence_form(turn.words, action, named(whom), today(turn, self._desk)))

    async def note_absence(self, event: Submitted, turn: Turn) -> None:
        action, on = turn.action, today(turn, self._desk)
        assert isinstance(action, actions.SendAbsence)
        whom = await find_whom(turn, self._desk, action.person)
        member = pick(turn, whom, event)
        since, until = event.values.get("since"), event.values.get("until")
        if not isinstance(since, date) or (isinstance(until, date) and until <= since):
            form = forms.absence_form(turn.words, action, named(whom), on).with_values(event.values)
            turn.form_errors(form, {"until": turn.words("diploma.absence_order")})
            return
        last = until if isinstance(until, date) else None
        await register.note_absence(turn.tx, member.person_id, since, last, turn.now, noted_by=turn.person.id)
        await self._note(turn, member, "diploma.absence")
        if since <= on:
            levels = [level.id for level in self._desk.knowledge().policy.levels]
            await diploma_nudges.end(turn.tx, [member.person_id], levels)
        turn.say(Card.of_words(turn.words("diploma.absence_noted", name=call(member))))

    async def ask_back(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.AskBack)
        on = today(turn, self._desk)
        away = await self._find_away(turn, turn.action.person, on)
        turn.open(forms.back_form(turn.words, actions.SendBack(person=turn.action.person), named(away), on))

    async def note_back(self, event: Submitted, turn: Turn) -> None:
        action, on = turn.action, today(turn, self._desk)
        assert isinstance(action, actions.SendBack)
        away = await self._find_away(turn, action.person, on)
        member, until = pick(turn, away, event), event.values.get("until")
        if not isinstance(until, date) or not await register.end_absence(turn.tx, member.person_id, on, until):
            form = forms.back_form(turn.words, action, named(away), on).with_values(event.values)
            turn.form_errors(form, {"until": turn.words("diploma.absence_order")})
            return
        await self._note(turn, member, "diploma.back")
        turn.say(Card.of_words(turn.words("diploma.back_noted", name=call(member), day=turn.words.day(until))))

    async def _find_away(self, turn: Turn, person: str, on: date) -> list[Member]:
        whom = await find_whom(turn, self._desk, person)
        away = await register.find_away(turn.tx, [one.person_id for one in whom], on)
        found = [one for one in whom if one.person_id in away]
        if not found:
            raise Refused(turn.words("diploma.back_nobody"))
        return found

    async def _note(self, turn: Turn, member: Member, act: str) -> None:
        about = f"person:{member.person_id}"
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, now=turn.now)

    # ------------------------------------------------------------ plan somebody

    async def ask_plan(self, _: Event, turn: Turn) -> None:
        turn.open(forms.team_plan_form(turn.words, await self._find_open(turn)))

    async def keep_plan(self, event: Submitted, turn: Turn) -> None:
        """They hear who planned it, and once more on the morning itself."""
        on, rules = today(turn, self._desk), rules_of(self._desk)
        team = await find_whom(turn, self._desk, "")
        member, day = pick(turn, team, event), event.values.get("day")
        if not isinstance(day, date) or not on < day <= on + LONGEST:
            form = forms.team_plan_form(turn.words, await self._find_open(turn)).with_values(event.values)
            turn.form_errors(form, {"day": turn.words("diploma.plan_impossible")})
            return
        status = (await find_standing(turn.tx, rules, member.person_id, on)).status if rules else None
        if status is None or status.state is State.VALID:
            raise Refused(turn.words("diploma.team_plan_none", name=call(member)))
        await plan_day(turn, member.person_id, status, day, find_zone(None, self._desk.time_zone))
        known = await people.find_by_id(turn.tx, member.person_id)
        words = words_in(known.language if known else None)
        names = {
            "name": turn.person.name or "?",
            "level": level_name(words, self._desk.knowledge(), status.level),
        }
        card = Card.of_words(words("diploma.planned_for_you", day=words.day(day), **names))
        turn.tell(member.person_id, card)
        told = turn.words("diploma.planned_for", name=call(member), day=turn.words.day(day))
        turn.say(Card.of_words(told))

    async def _find_open(self, turn: Turn) -> list[tuple[str, str]]:
        team = await find_team_standings(turn, self._desk)
        found = [(one.standing.person_id, one.name) for one in team if cards.is_asked(one)]
        if not found:
            raise Refused(turn.words("diploma.team_plan_nobody"))
        return found


async def find_team_standings(turn: Turn, desk: Desk) -> list[InTeam]:
    """Whom this person leads today; the register says so, and nothing else."""
    rules, on = rules_of(desk), today(turn, desk)
    members = await register.find_team(turn.tx, turn.person.id, on)
    if rules is None or not members:
        return []
    standings = await find_standings(turn.tx, rules, [one.person_id for one in members], on)
    return [InTeam(call(one), standing) for one, standing in zip(members, standings, strict=True)]


async def find_whom(turn: Turn, desk: Desk, person: str) -> list[Member]:
    """One's own team; with `person` anybody, for HR alone."""
    on = today(turn, desk)
    if person:
        await need(turn, desk, Permission.MANAGE_PEOPLE)
        member = await register.find_member(turn.tx, person, on)
        if member is None:
            raise Refused(turn.words("diploma.find_gone"))
        return [member]
    team = await register.find_team(turn.tx, turn.person.id, on)
    if not team:
        raise Refused(turn.words("diploma.no_team"))
    return team


def pick(turn: Turn, whom: list[Member], event: Submitted) -> Member:
    """The form says who; only one of these may be meant."""
    member = next((one for one in whom if one.person_id == event.values.get("who")), None)
    if member is None:
        raise Refused(turn.words("diploma.not_yours"))
    return member


def named(whom: list[Member]) -> list[tuple[str, str]]:
    return [(one.person_id, call(one)) for one in whom]


def call(member: Member) -> str:
    return member.name or member.email or "?"
