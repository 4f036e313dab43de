"""Agreements that change while the program runs: read at once, long before everything is learned anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.answers import Outcome
from knowledge.content import Knowledge, UseCase, Verdict, Wording
from knowledge.matching.reader import Reader
from knowledge.matching.teaching import Phrasing
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import LATER_AGREED, OTHER_ORGANISATION, QUESTIONS
from tests.knowledge.matching.scoring import read_questions

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


def with_row(knowledge: Knowledge, row: UseCase) -> Knowledge:
    return replace(knowledge, use_cases=(*knowledge.use_cases, row), fingerprint=f"with {row.id}")


def without_row(knowledge: Knowledge, id: str) -> Knowledge:
    rows = tuple(row for row in knowledge.use_cases if row.id != id)
    return replace(knowledge, use_cases=rows, fingerprint=f"without {id}")


def like(knowledge: Knowledge, id: str, new: str, title: Wording, *examples: str) -> UseCase:
    return replace(knowledge.get_use_case(id), id=new, title=title, examples={"nl": examples, "en": ()})


@pytest.fixture(scope="module")
def plants(starter: Knowledge) -> UseCase:
    return like(
        starter,
        "presentatie",
        "planten",
        Wording("Kamerplanten laten herkennen", "Having house plants recognised"),
        "Mag ik een kamerplant op kantoor laten herkennen door AI?",
        "Kan AI zeggen welke plant er in de kantine staat?",
        "Mag AI kijken waarom de ficus bij de balie bruine bladeren krijgt?",
    )


def verdict(knowledge: Knowledge, reader: Reader, question: str) -> Verdict | None:
    reading = reader.read(question)
    if reading.outcome is not Outcome.ANSWER or reading.use_case is None:
        return None
    return judge(knowledge, reading.use_case, reading.data, reading.tools).verdict


def test_its_own_examples_are_read_as_the_row(starter: Knowledge, reader: Reader, plants: UseCase) -> None:
    agreed = with_row(starter, plants)
    now = reader.with_knowledge(agreed)
    for example in plants.examples["nl"]:
        assert reader.read(example).use_case != "planten"
        assert now.read(example.upper()).use_case == "planten"
    assert verdict(agreed, now, f"{plants.examples['nl'][0]} Met DeepSeek") not in _PERMISSIVE


def test_near_wordings_are_read_as_the_row_or_offered(starter: Knowledge, reader: Reader, plants: UseCase) -> None:
    now = reader.with_knowledge(with_row(starter, plants))
    for near in ("Mag ik de planten op kantoor door AI laten herkennen?", "Kan AI zien welke plant hier staat?"):
        assert now.read(near).candidates[0].use_case == "planten"


def test_a_row_about_work_that_everyone_knows_is_read_in_many_words(
    hospital: Knowledge, earlier_reader: Reader
) -> None:
    """The project knows more ways to say it than the row brings."""
    now = earlier_reader.with_knowledge(hospital)
    for asked in ("mag ai de beste kandidaat uitkiezen", "sollicitatiebrieven laten ranken"):
        assert LATER_AGREED in {candidate.use_case for candidate in now.read(asked).candidates}


def test_a_mild_row_beside_a_strict_one_loosens_nothing(starter: Knowledge, reader: Reader) -> None:
    near = [text.rstrip("?") + " vandaag?" for text in starter.get_use_case("cv-selectie").examples["nl"]]
    mild = like(starter, "brainstormen", "mild", Wording("Kandidaten ordenen", "Ordering candidates"), *near)
    agreed = with_row(starter, mild)
    now = reader.with_knowledge(agreed)
    for entry in read_questions(QUESTIONS / "everyday.jsonl", QUESTIONS / "hard.jsonl"):
        before = verdict(starter, reader, entry["q"])
        assert verdict(agreed, now, entry["q"]) not in _PERMISSIVE or before in _PERMISSIVE, entry["q"]


def test_a_row_that_is_gone_is_answered_by_no_other(hospital: Knowledge, hospital_reader: Reader) -> None:
    fewer = without_row(hospital, "dosering")
    now = hospital_reader.with_knowledge(fewer)
    asked = [e["q"] for e in read_questions(OTHER_ORGANISATION / "questions.jsonl") if e["use_case"] == "dosering"]
    assert asked
    assert all(verdict(fewer, now, question) not in _PERMISSIVE for question in asked)


def test_what_changes_twice_is_as_it_is_now(starter: Knowledge, reader: Reader, plants: UseCase) -> None:
    now = reader.with_knowledge(with_row(starter, plants)).with_knowledge(starter)
    asked = plants.examples["nl"][0]
    assert now.read(asked) == reader.read(asked)
    again = now.with_knowledge(with_row(starter, plants))
    again.learn([Phrasing("planten", "Mag mijn vetplantje door de slimme hulp benoemd worden?")])
    assert again.read("mag mijn vetplantje door de slimme hulp benoemd worden").use_case == "planten"
    assert again.read(asked).use_case == "planten"


def test_a_verdict_that_changes_counts(starter: Knowledge, reader: Reader) -> None:
    row = starter.get_use_case("presentatie")
    stricter = replace(row, verdicts=dict.fromkeys(row.verdicts, Verdict.MAG_NIET))
    rows = tuple(stricter if one is row else one for one in starter.use_cases)
    agreed = replace(starter, use_cases=rows, fingerprint="no slides")
    assert verdict(starter, reader, row.examples["nl"][0]) in _PERMISSIVE
    assert verdict(agreed, reader.with_knowledge(agreed), row.examples["nl"][0]) is Verdict.MAG_NIET
