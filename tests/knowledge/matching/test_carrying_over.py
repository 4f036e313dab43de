"""Nothing depends on ids, on how many rows there are, or on one row being there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from string import ascii_lowercase

import numpy as np
import pytest

from knowledge.answers import Outcome
from knowledge.content import LANGUAGES, Knowledge, Language, Verdict, Wording
from knowledge.matching.cache import Cache
from knowledge.matching.encoder import SentenceEncoder
from knowledge.matching.model import name_of_model
from knowledge.matching.reader import Reader, build_reader
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import OTHER_ORGANISATION, ReaderOf
from tests.knowledge.matching.scoring import read_questions, score

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


def test_other_ids_give_the_same_answers(
    hospital: Knowledge, hospital_reader: Reader, apart: Callable[[Knowledge], Path]
) -> None:
    """And half a file in the place of what was learned counts as none: it is learned anew."""
    renamed = {row.id: f"r{place * 7 % 20}" for place, row in enumerate(hospital.use_cases)}
    rows = tuple(replace(row, id=renamed[row.id]) for row in reversed(hospital.use_cases))
    knowledge = replace(hospital, use_cases=rows, fingerprint="other ids")
    folder = apart(knowledge)
    model = folder / f"{name_of_model(knowledge, SentenceEncoder.NAME, Cache(folder))}.npz"
    model.write_bytes(next(iter(folder.glob("vectors-*"))).read_bytes()[:1000])
    other = build_reader(knowledge, folder)
    assert model.stat().st_size > 1000
    for entry in read_questions(OTHER_ORGANISATION / "questions.jsonl")[:30]:
        here, there = hospital_reader.read(entry["q"]), other.read(entry["q"])
        assert here.outcome is there.outcome
        assert (renamed[here.use_case] if here.use_case else None) == there.use_case


def test_questions_of_rows_that_are_gone_get_no_looser_yes(starter: Knowledge, read_apart: ReaderOf) -> None:
    """Half of all rows that say no or not yet are taken away: a milder neighbour must not answer for them."""
    strict = [row.id for row in starter.use_cases if row.verdicts[row.typical_data] not in _PERMISSIVE]
    gone = set(strict[::2])
    rows = tuple(row for row in starter.use_cases if row.id not in gone)
    phrasings = {id: said for id, said in starter.phrasings.items() if id not in gone}
    fewer = replace(starter, use_cases=rows, phrasings=phrasings, fingerprint="half of the strict rows are gone")
    reader = read_apart(fewer)
    files = (OTHER_ORGANISATION.parent / f"{name}.jsonl" for name in ("everyday", "hard", "fresh"))
    asked = [e for e in read_questions(*files) if e["use_case"] in gone and not set(e["also"]) - gone]
    strictly = [e for e in asked if e["verdict"] not in ("mag", "mag_mits")]
    permitted = [e["q"] for e in strictly if _verdict(fewer, reader, e["q"]) in _PERMISSIVE]
    assert len(strictly) > 50
    assert len(permitted) <= 0.02 * len(strictly), permitted


def _verdict(knowledge: Knowledge, reader: Reader, question: str) -> Verdict | None:
    reading = reader.read(question)
    if reading.use_case is None:
        return None
    return judge(knowledge, reading.use_case, reading.data, reading.tools).verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_matrix_with_examples_in_one_language(
    hospital: Knowledge, read_apart: ReaderOf, language: Language
) -> None:
    """Meaning carries over between languages, words do not: fewer answers, and still no false yes."""
    titles = [row.title.in_language(language) for row in hospital.use_cases]
    rows = tuple(
        replace(row, title=Wording(title, title), examples={language: row.examples[language]})
        for row, title in zip(hospital.use_cases, titles, strict=True)
    )
    alone = replace(hospital, use_cases=rows, fingerprint=f"examples in {language}")
    result = score(alone, read_apart(alone), read_questions(OTHER_ORGANISATION / "questions.jsonl"))
    assert result.wrongly_permitted == []
    assert result.share("right", "offered", of="inside") >= 0.80
    assert result.share("held", of="outside") >= 0.9


class LetterEncoder:
    """Knows no meaning, only which letters a text holds: quick enough for ten thousand rows."""

    def name(self) -> str:
        return "letters"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        counts = np.array([[text.count(letter) for letter in ascii_lowercase] for text in texts], dtype=np.float32)
        counts = counts.reshape(-1, 26)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1))


def test_a_matrix_of_ten_thousand_rows(hospital: Knowledge, apart: Callable[[Knowledge], Path]) -> None:
    whats, whom = 100, 100
    row = hospital.use_cases[0]
    rows = tuple(
        replace(row, id=f"{what}-{who}", title=Wording(text, text), examples={"nl": (f"Mag AI {text}?",)})
        for what in range(whats)
        for who in range(whom)
        for text in [f"{_made_up(what)} maken voor {_made_up(1000 + who)}"]
    )
    many = replace(hospital, use_cases=rows, phrasings={}, fingerprint="ten thousand rows")
    reader = Reader(many, LetterEncoder(), apart(many))
    found = [reader.read(f"Mag AI {_made_up(what)} maken voor {_made_up(1000 + 3 * what)}?") for what in range(33)]
    near = [{candidate.use_case for candidate in reading.candidates} for reading in found]
    assert sum(f"{what}-{3 * what}" in offered for what, offered in enumerate(near)) >= 30
    assert reader.read("Hoi!").use_case is None


def _made_up(number: int) -> str:
    """A word nobody knows, another one for each number."""
    random = Random(number)
    return "".join(random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(4))


def test_a_matrix_of_one_row(hospital: Knowledge, read_apart: ReaderOf) -> None:
    row = next(row for row in hospital.use_cases if row.id == "dosering")
    reader = read_apart(replace(hospital, use_cases=(row,), fingerprint="one row"))
    assert reader.read("Mag AI de dosis van een medicijn uitrekenen?").use_case == "dosering"
    assert reader.read("Mag ik mijn hond meenemen?").use_case is None
    assert reader.read("hoi").outcome is Outcome.SMALLTALK
