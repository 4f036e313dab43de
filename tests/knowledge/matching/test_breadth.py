"""A question that names no work gets a question back, and no row."""

from __future__ import annotations

import pytest

from knowledge.answers import Outcome
from knowledge.matching.reader import Reader


@pytest.mark.parametrize(
    "question",
    [
        "Mag ik AI gebruiken op mijn werk?",
        "Mag ik Copilot gebruiken voor mijn werk",
        "mag ik chatgpt gebruiken",
        "is AI toegestaan bij ons?",
        "hoi, mogen we hier iets doen met Gemini?",
        "Are we allowed to use ChatGPT here?",
        "Copilot, mag dat?",
        "MAG IK AI GEBURIKEN?",
    ],
)
def test_too_broad(reader: Reader, hospital_reader: Reader, question: str) -> None:
    for asked in (reader, hospital_reader):
        reading = asked.read(question)
        assert (reading.outcome, reading.smalltalk) == (Outcome.SMALLTALK, "too_broad")


@pytest.mark.parametrize(
    "question",
    [
        "Mag ik mijn eigen ChatGPT gebruiken op mijn werk?",
        "Mag ik AI gebruiken voor een presentatie?",
        "Wat is AI?",
        "Hoe werkt Copilot?",
        "Mag ik hier werken?",
    ],
)
def test_not_too_broad(reader: Reader, question: str) -> None:
    assert reader.read(question).smalltalk != "too_broad"
