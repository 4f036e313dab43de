"""Every card and form of the diploma with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache, partial

from bot.conversations.diploma import actions, cards, forms, list_cards, person_cards, refresher_cards
from bot.conversations.diploma.cards import InTeam
from bot.conversations.diploma.deciding import decision_card
from bot.conversations.diploma.papers import papers_card
from bot.conversations.diploma.untied import untied_card
from bot.decision import describe
from bot.model.cards import Card, Example, Form
from bot.model.events import Person
from bot.standing import Standing
from bot.texts import WORDS, Words
from knowledge.content import Knowledge, Language, Verdict
from knowledge.diploma_status import State, Status, Why
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.refresher import Question
from storage.certificates import Certificate, Kept
from storage.diploma_lists import ExemptionRequest
from storage.refreshers import Refresher
from storage.register import Away, Dossier, Member, Period
from storage.untied import Untied

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

    draw = partial(_name, words)

    yield draw("mine", cards.mine_card(words, knowledge, noor, _ON, leads=True))
    yield draw("mine_valid", cards.mine_card(words, knowledge, Standing(_ID, basis, (valid,)), _ON, leads=False))
    yield draw("mine_unknown", cards.mine_card(words, knowledge, Standing(_ID, None, ()), _ON, leads=False))
    page = "https://club.example.org/diploma"
    yield draw(
        "papers", papers_card(words, knowledge, noor, "Noor Bakker", _ON, f"{page}/day.ics", f"{page}/page.pdf")
    )
    behind = InTeam("Bram Smit", Standing(_ID, None, (late,)))
    team = [InTeam("Noor Bakker", noor), behind, InTeam("Cleo Visser", Standing(_ID, basis, (valid,)))]
    yield draw("team", cards.team_card(words, knowledge, team, _ON))
    yield draw("late", list_cards.late_card(words, knowledge, [behind], _ON))
    yield from _lists(words, knowledge, behind)
    yield from _people(words, knowledge, noor, kept)
    yield draw("remind", cards.reminder_card(words, knowledge, due, _ON, 90))
    person = Person(id=_ID, name="Noor Bakker", email="noor.bakker@voorbeeld.example")
    yield draw("told", cards.told_card(words, knowledge, person, "done", higher))
    added = Certificate(_ID, higher, True, _ON, date(2029, 3, 1))
    yield draw("added", cards.added_card(words, knowledge, "Noor Bakker", added))
    yield from _refresher(words, knowledge)
    sections = describe(words, knowledge)
    adopt = actions.Adopt(fingerprint="0" * 64)
    yield draw("decision", decision_card(words, sections, None, "https://club.example.org/diploma/decision", adopt))
    yield from _forms(words, knowledge, kept)


def _lists(words: Words, knowledge: Knowledge, behind: InTeam) -> Iterator[Example]:
    long = [list_cards.LongBehind(behind, "Finance", led=True), list_cards.LongBehind(behind, "Finance", led=False)]
    yield _name(words, "long", list_cards.long_card(words, knowledge, long, 27, _ON))
    yield _name(words, "board", list_cards.board_card(words, 27, 5, 56))


def _people(words: Words, knowledge: Knowledge, noor: Standing, kept: Kept) -> Iterator[Example]:
    member = Member(_ID, "Noor Bakker", "noor.bakker@voorbeeld.example", "Finance", "Utrecht", "controller")
    place = Period(date(2024, 5, 1), None, "Finance", "Utrecht", "controller", None, date(2024, 5, 1), None)
    dossier = Dossier([place], [Away(_ID, date(2027, 2, 1), None)], [])
    standing = replace(noor, kept=(replace(kept, evidence="AI-2026-0417"),))
    card = person_cards.person_card(words, knowledge, member, standing, dossier, _ON, may_add=True, may_manage=True)
    yield _name(words, "person", card)
    yield _name(words, "found", person_cards.found_card(words, [member, replace(member, unit="HR")], more=True))
    without = Untied(12, (("Noor Bakker", "noor.bakker@voorbeeld.example"),))
    yield _name(words, "untied", untied_card(words, without, Untied(1, (("Noor B.", ""),))))
    asked = ExemptionRequest(_ID, _ID, _ID, _ON, date(2027, 9, 1), words("diploma.example_reason"))
    yield _name(words, "request", person_cards.request_card(words, "Bram Smit", "Noor Bakker", asked))


def _refresher(words: Words, knowledge: Knowledge) -> Iterator[Example]:
    rows = [row for row in knowledge.use_cases if row.verdicts.get(row.typical_data) is Verdict.MAG_MITS][:3]
    questions = [Question(row.id, row.version, row.typical_data) for row in rows]
    asked = [asdict(question) for question in questions]
    one = Refresher(_ID, _ID, knowledge.policy.levels[0].id, asked, [], 0, "open", datetime.now(UTC))
    yield _name(words, "question", refresher_cards.question_card(words, knowledge, one))
    told = refresher_cards.explain(words, knowledge, questions[0], Verdict.MAG, Verdict.MAG_MITS)
    second = replace(one, answered=1, answers=[{"right": False}])
    yield _name(words, "question_next", refresher_cards.question_card(words, knowledge, second, *told))
    ended = replace(one, state="passed", answered=3, answers=[{"right": True}] * 3)
    yield _name(words, "end", refresher_cards.end_card(words, knowledge, ended, words.day(date(2029, 3, 1)), *told))
    yield _name(words, "looks", refresher_cards.looks_card(words, knowledge, questions, 40))


def _forms(words: Words, knowledge: Knowledge, kept: Kept) -> Iterator[Example]:
    people = [(_ID, "Noor Bakker")]
    yield _name(words, "plan", forms.plan_form(words, kept.level, "first"))
    yield _name(words, "absence", forms.absence_form(words, actions.SendAbsence(), people, _ON))
    yield _name(words, "back", forms.back_form(words, actions.SendBack(), people, _ON))
    yield _name(words, "exemption", forms.exemption_form(words, actions.SendExemption(), people, _ON, asks=True))
    yield _name(words, "team_plan", forms.team_plan_form(words, people))
    yield _name(words, "find", forms.person_form(words))
    yield _name(words, "result", forms.result_form(words, knowledge, actions.AddResult(), _ON))
    yield _name(words, "correct", forms.correction_form(words, knowledge, kept))


def _name(words: Words, name: str, card: Card | Form) -> Example:
    return Example(name=words(f"diploma.card_{name}"), card=card)
