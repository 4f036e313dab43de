"""Every text the reading learns from: ways to say each row, small talk, and deeds that no row is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.content import LANGUAGES, Knowledge
from knowledge.matching.lexicon import read_content
from knowledge.matching.smalltalk import load_smalltalk

_TALK = "talk:"
_DEED = "deed:"


@dataclass(frozen=True, slots=True)
class Known:
    text: str
    label: str
    """A row's id, or what it is instead: talk:greeting, deed:triage."""


def is_row(label: str) -> bool:
    return not label.startswith((_TALK, _DEED))


def is_deed(label: str) -> bool:
    return label.startswith(_DEED)


def talk_of(label: str) -> str | None:
    """The group of small talk a label stands for."""
    return label.removeprefix(_TALK) if label.startswith(_TALK) else None


def known_texts(knowledge: Knowledge) -> list[Known]:
    return [*_of_rows(knowledge), *_of_small_talk(), *_of_deeds()]


def _of_rows(knowledge: Knowledge) -> Iterable[Known]:
    for row in knowledge.use_cases:
        phrasings = knowledge.phrasings.get(row.id, {})
        for language in LANGUAGES:
            yield Known(row.title.in_language(language), row.id)
            for text in (*row.examples.get(language, ()), *phrasings.get(language, ())):
                yield Known(text, row.id)


def _of_small_talk() -> Iterable[Known]:
    for group, lines in load_smalltalk().items():
        for line in lines:
            yield Known(line, _TALK + group)


def _of_deeds() -> Iterable[Known]:
    deeds = read_content("deeds.yaml")["deeds"]
    assert isinstance(deeds, list)
    for deed in deeds:
        for language in LANGUAGES:
            for line in deed.get(language, ()):
                yield Known(line, _DEED + deed["id"])
