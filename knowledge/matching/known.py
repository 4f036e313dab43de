"""Every text the reading learns from: ways to say each row, small talk, and deeds that no row is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from knowledge.content import LANGUAGES, Knowledge
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.matching.cache import Cache, fingerprint
from knowledge.matching.lexicon import read_content, read_text
from knowledge.matching.normalising import squash
from knowledge.matching.smalltalk import load_smalltalk

_TALK = "talk:"
_DEED = "deed:"
_STARTER = "deed:office-"
_LEARNED_WITH = ("smalltalk.yaml", "deeds.yaml", "words.yaml", "products.yaml", "names.yaml")
"""Of the matching's own content, all that what is learned depends on."""


@dataclass(frozen=True, slots=True)
class Known:
    text: str
    label: str
    """A row's id, or what it is instead: talk:greeting, deed:triage."""


def is_row(label: str) -> bool:
    return not label.startswith((_TALK, _DEED))


def is_deed(label: str) -> bool:
    return label.startswith(_DEED)


def is_of_starter(label: str) -> bool:
    return label.startswith(_STARTER)


def gone(row: str) -> str:
    """What a row becomes that is no longer there: a deed nobody agreed on."""
    return f"{_DEED}gone-{row}"


def talk_of(label: str) -> str | None:
    """The group of small talk a label stands for."""
    return label.removeprefix(_TALK) if label.startswith(_TALK) else None


def known_texts(knowledge: Knowledge) -> list[Known]:
    """The organisation's own first; a line of the starter's that it uses itself is not told twice."""
    own = list(texts_of_rows(knowledge))
    told = {squash(item.text) for item in own}
    starter = [item for item in _of_starter() if squash(item.text) not in told]
    return [*own, *_of_small_talk(), *_of_deeds(), *starter]


def fingerprint_of_known(knowledge: Knowledge, cache: Cache) -> str:
    """Changes whenever what is learned from changes, and not when a verdict, a condition or a reason does."""
    own = (f"{item.label}\t{item.text}" for item in texts_of_rows(knowledge))
    names = (f"{tool.id}\t{name}" for tool in knowledge.tools for name in (tool.name, *tool.aliases))
    matching = (read_text(name) for name in _LEARNED_WITH)
    return fingerprint((*own, "tools", *names, "starter", _fingerprint_of_starter(cache), *matching))


def _fingerprint_of_starter(cache: Cache) -> str:
    """Of its texts; kept by what its files hold, since loading them takes most of a second."""
    files = (file.read_text(encoding="utf-8") for file in sorted(DEFAULT_FOLDER.glob("*.yaml")))
    name = f"starter-{fingerprint(files)}"
    kept = cache.find(name)
    if kept is None:
        kept = {"texts": np.array(fingerprint(f"{item.label}\t{item.text}" for item in _of_starter()))}
        cache.keep(name, kept)
    return str(kept["texts"])


def texts_of_rows(knowledge: Knowledge) -> Iterable[Known]:
    for row in knowledge.use_cases:
        phrasings = knowledge.phrasings.get(row.id, {})
        told = [
            text
            for language in LANGUAGES
            for text in (
                row.title.in_language(language),
                *row.examples.get(language, ()),
                *phrasings.get(language, ()),
            )
        ]
        yield from (Known(text, row.id) for text in dict.fromkeys(told))


def _of_starter() -> Iterable[Known]:
    """The starter's rows are deeds of office life, to an organisation that has other rows."""
    for item in texts_of_rows(load(DEFAULT_FOLDER)):
        yield Known(item.text, _STARTER + item.label)


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
