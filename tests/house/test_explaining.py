"""`prompt-club ask --explain` in a terminal: everything that was read, in the language of the question."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.commands.show_explanation import show_explanation
from bot.texts import WORDS
from knowledge.answers import Candidate, Outcome, Reading
from knowledge.content import UNKNOWN_TOOL, Knowledge, Language
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.explaining import Explanation, Meant

_READING = Reading(
    "de vraag",
    ("iban",),
    "nl",
    Outcome.CHOOSE,
    None,
    (Candidate("klacht", 0.71), Candidate("notulen", 0.004)),
    None,
    (),
    ("persoonsgegevens", "bijzonder"),
    ("gemini", UNKNOWN_TOOL),
    "Gemini, Snelschrijver",
    "Je vraag past bij meer dan één soort werk.",
)
_EXPLAINED = Explanation(
    reading=_READING,
    parts=("mag ik een klacht samenvatten", "mag ik hem ook versturen"),
    mended=(("klahct", "klacht"),),
    concepts=(Meant("tasks", "samenvatten", "samenvatten"), Meant("objects", "klacht", "bezwaar")),
    signals=(("[bold]mevrouw", "persoonsgegevens"), ("dossier", "persoonsgegevens")),
    left_out=("adres",),
    why="close",
    doubts=("stricter", "unread"),
    outside=0.25,
)


@pytest.fixture(scope="module")
def starter() -> Knowledge:
    return load(DEFAULT_FOLDER)


def drawn(knowledge: Knowledge, explanation: Explanation, width: int = 80, language: Language = "nl") -> str:
    console = Console(width=width, file=StringIO(), color_system=None)
    with console.capture() as captured:
        show_explanation(WORDS[language], knowledge, explanation, console)
    assert captured.get().strip()
    return captured.get()


def test_everything_that_was_read_is_said(starter: Knowledge) -> None:
    said = " ".join(drawn(starter, _EXPLAINED).split())
    for part in (
        "Zo las ik je vraag",
        "“klahct” las ik als “klacht”",
        "1. mag ik een klacht samenvatten",
        "Wat er gebeurt: samenvatten.",
        "Waarmee: klacht (“bezwaar”).",
        "persoonsgegevens, door “[bold]mevrouw” en “dossier”.",
        "bijzondere persoonsgegevens, door een rekeningnummer.",
        "Weggelaten: “adres”.",
        "Google Gemini.",
        "“Gemini, Snelschrijver” staat niet in ons overzicht",
        "71% Een klacht of bezwaar behandelen",
        "<1% Notulen",
        "25% iets anders",
        "strengere regel",
        "Ik kon niet alles lezen.",
        "Daarom laat ik liever kiezen wat er bedoeld is.",
    ):
        assert part in said, part


def test_it_is_said_in_english_too(starter: Knowledge) -> None:
    said = drawn(starter, _EXPLAINED, language="en")
    assert "This is how I read your question" in said
    assert "Daarom" not in said


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(starter: Knowledge, width: int) -> None:
    assert all(cell_len(line) <= width for line in drawn(starter, _EXPLAINED, width).splitlines())


def test_small_talk_is_weighed_against_no_row(starter: Knowledge) -> None:
    talk = replace(_READING, outcome=Outcome.SMALLTALK, data=(), tools=(), because="Hoi.")
    said = drawn(starter, replace(_EXPLAINED, reading=talk, signals=(), left_out=(), doubts=()))
    assert "%" not in said
    assert "Hoi." in said
