"""Somebody need not have a diploma for a while: a manager asks, HR decides or gives one itself. Each one ends."""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, forms, person_cards
from bot.conversations.diploma.team import call, find_whom, named, pick
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import need, right_to
from bot.standing import today
from bot.texts import Words, words_in
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, diploma_lists, diploma_nudges, people, register, roles
from storage.diploma_lists import ExemptionRequest
from storage.register import Member

_LONGEST = timedelta(days=731)
_TOLD = 5


class Exempting:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_action(actions.AskExemption, self.open)
        conversation.on_form(actions.SendExemption, self.take)
        conversation.on_action(actions.DecideExemption, self.decide)

    async def open(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.AskExemption)
        person = turn.action.person
        whom = await find_whom(turn, self._desk, person)
        action = actions.SendExemption(person=person)
        turn.open(forms.exemption_form(turn.words, action, named(whom), today(turn, self._desk), asks=not person))

    async def take(self, event: Submitted, turn: Turn) -> None:
        action, on, values = turn.action, today(turn, self._desk), event.values
        assert isinstance(action, actions.SendExemption)
        whom = await find_whom(turn, self._desk, action.person)
        member = pick(turn, whom, event)
        since, until = values.get("since"), values.get("until")
        reason = mask(str(values.get("reason") or "").strip()).text[:3000]
        errors = {} if reason else {"reason": turn.words("diploma.exemption_why")}
        if not isinstance(since, date) or not isinstance(until, date) or not since < until <= on + _LONGEST:
            errors["until"] = turn.words("diploma.exemption_order")
        if errors or not isinstance(since, date) or not isinstance(until, date):
            form = forms.exemption_form(turn.words, action, named(whom), on, asks=not action.person)
            turn.form_errors(form.with_values(values), errors)
            return
        if action.person:
            await self._give(turn, member.person_id, since, until, reason)
            told = turn.words("diploma.exemption_given", name=call(member), day=turn.words.day(until))
            turn.say(Card.of_words(told))
        else:
            await self._ask(turn, member, since, until, reason)

    async def _ask(self, turn: Turn, member: Member, since: date, until: date, reason: str) -> None:
        """Of who leads them; the first few of HR hear it, and one of them decides."""
        right = right_to(self._desk, Permission.MANAGE_PEOPLE)
        holders = await roles.find_people_with(turn.tx, right, turn.now, most=_TOLD)
        if not holders:
            raise Refused(turn.words("diploma.done_nobody"))
        id = await diploma_lists.ask_exemption(
            turn.tx, member.person_id, turn.person.id, since, until, reason, turn.now
        )
        asked = ExemptionRequest(id, member.person_id, turn.person.id, since, until, reason)
        for holder in holders:
            words = words_in(holder.language)
            turn.tell(
                holder.person_id, person_cards.request_card(words, turn.person.name or "?", call(member), asked)
            )
        turn.say(Card.of_words(turn.words("diploma.exemption_asked", name=call(member))))

    async def decide(self, _: Event, turn: Turn) -> None:
        action = turn.action
        assert isinstance(action, actions.DecideExemption)
        await need(turn, self._desk, Permission.MANAGE_PEOPLE)
        asked = await diploma_lists.decide_exemption(turn.tx, action.request, "given" if action.give else "refused")
        if asked is None:
            raise Refused(turn.words("diploma.exemption_decided"))
        if action.give:
            await self._give(turn, asked.person_id, asked.since, asked.until, asked.reason)
        else:
            await self._note(turn, "diploma.exemption_refused", asked.person_id, asked.until)
        about = await people.find_by_id(turn.tx, asked.person_id)
        name = (about.name if about else "") or "?"
        turn.show(_tell(turn.words, action.give, name, asked.until))
        asker = await people.find_by_id(turn.tx, asked.asked_by)
        if asker is not None and asker.id != turn.person.id:
            turn.tell(asker.id, _tell(words_in(asker.language), action.give, name, asked.until))

    async def _give(self, turn: Turn, person_id: str, since: date, until: date, reason: str) -> None:
        """By somebody else than who gets it."""
        if person_id == turn.person.id:
            raise Refused(turn.words("diploma.exemption_own"))
        await register.exempt(turn.tx, person_id, since, until, reason, turn.now, given_by=turn.person.id)
        await self._note(turn, "diploma.exempted", person_id, until)
        if since <= today(turn, self._desk):
            levels = [level.id for level in self._desk.knowledge().policy.levels]
            await diploma_nudges.end(turn.tx, [person_id], levels)

    async def _note(self, turn: Turn, act: str, person_id: str, until: date) -> None:
        about, details = f"person:{person_id}", {"until": until.isoformat()}
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, details=details, now=turn.now)


def _tell(words: Words, give: bool, name: str, until: date) -> Card:
    key = "diploma.exemption_given" if give else "diploma.exemption_not"
    return Card.of_words(words(key, name=name, day=words.day(until)))
