"""A row gives no yes for what its own texts never speak of: what it is for, about whom, a word of a strict row."""

from __future__ import annotations

import pytest

from knowledge.answers import Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.matching.lexicon import load_lexicon
from knowledge.matching.patterns import Patterns, Tagger
from knowledge.matching.people import PeopleFinder
from knowledge.matching.purposes import PurposeFinder
from knowledge.matching.reader import Reader
from knowledge.verdict import judge

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ontsla*", "wie wordt er ontslagen", True),
        ("*volgsysteem", "een leerlingvolgsysteem", True),
        ("volg* ... {people}", "volg heel goed onze medewerkers", True),
        ("volg* ... {people}", "volg een twee drie vier vijf zes medewerkers", False),
        ("wie|who weg", "who weg", True),
        ("mail van een? {people}", "mail van medewerkers", True),
        ("ontsla", "ontslagen", False),
    ],
)
def test_a_pattern(pattern: str, text: str, found: bool) -> None:
    patterns = Patterns([pattern], Tagger({"people": ["medewerker*"]}))
    assert (patterns.find(text.split()) is not None) is found


def test_where_a_pattern_was_found() -> None:
    found = Patterns(["volg* ... {people}"], Tagger({"people": ["team"]})).find(
        ["mag", "ai", "volgen", "hoe", "mijn", "team"]
    )
    assert found is not None
    assert (found.first, found.end) == (2, 6)


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        Patterns(["volg* {nobody}"], Tagger({}))


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("een formule die uitrekent wie er weg moet", "dismiss"),
        ("een macro die bijhoudt wanneer collega's pauze nemen", "monitor"),
        ("a script that ranks our applicants", "rank"),
        ("zonder dat ze het weten", "covert"),
        ("zonder dat iemand het naleest", "unseen"),
    ],
)
def test_what_a_deed_is_for(text: str, purpose: str) -> None:
    assert purpose in PurposeFinder(load_lexicon()).find(text.split())


def test_ordinary_work_is_for_nothing_in_particular() -> None:
    finder = PurposeFinder(load_lexicon())
    for text in ("een mail aan mijn team over de lunch", "summarise a report for my boss", "een formule voor btw"):
        assert finder.find(text.split()) == frozenset()


@pytest.mark.parametrize(
    "question",
    [
        "Mag ik een formule laten maken die uitrekent wie er weg moet?",
        "May AI write a macro that tracks when colleagues take a break?",
        "Mag AI een presentatie maken over welke collega's niet presteren?",
        "Mag AI mij leren hoe ik stiekem een collega volg?",
    ],
)
def test_an_innocent_form_wins_no_yes(starter: Knowledge, reader: Reader, question: str) -> None:
    reading = reader.read(question)
    if reading.outcome is Outcome.ANSWER and reading.use_case:
        assert judge(starter, reading.use_case, reading.data, reading.tools).verdict not in _PERMISSIVE
    if reading.outcome is Outcome.CHOOSE:
        offered = [judge(starter, c.use_case, reading.data, reading.tools).verdict for c in reading.candidates]
        assert not set(offered) <= set(_PERMISSIVE)


def test_a_word_of_a_row_that_never_says_yes_holds_a_milder_one_back(housing_reader: Reader) -> None:
    reading = housing_reader.read("Mag AI een ontruimingsbrief schrijven aan een huurder?")
    assert reading.outcome is Outcome.CHOOSE
    assert reading.candidates[0].use_case == "h05"


def test_a_row_may_say_yes_to_what_its_own_texts_speak_of(hospital_reader: Reader) -> None:
    """There a letter about "ontslag" is what a patient takes home."""
    assert hospital_reader.read("Mag AI een ontslagbrief schrijven voor de huisarts?").use_case == "ontslag-brief"
    assert hospital_reader.read("Wie werkt met kerst, mag AI dat verdelen?").use_case == "dienstrooster"


@pytest.mark.parametrize(
    ("text", "someone"),
    [
        ("notities over het gezin yilmaz", True),
        ("een rapport over huurder de vries", True),
        ("de schulden van de familie bakker", True),
        ("een verslag over een collega", True),
        ("een recept van de bakker", False),
        ("een mail aan een klant", False),
    ],
)
def test_who_can_be_recognised(text: str, someone: bool) -> None:
    assert bool(PeopleFinder(load_lexicon()).find(text.split())) is someone


def test_a_name_in_care() -> None:
    people = PeopleFinder(load_lexicon())
    assert people.speaks_of_care(["een", "memo", "over", "mevrouw", "jansen", "op", "kamer", "12"])
    assert people.speaks_of_care(["oefenvragen", "over", "de", "opname", "van", "karel"])
    assert not people.speaks_of_care(["een", "mail", "van", "karin", "over", "de", "vergadering"])
