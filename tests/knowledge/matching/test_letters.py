"""The letters typed never change what is meant: case, accents, spaces, invisible characters, look-alikes, typos."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.reader import Reader
from knowledge.verdict import judge
from tests.knowledge.matching.conftest import QUESTIONS
from tests.knowledge.matching.scoring import read_questions

_ASKED = [
    entry["q"] for name in ("everyday", "hard", "fresh") for entry in read_questions(QUESTIONS / f"{name}.jsonl")
]
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


@st.composite
def typed_with_a_slip(draw: st.DrawFn) -> tuple[str, str]:
    """A question, and the same with two letters swapped, or one doubled, dropped or wrong, inside a longer word."""
    question = draw(asked)
    words = question.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha() and word.islower()]
    assume(long)
    place = draw(st.sampled_from(long))
    word = words[place]
    at = draw(st.integers(1, len(word) - 3))
    slips = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + word[at + 1 :],
    ]
    words[place] = draw(st.sampled_from(slips))
    return question, " ".join(words)


@settings(max_examples=150)
@given(typed_with_a_slip())
def test_a_typo_never_loosens(starter: Knowledge, reader: Reader, typed: tuple[str, str]) -> None:
    assert not _is_looser(starter, *map(reader.read, typed))


@pytest.mark.parametrize(
    ("meant", "typed"),
    [  # found by roaming: what was grey became allowed
        (
            "Can AI help me answer a complaint about a late parcel?",
            "Can AI help me answer a complanit about a late parcel?",
        ),
        (
            "Can AI help me answer a complaint about a late parcel?",
            "Can AI help me answer a compalint about a late parcel?",
        ),
        (
            "Een tool genaamd VertaalVlug voor onze handleiding, mag dat?",
            "Een tool gennaamd VertaalVlug voor onze handleiding, mag dat?",
        ),
        ("Can I make slides with a tool called DeckWizard?", "Can I make slides with a tool callled DeckWizard?"),
        (
            "Mag ik een rapport met gezondheidsgegevens samenvatten?",
            "Mag ik een rapport met gezondhiedsgegevens samenvatten?",
        ),
    ],
)
def test_a_typo_gives_the_same_answer(reader: Reader, meant: str, typed: str) -> None:
    assert told(reader.read(typed)) == told(reader.read(meant))


def test_nearly_every_typo_gives_the_same_answer(reader: Reader) -> None:
    """Not every one: "verslag" with a letter dropped may be another word."""
    random, same, asked_count = Random(3), 0, 0
    for question in _ASKED:
        words = question.split(" ")
        long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha() and word.islower()]
        for place in random.sample(long, min(1, len(long))):
            word, at = words[place], random.randrange(1, len(words[place]) - 2)
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            same += told(reader.read(" ".join(words))) == told(reader.read(question))
            asked_count += 1
    assert same / asked_count >= 0.97


def test_a_word_that_cannot_be_read_stops_a_yes(starter: Knowledge, reader: Reader) -> None:
    """It may be a typo of what makes the difference."""
    assert reader.read("Mag ik een rapport laten samenvatten?").use_case == "document-samenvatten"
    reading = reader.read("Mag ik een rapport over brzqwlk laten samenvatten?")
    assert reading.use_case is None
    assert reading.candidates[0].use_case == "document-samenvatten"


def _is_looser(knowledge: Knowledge, before: Reading, after: Reading) -> bool:
    """A yes where there was a stricter answer."""
    if not before.use_case or not after.use_case:
        return False
    first = judge(knowledge, before.use_case, before.data, before.tools).verdict
    second = judge(knowledge, after.use_case, after.data, after.tools).verdict
    return second.value in ("mag", "mag_mits") and second.strictness < first.strictness


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
