"""Which data classes the words reveal, and which they leave out."""

from __future__ import annotations

import pytest

from knowledge.content import DataKind, Knowledge
from knowledge.matching.data import DataReader, tie_kinds
from knowledge.matching.language import find_language
from knowledge.matching.lexicon import load_lexicon
from knowledge.matching.normalising import clean, fold, split_words


@pytest.fixture(scope="module")
def data(starter: Knowledge) -> DataReader:
    return DataReader(starter, load_lexicon())


def read(data: DataReader, question: str) -> tuple[str, ...]:
    words = split_words(fold(clean(question)))
    return data.read(words, find_language(words)).classes


@pytest.mark.parametrize(
    ("question", "classes"),
    [
        ("Mag ik een gedicht laten maken?", ()),
        ("een lijst met huisadressen", ("persoonsgegevens",)),
        ("het loonstrookje van mijn collega", ("persoonsgegevens",)),
        ("een huurcontractje nakijken", ("vertrouwelijk",)),
        ("het onderhandelingscontract", ("vertrouwelijk",)),
        ("de chemokuur van een klant", ("bijzonder",)),
        ("hoe Fatima het doet", ("persoonsgegevens",)),
        ("een brief aan mevrouw Pieterse", ("persoonsgegevens",)),
        ("onze handleiding", ("intern",)),
        ("een artikel van internet", ("openbaar",)),
        ("het nog niet openbaar gemaakte plan", ("vertrouwelijk",)),
        ("a passport scan", ("bijzonder",)),
        ("a list of home addresses", ("persoonsgegevens",)),
        ("de hiv-status van een verpleegkundige", ("bijzonder",)),
        ("wat een cv-ketel kost", ()),
        ("de loonschalen per naam", ("persoonsgegevens",)),
    ],
)
def test_revealed(data: DataReader, question: str, classes: tuple[str, ...]) -> None:
    assert read(data, question) == classes


@pytest.mark.parametrize(
    "question",
    [
        "zonder namen en adressen",
        "alles behalve de salarissen",
        "geen wachtwoorden erin",
        "without any names",
        "een brief herschrijven, de namen haal ik eruit",
        "een lijst, alle adressen heb ik eerst weggelaten",
        "ik laat de salarissen weg",
        "the report, I take the names out",
        "a list of which the addresses have been removed",
        "namen verzinnen voor ons schip",
        "een folder over diabetes",
        "een bot op onze website",
        "elke week een ander thema",
        "a report but not the part with salaries",
        "het verslag, niet het deel over ziekte",
    ],
)
def test_not_revealed(data: DataReader, question: str) -> None:
    assert read(data, question) == ()


@pytest.mark.parametrize(
    "question",
    [
        "mag AI de namen eruit halen",
        "can AI remove the names",
        "laat ik de namen staan",
        "ik haal de adressen op",
        "als de namen niet zijn verwijderd",
    ],
)
def test_what_somebody_else_takes_out_went_in(data: DataReader, question: str) -> None:
    assert read(data, question) == ("persoonsgegevens",)


def test_a_class_without_a_kind_is_tied_by_its_signals(hospital: Knowledge) -> None:
    tied = tie_kinds(hospital.policy.data_classes, load_lexicon())
    assert tied[DataKind.SPECIAL] == "rood"
    assert tied[DataKind.PERSONAL] == "oranje"
    assert tied[DataKind.PUBLIC] == "groen"
