"""The letters typed never change what is meant: case, accents, spaces, invisible characters, look-alikes, typos."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.reader import Reader
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import QUESTIONS
from tests.knowledge.matching.scoring import read_questions

_ASKED = [entry["q"] for name in ("everyday", "hard") for entry in read_questions(QUESTIONS / f"{name}.jsonl")]
asked = st.sampled_from(_ASKED)


def told(reading: Reading) -> tuple[object, ...]:
    """What the person gets to see of a reading."""
    offered = tuple(candidate.use_case for candidate in reading.candidates) if reading.use_case is None else ()
    return (reading.outcome, reading.use_case, reading.data, reading.tools, offered, reading.language)


@settings(max_examples=60)
@given(asked)
def test_upper_case(reader: Reader, question: str) -> None:
    assert told(reader.read(question.upper())) == told(reader.read(question))


@settings(max_examples=60)
@given(asked)
def test_missing_accents(reader: Reader, question: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFD", question) if not unicodedata.combining(c))
    assert told(reader.read(plain)) == told(reader.read(question))


@settings(max_examples=60)
@given(asked)
def test_doubled_spaces_and_invisible_characters(reader: Reader, question: str) -> None:
    strewn = "\u200b".join(question.replace(" ", "   "))
    assert told(reader.read(f"  {strewn} \n")) == told(reader.read(question))


@settings(max_examples=30)
@given(asked)
def test_look_alike_letters(reader: Reader, question: str) -> None:
    assert told(reader.read(question.replace("a", "а").replace("o", "о"))) == told(reader.read(question))


@settings(max_examples=60)
@given(asked, st.data())
def test_a_light_typo_never_loosens(starter: Knowledge, reader: Reader, question: str, data: st.DataObject) -> None:
    words = question.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 9 and word.isalpha() and word.islower()]
    if not long:
        return
    place = data.draw(st.sampled_from(long))
    swap = data.draw(st.integers(2, len(words[place]) - 3))
    word = words[place]
    words[place] = word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :]
    before, after = reader.read(question), reader.read(" ".join(words))
    if before.use_case and after.use_case:
        first = judge(starter, before.use_case, before.data, before.tools).verdict
        second = judge(starter, after.use_case, after.data, after.tools).verdict
        assert second == first or second.strictness >= first.strictness or second.value not in ("mag", "mag_mits")


@pytest.mark.parametrize(
    "question",
    [
        "Mag ik een vergadring opnemen en laten transcriberen door AI?",
        "Mag AI solicitanten rangschikken?",
        "Mag ik ons klantnebestand uploaden in ChatGPT?",
    ],
)
def test_common_typos_are_understood(reader: Reader, question: str) -> None:
    assert reader.read(question).use_case in ("vergadering-opnemen", "cv-selectie", "klantenbestand")
