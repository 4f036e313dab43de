"""AI that goes without saying, questions that ask no leave, and data that just go into a tool."""

from __future__ import annotations

import pytest

from knowledge.answers import Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.matching.intent import asks_of_ai
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


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("mag ai de enquete uitwerken", True),
        ("enquete laten duiden door ai", True),
        ("kan ik iemand van het ai lab spreken", False),
        ("waar vind ik de ai enquete", False),
    ],
)
def test_what_ai_is_asked_to_do(said: str, asked: bool) -> None:
    assert asks_of_ai(said.split()) is asked


def test_a_survey_for_ai_to_work_out_is_no_survey_to_take_part_in(reader: Reader) -> None:
    worked_out = reader.read("Mag ik de enquête laten duiden door ChatGPT?")
    assert worked_out.candidates[0].use_case == "cijfers-analyseren"
    assert worked_out.outcome is not Outcome.SMALLTALK
    assert reader.read("Mag ik met AI de enquête invullen?").smalltalk == "survey"
