"""Who manages certificates adds a result of somebody by hand."""

from __future__ import annotations

from datetime import date

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.standing import find_previous_end, find_standing, rules_of, subject_of, today
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import need
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules, find_expiry
from knowledge.masking import mask
from storage import certificates, nudges, people, register
from storage.certificates import Certificate


class Results:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "certificaat",
            self.open,
            help_key="diploma.help_result",
            aliases=("resultaat", "result"),
            needs=Permission.MANAGE_CERTIFICATES,
        )
        conversation.on_action(actions.AddResult, self.open)
        conversation.on_form(actions.SendResult, self.keep)

    async def open(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_CERTIFICATES)
        action = turn.action if isinstance(turn.action, actions.AddResult) else actions.AddResult()
        turn.open(forms.result_form(turn.words, self._desk.knowledge(), action, today(turn, self._desk)))

    async def keep(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_CERTIFICATES)
        rules, on, values = rules_of(self._desk), today(turn, self._desk), event.values
        if rules is None:
            raise Refused(turn.words("diploma.none_agreed"))
        level, issued = str(values.get("level")), values.get("issued")
        person_id = await register.find_by_email(turn.tx, str(values.get("email") or ""))
        errors = {}
        if person_id is None:
            errors["email"] = turn.words("diploma.result_unknown")
        if not isinstance(issued, date) or issued > on:
            errors["issued"] = turn.words("diploma.result_day")
        if errors or level not in rules.levels or person_id is None or not isinstance(issued, date):
            form = forms.result_form(turn.words, self._desk.knowledge(), actions.AddResult(), on)
            turn.form_errors(form.with_values(values), errors or {"level": turn.words("diploma.result_level")})
            return
        passed = values.get("passed") == "yes"
        evidence = mask(str(values.get("evidence") or "")).text[:1000]
        await self._add(turn, rules, person_id, level, issued, passed, evidence)

    async def _add(
        self, turn: Turn, rules: Rules, person_id: str, level: str, issued: date, passed: bool, evidence: str
    ) -> None:
        standing = await find_standing(turn.tx, rules, person_id, issued)
        previous = find_previous_end(rules, standing, level, issued)
        one = Certificate(
            person_id,
            level,
            passed,
            issued,
            find_expiry(rules, issued, previous) if passed else None,
            evidence=evidence,
            source="hand",
            added_by=turn.person.id,
        )
        if await certificates.add(turn.tx, one, turn.now) is None:
            turn.say(Card.of_words(turn.words("diploma.result_known")))
            return
        if passed:
            for lower in rules.levels[: rules.rank(level) + 1]:
                await nudges.cancel(turn.tx, subject_of(person_id, lower))
        person = await people.find_by_id(turn.tx, person_id)
        turn.say(cards.added_card(turn.words, self._desk.knowledge(), person.name if person else "", one))
