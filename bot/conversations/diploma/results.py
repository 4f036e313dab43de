"""Who manages certificates adds a result of somebody by hand, and puts one right: each is a new row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, cards, forms
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Event, Submitted
from bot.rights import need
from bot.standing import find_previous_end, find_standing, rules_of, today
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules, find_expiry
from knowledge.masking import mask
from storage import certificates, diploma_nudges, people, register
from storage.certificates import Certificate, Kept


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
        conversation.on_action(actions.Correct, self.open_correction)
        conversation.on_form(actions.SendCorrection, self.correct)

    async def open(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_CERTIFICATES)
        action = turn.action if isinstance(turn.action, actions.AddResult) else actions.AddResult()
        turn.open(forms.result_form(turn.words, self._desk.knowledge(), action, today(turn, self._desk)))

    async def keep(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self._desk, Permission.MANAGE_CERTIFICATES)
        rules, on = self._rules(turn), today(turn, self._desk)
        person_id = await register.find_by_email(turn.tx, str(event.values.get("email") or ""))
        errors = {} if person_id else {"email": turn.words("diploma.result_unknown")}
        one, wrong = self._read(turn, rules, event, person_id or "", on)
        if errors or one is None:
            form = forms.result_form(turn.words, self._desk.knowledge(), actions.AddResult(), on)
            turn.form_errors(form.with_values(event.values), errors | wrong)
            return
        standing = await find_standing(turn.tx, rules, one.person_id, one.issued)
        previous = find_previous_end(rules, standing, one.level, one.issued)
        await self._add(turn, rules, _with_end(rules, one, previous))

    async def open_correction(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Correct)
        kept = await self._get(turn, turn.action.certificate)
        turn.open(forms.correction_form(turn.words, self._desk.knowledge(), kept))

    async def correct(self, event: Submitted, turn: Turn) -> None:
        """The row that was wrong stays as it is; this one takes its place from now on."""
        assert isinstance(turn.action, actions.SendCorrection)
        kept, rules, on = await self._get(turn, turn.action.certificate), self._rules(turn), today(turn, self._desk)
        one, errors = self._read(turn, rules, event, kept.person_id, on)
        expires = event.values.get("expires")
        if one is not None and isinstance(expires, date) and expires <= one.issued:
            errors["expires"] = turn.words("diploma.correct_order")
        if errors or one is None:
            form = forms.correction_form(turn.words, self._desk.knowledge(), kept)
            turn.form_errors(form.with_values(event.values), errors)
            return
        one = replace(one, replaces=kept.id, issuer=kept.issuer, attempt=kept.attempt)
        if isinstance(expires, date) and one.passed:
            await self._add(turn, rules, replace(one, expires=expires))
            return
        standing = await find_standing(turn.tx, rules, one.person_id, one.issued)
        others = replace(standing, kept=tuple(other for other in standing.kept if other.id != kept.id))
        previous = find_previous_end(rules, others, one.level, one.issued)
        await self._add(turn, rules, _with_end(rules, one, previous))

    async def _get(self, turn: Turn, id: str) -> Kept:
        await need(turn, self._desk, Permission.MANAGE_CERTIFICATES)
        kept = await certificates.lock(turn.tx, id)
        if kept is None:
            raise Refused(turn.words("diploma.correct_gone"))
        return kept

    def _rules(self, turn: Turn) -> Rules:
        rules = rules_of(self._desk)
        if rules is None:
            raise Refused(turn.words("diploma.none_agreed"))
        return rules

    def _read(
        self, turn: Turn, rules: Rules, event: Submitted, person_id: str, on: date
    ) -> tuple[Certificate | None, dict[str, str]]:
        """What the form says, and by field what is wrong with it."""
        level, issued, errors = str(event.values.get("level")), event.values.get("issued"), {}
        if level not in rules.levels:
            errors["level"] = turn.words("diploma.result_level")
        if not isinstance(issued, date) or issued > on:
            errors["issued"] = turn.words("diploma.result_day")
        if errors or not isinstance(issued, date):
            return None, errors
        evidence = mask(str(event.values.get("evidence") or "")).text[:1000]
        passed = event.values.get("passed") == "yes"
        one = Certificate(
            person_id, level, passed, issued, evidence=evidence, source="hand", added_by=turn.person.id
        )
        return one, {}

    async def _add(self, turn: Turn, rules: Rules, one: Certificate) -> None:
        if await certificates.add(turn.tx, one, turn.now) is None:
            turn.say(Card.of_words(turn.words("diploma.result_known")))
            return
        if one.passed:
            await diploma_nudges.end(turn.tx, [one.person_id], rules.levels[: rules.rank(one.level) + 1])
        person = await people.find_by_id(turn.tx, one.person_id)
        turn.say(cards.added_card(turn.words, self._desk.knowledge(), person.name if person else "", one))


def _with_end(rules: Rules, one: Certificate, previous: date | None) -> Certificate:
    return replace(one, expires=find_expiry(rules, one.issued, previous)) if one.passed else one
