"""The labelled questions keep to the rules, and measure: none of them is something the reading learns from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.content import LANGUAGES, UNKNOWN_TOOL, Knowledge
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.known import known_texts
from knowledge.matching.normalising import clean, squash
from knowledge.verdict import judge
from tests.knowledge.matching.scoring import read_questions

QUESTIONS = Path(__file__).parents[1] / "questions"
FILES = sorted(QUESTIONS.rglob("*.jsonl"))
FIELDS = {"q", "lang", "use_case", "also", "data", "tool", "verdict", "kind"}

every_file = pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(QUESTIONS)) for file in FILES])


def get_agreements(file: Path) -> Knowledge:
    """Those that lie beside the questions, else the starter's."""
    return load(file.parent if (file.parent / "matrix.yaml").is_file() else DEFAULT_FOLDER)


def squash_question(text: str) -> str:
    return squash(clean(text))


@every_file
def test_a_label_has_the_fields_and_ids_it_should(file: Path) -> None:
    knowledge = get_agreements(file)
    rows = {row.id for row in knowledge.use_cases}
    classes = {data_class.id for data_class in knowledge.policy.data_classes}
    tools = {tool.id for tool in knowledge.tools} | {UNKNOWN_TOOL}
    for entry in read_questions(file):
        assert entry.keys() == FIELDS, entry
        assert entry["q"].strip() and entry["kind"], entry
        assert entry["lang"] in LANGUAGES, entry
        assert {*entry["also"], entry["use_case"]} <= rows | {None}, entry
        assert entry["use_case"] not in entry["also"], entry
        assert set(entry["data"]) <= classes, entry
        assert set(entry["tool"]) <= tools, entry


@every_file
def test_a_verdict_is_what_the_rules_give(file: Path) -> None:
    knowledge = get_agreements(file)
    wrong = [
        (entry["q"], entry["verdict"])
        for entry in read_questions(file)
        if entry["verdict"] != expect(knowledge, entry)
    ]
    assert wrong == []


def expect(knowledge: Knowledge, entry: dict[str, Any]) -> str | None:
    """No row, no verdict: such a question goes to a person."""
    if entry["use_case"] is None:
        return None
    return judge(knowledge, entry["use_case"], entry["data"], entry["tool"]).verdict.value


@every_file
def test_no_question_is_something_that_is_learned_from(file: Path) -> None:
    learned = {squash_question(known.text) for known in known_texts(get_agreements(file))}
    assert [entry["q"] for entry in read_questions(file) if squash_question(entry["q"]) in learned] == []


def test_no_question_is_asked_twice() -> None:
    asked = [squash_question(entry["q"]) for entry in read_questions(*FILES)]
    assert sorted({text for text in asked if asked.count(text) > 1}) == []


def test_there_are_questions_enough() -> None:
    """At least 200 about the starter, and another organisation's."""
    own = [entry for file in FILES if file.parent == QUESTIONS for entry in read_questions(file)]
    assert len(own) >= 200
    assert any(file.parent != QUESTIONS for file in FILES)
