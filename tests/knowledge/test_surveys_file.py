"""surveys.yaml: optional, versions side by side, and every mistake named with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import DEFAULT_FOLDER, KnowledgeErrors, load
from knowledge.survey_questions import own_question, read_questions, write_questions
from knowledge.surveys import SurveyPlan
from tests.knowledge.organisation import write_organisation

SURVEYS = """\
version: 1
minimum: 4
surveys:
  - id: team
    version: 1
    title: {nl: Ons team, en: Our team}
    purpose: {nl: Om te weten., en: To know.}
    questions:
      - {id: tools, kind: tools, ask: {nl: Welke?, en: Which?}}
      - id: vaak
        kind: choice
        ask: {nl: Hoe vaak?, en: How often?}
        options:
          - {id: elke-dag, text: {nl: Elke dag, en: Every day}}
          - {id: nooit, text: {nl: Nooit, en: Never}}
  - id: team
    version: 2
    title: {nl: Ons team, en: Our team}
    purpose: {nl: Om te weten., en: To know.}
    questions:
      - {id: waarom, kind: text, ask: {nl: Waarom?, en: Why?}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_organisation(tmp_path)
    (tmp_path / "surveys.yaml").write_text(SURVEYS, encoding="utf-8")
    return tmp_path


def test_versions_stand_side_by_side_and_the_newest_is_used(folder: Path) -> None:
    plan = load(folder).surveys
    assert plan.minimum == 4
    assert [survey.version for survey in plan.surveys] == [1, 2]
    assert [survey.version for survey in plan.newest()] == [2]
    assert plan.find("nothing") is None


def test_an_organisation_can_do_without(folder: Path) -> None:
    (folder / "surveys.yaml").unlink()
    assert load(folder).surveys == SurveyPlan()


def test_the_starter_has_steps_one_to_three_and_a_pulse() -> None:
    knowledge = load(DEFAULT_FOLDER)
    assert [survey.id for survey in knowledge.surveys.newest()] == ["gedrag", "filosofie", "principes", "puls"]
    assert knowledge.surveys.minimum == 5


def test_what_a_round_keeps_is_read_back_with_the_tools_of_that_moment(folder: Path) -> None:
    knowledge = load(folder)
    asked = [*knowledge.surveys.surveys[0].questions, own_question(1, "En nu?")]
    tools, often, own = read_questions(write_questions(asked, knowledge.tools))
    assert [option.id for option in tools.options] == [*(f"tool:{tool.id}" for tool in knowledge.tools), "other"]
    assert often == asked[1]
    assert own == asked[2]


WRONG = [
    ("minimum: 4", "minimum: 2", "surveys.yaml:2 minimum: found 2; it is at least 3"),
    ("kind: tools,", "kind: tool,", "surveys.yaml:9 surveys[0].questions[0].kind: found 'tool'"),
    ("id: nooit", "id: elke-dag", "surveys.yaml:15 surveys[0].questions[1].options[1]: found 'elke-dag' again"),
    ("version: 2", "version: 1", "surveys.yaml:16 surveys[1]: found 'team version 1' again (first on line 4)"),
    ("id: vaak", "id: tools", "surveys.yaml:10 surveys[0].questions[1]: found 'tools' again (first on line 9)"),
    ("nl: Hoe vaak?", f"nl: {'x' * 151}", "surveys.yaml:12 surveys[0].questions[1].ask: found a text of 151"),
    ("kind: choice", "kind: text", "surveys.yaml:13 surveys[0].questions[1].options: found options for a"),
    ("kind: text", "kind: choice", "surveys.yaml:21 surveys[1].questions[0]: found no 'options'; list what can be"),
    ("kind: text,", "kind: text, about: stance,", "surveys.yaml:21 surveys[1].questions[0].about: found 'stance'"),
    ("kind: tools,", "kind: tools, about: doubts,", "surveys.yaml:9 surveys[0].questions[0].about: found 'about'"),
    ("          - {id: nooit, text: {nl: Nooit, en: Never}}\n", "",
     "surveys.yaml:13 surveys[0].questions[1].options: "),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), WRONG, ids=[case[1][:30] for case in WRONG])
def test_a_mistake_is_named_with_its_line_and_what_would_be_right(
    folder: Path, old: str, new: str, expected: str
) -> None:
    text = (folder / "surveys.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "surveys.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeErrors) as caught:
        load(folder)
    assert any(str(error).startswith(expected) for error in caught.value.errors), str(caught.value)
