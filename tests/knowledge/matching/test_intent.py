"""AI that goes without saying, questions that ask no leave, and data that just go into a tool."""

from __future__ import annotations

import pytest

from knowledge.answers import Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.matching.reader import Reader
from knowledge.verdict import judge


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Mag ik een e-mail laten herschrijven?", "klantmail"),
        ("mag ik een mail laten schrijven", "klantmail"),
        ("Am I allowed to have a picture made for the lunch menu?", "beeld-maken"),
    ],
)
def test_whoever_lets_it_be_done_is_ai(reader: Reader, question: str, row: str) -> None:
    reading = reader.read(question)
    assert reading.outcome in (Outcome.ANSWER, Outcome.CHOOSE)
    assert row in {candidate.use_case for candidate in reading.candidates}


@pytest.mark.parametrize("question", ["Mag ik mijn band laten plakken?", "Can I have my coat cleaned?"])
def test_what_is_let_be_done_may_well_be_something_else(reader: Reader, question: str) -> None:
    assert reader.read(question).outcome in (Outcome.SMALLTALK, Outcome.HANDOVER)


def test_a_yes_is_no_answer_to_how(starter: Knowledge, reader: Reader) -> None:
    asked, told = (
        reader.read("Mag ik een brief vertalen met Copilot?"),
        reader.read("Hoe vertaal ik een brief met Copilot?"),
    )
    assert asked.use_case == "tekst-vertalen"
    assert judge(starter, asked.use_case, asked.data, asked.tools).verdict is Verdict.MAG_MITS
    assert told.use_case is None


@pytest.mark.parametrize(
    "question",
    [
        "mag ik medische gegevens in Copilot zetten?",
        "mag ik klantgegevens in ChatGPT plakken?",
        "can I paste confidential stuff into Gemini?",
        "Mag ik namen en adressen in DeepSeek zetten?",
    ],
)
def test_data_no_row_lets_into_the_tool(starter: Knowledge, reader: Reader, question: str) -> None:
    reading = reader.read(question)
    assert reading.use_case is not None
    assert judge(starter, reading.use_case, reading.data, reading.tools).verdict is Verdict.MAG_NIET


def test_data_that_some_rows_let_in_are_offered(reader: Reader) -> None:
    assert reader.read("mag ik vertrouwelijke stukken in chatgpt zetten").use_case is None
