"""A mistyped word is read as the one word it must be; a rare word stays what it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.matching.cache import Cache
from knowledge.matching.dictionary import Dictionary, load_dictionary
from knowledge.matching.spelling import Speller

OWN = {"sollicitanten", "klantenbestand", "vergadering", "verzuim", "gemini", "opnemen"}


@pytest.fixture(scope="module")
def speller(kept: Path) -> Speller:
    return Speller(OWN, load_dictionary(Cache(kept)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("solicitanten", "sollicitanten"),
        ("klantnebestand", "klantenbestand"),
        ("vergaderring", "vergadering"),
        ("verzuom", "verzuim"),
        ("gemiin", "gemini"),
        ("huurachterstnad", "huurachterstand"),  # not our word, but a word
        ("klantenlisjt", "klantenlijst"),
        ("privacybeeid", "privacybeleid"),
        ("genamad", "genaamd"),  # and no compound of two short words
    ],
)
def test_one_slip_is_forgiven(speller: Speller, typed: str, read: str) -> None:
    assert speller.read([typed]).words == [read]


@pytest.mark.parametrize(
    "word", ["bewonersdag", "vergaderingske", "slaan", "verzuimen", "q3", "gpt-4o", "ai", "e-mailen", "kerstpakket"]
)
def test_what_is_a_word_stays(speller: Speller, word: str) -> None:
    spelled = speller.read([word])
    assert (spelled.words, spelled.unread) == ([word], frozenset())


def test_what_may_be_several_words_or_none_stays_unread(speller: Speller) -> None:
    assert speller.read(["een", "qwrtplk", "maken"]).unread == {1}


def test_a_flood_of_unknown_words_is_left_unread(speller: Speller) -> None:
    flood = [f"zzq{'x' * count}" for count in range(3, 303)]
    assert len(speller.read(flood).unread) == 300


def test_the_text_is_mended_but_a_name_keeps_its_letters(speller: Speller) -> None:
    text = "een vergadring met Vergadring"
    spelled = speller.read(text.lower().split())
    assert spelled.mend(text) == "een vergadering met Vergadring"


def test_an_empty_dictionary_knows_nothing() -> None:
    assert "woord" not in Dictionary(np.zeros(0, dtype=np.uint64))


def test_digits_that_stand_for_letters(speller: Speller) -> None:
    spelled = speller.read(["g3m1ni", "s0ll1citanten", "b0nkz1p", "4daags", "covid19"])
    assert spelled.words == ["gemini", "sollicitanten", "b0nkz1p", "4daags", "covid19"]
    assert spelled.unread == {2}
