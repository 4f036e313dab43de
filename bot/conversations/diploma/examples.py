"""Every card and form of the diploma with example data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

from bot.conversations.diploma import actions, cards, forms
from bot.conversations.diploma.cards import InTeam
from bot.conversations.diploma.standing import Standing
from bot.model.cards import Card, Example
from bot.model.events import Person
from bot.texts import WORDS
from knowledge.content import Knowledge, Language
from knowledge.diploma_status import State, Status, Why
from knowledge.library import DEFAULT_FOLDER, load
from storage.certificates import Certificate, Kept

_ON = date(2027, 3, 1)
_ID = "0" * 32


@cache
def _knowledge() -> Knowledge:
    return load(DEFAULT_FOLDER)


def all_examples(language: Language) -> Iterator[Example]:
    words, knowledge = WORDS[language], _knowledge()
    basis, higher = knowledge.policy.levels[0].id, knowledge.policy.levels[1].id
    until = date(2028, 9, 1)
    kept = Kept(_ID, _ID, basis, True, date(2026, 9, 1), until, "", "", 1, "hand", None, datetime.now(UTC))
    valid = Status(basis, State.VALID, until, Why.EXPIRY, "2026-09-01")
    due = Status(higher, State.DUE, date(2027, 5, 31), Why.WAVE, "first")
    late = Status(higher, State.OVERDUE, date(2027, 2, 12), Why.ALL, "first")
    noor = Standing(_ID, basis, (valid, due), (kept,))

    def draw(name: str, card: Card) -> Example:
        return Example(name=words(f"diploma.card_{name}"), card=card)

    yield draw("mine", cards.mine_card(words, knowledge, noor, _ON, leads=True))
    yield draw("mine_valid", cards.mine_card(words, knowledge, Standing(_ID, basis, (valid,)), _ON, leads=False))
    yield draw("mine_unknown", cards.mine_card(words, knowledge, Standing(_ID, None, ()), _ON, leads=False))
    behind = InTeam("Bram Smit", Standing(_ID, None, (late,)))
    team = [InTeam("Noor Bakker", noor), behind, InTeam("Cleo Visser", Standing(_ID, basis, (valid,)))]
    yield draw("team", cards.team_card(words, knowledge, team, _ON))
    yield draw("late", cards.late_card(words, knowledge, [behind], _ON))
    yield draw("remind", cards.reminder_card(words, knowledge, due, _ON, 90))
    person = Person(id=_ID, name="Noor Bakker", email="noor.bakker@voorbeeld.example")
    yield draw("told", cards.told_card(words, knowledge, person, "done", higher))
    added = Certificate(_ID, higher, True, _ON, date(2029, 3, 1))
    yield draw("added", cards.added_card(words, knowledge, "Noor Bakker", added))
    yield Example(name=words("diploma.card_plan"), card=forms.plan_form(words, higher, "first"))
    yield Example(name=words("diploma.card_absence"), card=forms.absence_form(words, [(_ID, "Noor Bakker")], _ON))
    result = forms.result_form(words, knowledge, actions.AddResult(), _ON)
    yield Example(name=words("diploma.card_result"), card=result)
