"""Different ways to type the same thing look the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.clauses import cut
from knowledge.matching.exclusions import find_excluded
from knowledge.matching.language import find_language
from knowledge.matching.normalising import clean, fold, split_words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ｍａｇ　ｄａｔ？", "Mag dat?"),
        ("w\u200bacht\u200bwoord", "wachtwoord"),
        ("wасhtwооrd", "wachtwoord"),
        ("<@U123> *mag* dit :smile:", "mag dit smile"),
        ("w a c h t w o o r d e n", "wachtwoorden"),
        ("<b>mag</b> dit", "mag dit"),
    ],
)
def test_clean(typed: str, read: str) -> None:
    assert clean(typed) == read


@given(st.text(max_size=200))
def test_cleaning_never_fails_and_leaves_single_spaces(text: str) -> None:
    assert "  " not in clean(text)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Mag ik dit vertalen?", "nl"),
        ("May I translate this?", "en"),
        ("is't oké da'k da doe", "nl"),
        ("Can ik dit laten doen?", "nl"),
        ("", "nl"),
    ],
)
def test_language(question: str, language: str) -> None:
    assert find_language(split_words(fold(question))) == language


def test_excluded_words_end_where_something_else_begins() -> None:
    words = ["zonder", "namen", "of", "adressen", "mag", "ik", "de", "lijst", "vertalen"]
    assert {words[place] for place in find_excluded(words)} == {"namen", "of", "adressen"}


def test_what_is_set_aside_says_nothing_about_the_deed() -> None:
    text = "Geen kandidaten beoordelen, alleen de vacature schrijven."
    passages = cut(text, split_words(fold(text)), (), ())
    assert passages.whole == "alleen de vacature schrijven"


def test_a_part_for_each_thing_asked() -> None:
    text = "Mag AI mijn verslag vertalen en de klacht van gisteren beantwoorden?"
    passages = cut(text, split_words(fold(text)), (), ())
    assert passages.parts == ("mag ai mijn verslag vertalen", "mag ai de klacht van gisteren beantwoorden")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("een rapport over <gezondheid van medewerkers>", "een rapport over gezondheid van medewerkers"),
        ("een rapport <!-- een medisch dossier -->", "een rapport !-- een medisch dossier --"),
        ("vertaald met :deepseek:", "vertaald met deepseek"),
        ("<b>vet</b> en <i>schuin</i><br/>klaar", "vet en schuin klaar"),
        ("vraag <@U0123ABC> in <#C0123ABC|algemeen> <!here>", "vraag in algemeen"),
        ("om 10:30:15 precies", "om 10:30:15 precies"),
    ],
)
def test_what_stands_between_brackets_or_colons_is_read(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_no_word_and_no_message_is_longer_than_reading_can_bear() -> None:
    assert max(map(len, split_words("a" * 10_000))) <= 60
    assert len(clean("\ufdfa" * 40_000)) <= 60_000
