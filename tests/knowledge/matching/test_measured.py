"""The reading measured on questions written apart from what it learns from; the first demand is no false yes."""

from knowledge.content import Knowledge
from knowledge.matching.reader import Reader
from tests.knowledge.matching.conftest import OTHER_ORGANISATION, QUESTIONS
from tests.knowledge.matching.scoring import read_questions, score


def test_our_own_questions(starter: Knowledge, reader: Reader) -> None:
    files = [QUESTIONS / f"{name}.jsonl" for name in ("everyday", "hard", "off_topic")]
    result = score(starter, reader, read_questions(*files))
    assert result.counts["inside"] + result.counts["outside"] >= 200
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.90
    assert result.share("right", "offered", of="inside") >= 0.96
    assert result.share("chosen", of="inside") <= 0.12
    assert result.share("held", of="outside") >= 0.90


def test_an_organisation_it_never_saw(hospital: Knowledge, hospital_reader: Reader) -> None:
    result = score(hospital, hospital_reader, read_questions(OTHER_ORGANISATION / "questions.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", of="inside") >= 0.75
    assert result.share("right", "offered", of="inside") >= 0.93
    assert result.share("held", of="outside") >= 0.97
