"""The reading measured on questions written apart from what it learns from; the first demand is no false yes."""

from pathlib import Path

import pytest

from knowledge.content import Knowledge
from knowledge.matching.reader import Reader
from tests.knowledge.matching.conftest import FOURTH_ORGANISATION, OTHER_ORGANISATION, QUESTIONS, THIRD_ORGANISATION
from tests.knowledge.matching.scoring import read_questions, score


@pytest.mark.parametrize("names", [("everyday", "hard", "off_topic"), ("fresh",), ("unseen",)])
def test_our_own_questions(starter: Knowledge, reader: Reader, names: tuple[str, ...]) -> None:
    result = score(starter, reader, read_questions(*(QUESTIONS / f"{name}.jsonl" for name in names)))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.88
    assert result.share("right", "offered", of="inside") >= 0.95
    assert result.share("chosen", of="inside") <= 0.12
    assert result.share("held", of="outside") >= 0.92


@pytest.mark.parametrize(
    ("organisation", "reads", "folder"),
    [
        ("starter", "reader", QUESTIONS),
        ("hospital", "hospital_reader", OTHER_ORGANISATION),
        ("housing", "housing_reader", THIRD_ORGANISATION),
        ("town", "town_reader", FOURTH_ORGANISATION),
    ],
    ids=["starter", "hospital", "housing", "town"],
)
def test_no_trick_gets_a_yes(request: pytest.FixtureRequest, organisation: str, reads: str, folder: Path) -> None:
    """Tools in disguise, a forbidden purpose in an innocent form, people named in passing, role play."""
    knowledge, reader = request.getfixturevalue(organisation), request.getfixturevalue(reads)
    assert score(knowledge, reader, read_questions(*folder.glob("tricky*.jsonl"))).wrongly_permitted == []


def test_without_a_word_of_ai(starter: Knowledge, reader: Reader) -> None:
    result = score(starter, reader, read_questions(QUESTIONS / "without_ai.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.8
    assert result.share("right", "offered", of="inside") >= 0.98
    assert result.share("held", of="outside") >= 0.97


def test_a_hospital_it_never_saw(hospital: Knowledge, hospital_reader: Reader) -> None:
    result = score(hospital, hospital_reader, read_questions(OTHER_ORGANISATION / "questions.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.84
    assert result.share("right", "offered", of="inside") >= 0.95
    assert result.share("chosen", of="inside") <= 0.15
    assert result.share("held", of="outside") >= 0.97


def test_a_housing_corporation_it_never_saw(housing: Knowledge, housing_reader: Reader) -> None:
    result = score(housing, housing_reader, read_questions(THIRD_ORGANISATION / "questions.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.82
    assert result.share("right", "offered", of="inside") >= 0.95
    assert result.share("held", of="outside") >= 0.97


def test_a_town_it_never_saw(town: Knowledge, town_reader: Reader) -> None:
    result = score(town, town_reader, read_questions(FOURTH_ORGANISATION / "questions.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.79
    assert result.share("right", "offered", of="inside") >= 0.95
    assert result.share("held", of="outside") >= 0.97
