"""Nothing depends on ids, on how many rows there are, or on one row being there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from knowledge.answers import Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.matching.reader import Reader, build_reader
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import OTHER_ORGANISATION
from tests.knowledge.matching.scoring import read_questions

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


def test_other_ids_give_the_same_answers(hospital: Knowledge, hospital_reader: Reader, kept: Path) -> None:
    renamed = {row.id: f"r{place * 7 % 20}" for place, row in enumerate(hospital.use_cases)}
    rows = tuple(replace(row, id=renamed[row.id]) for row in reversed(hospital.use_cases))
    other = build_reader(replace(hospital, use_cases=rows, fingerprint="other ids"), kept)
    for entry in read_questions(OTHER_ORGANISATION / "questions.jsonl")[:30]:
        here, there = hospital_reader.read(entry["q"]), other.read(entry["q"])
        assert here.outcome is there.outcome
        assert (renamed[here.use_case] if here.use_case else None) == there.use_case


def test_questions_of_rows_that_are_gone_get_no_looser_yes(starter: Knowledge, kept: Path) -> None:
    """Each of these has a neighbour that is milder; without the row the neighbour must not answer for it."""
    gone = {"contract-vertalen", "automatisch-antwoorden", "echte-mensen", "cv-selectie", "geheimen-in-prompt"}
    rows = tuple(row for row in starter.use_cases if row.id not in gone)
    phrasings = {id: said for id, said in starter.phrasings.items() if id not in gone}
    fewer = replace(starter, use_cases=rows, phrasings=phrasings, fingerprint="five rows fewer")
    reader = build_reader(fewer, kept)
    asked = read_questions(*(OTHER_ORGANISATION.parent / f"{name}.jsonl" for name in ("everyday", "hard")))
    for entry in asked:
        if entry["use_case"] in gone and not entry["also"]:
            reading = reader.read(entry["q"])
            if reading.use_case is not None:
                verdict = judge(fewer, reading.use_case, reading.data, reading.tools).verdict
                assert verdict not in _PERMISSIVE or entry["verdict"] in ("mag", "mag_mits"), entry["q"]


def test_a_matrix_of_one_row(hospital: Knowledge, kept: Path) -> None:
    row = next(row for row in hospital.use_cases if row.id == "dosering")
    reader = build_reader(replace(hospital, use_cases=(row,), fingerprint="one row"), kept)
    assert reader.read("Mag AI de dosis van een medicijn uitrekenen?").use_case == "dosering"
    assert reader.read("Mag ik mijn hond meenemen?").use_case is None
    assert reader.read("hoi").outcome is Outcome.SMALLTALK
