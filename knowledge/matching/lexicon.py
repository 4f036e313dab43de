"""The words of office life that mean the same: tasks, objects, audiences and signals about data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.content import LANGUAGES, DataKind, Language

_FOLDER = Path(__file__).parent
_PEOPLE = frozenset({"customer", "colleague", "applicant", "patient", "pupil", "citizen"})
_NONE = "none"
"""Class of forms that look like a signal and are none."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning with the forms that say it, e.g. summarise: samenvatten, in het kort, gist."""

    id: str
    group: str
    """tasks, objects, audiences or signals."""
    forms: Mapping[Language, tuple[str, ...]]
    kind: DataKind | None = None
    """Of a signal: what it says about the data."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    concepts: tuple[Concept, ...]
    ambiguous: frozenset[str]

    @property
    def signals(self) -> tuple[Concept, ...]:
        return tuple(concept for concept in self.concepts if concept.kind)

    @property
    def people(self) -> tuple[Concept, ...]:
        """Those a deed may be about: customers, colleagues, patients."""
        return tuple(concept for concept in self.concepts if concept.id in _PEOPLE)


def read_text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def read_content(name: str) -> Mapping[str, object]:
    """A YAML file of the matching's own; they ship with the package, so a wrong one is a bug."""
    content = yaml.load(read_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(content, dict)
    return content


@cache
def word_list(name: str) -> frozenset[str]:
    """One list of words.yaml."""
    words = read_content("words.yaml")[name]
    assert isinstance(words, list)
    return frozenset(map(str, words))


@cache
def load_lexicon() -> Lexicon:
    content = read_content("lexicon.yaml")
    concepts = []
    for group in ("tasks", "objects", "audiences", "signals"):
        entries = content[group]
        assert isinstance(entries, list)
        for entry in entries:
            forms = {language: tuple(entry.get(language, ())) for language in LANGUAGES}
            kind = DataKind(entry["class"]) if entry.get("class", _NONE) != _NONE else None
            concepts.append(Concept(entry["id"], group, forms, kind))
    ambiguous = content["ambiguous"]
    assert isinstance(ambiguous, list)
    return Lexicon(tuple(concepts), frozenset(ambiguous))
