"""Notices what an innocent deed is for: a formula that works out who has to leave is about leaving."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from knowledge.matching.cache import Cache, fingerprint
from knowledge.matching.lexicon import Lexicon, read_content, read_text
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.patterns import Patterns, Tagger
from knowledge.matching.people import people_words

_VERSION = "1"
_ANY_WORD = re.compile(r"(?<![*{\w])[a-z]{4,}\*?(?![}\w])")
_MOST_REMEMBERED = 5_000
"""Of more texts than this, those of the rows at hand are looked at when a question asks for it."""


class PurposeFinder:
    def __init__(self, lexicon: Lexicon) -> None:
        content = read_content("purposes.yaml")
        lists, purposes = content["lists"], content["purposes"]
        assert isinstance(lists, dict)
        assert isinstance(purposes, list)
        people = [word for word in people_words(lexicon) if " " not in word]
        self._tagger = Tagger({**lists, "people": people})
        self._patterns = {one["id"]: Patterns(one["patterns"], self._tagger) for one in purposes}
        self._of_texts: dict[str, frozenset[str]] = {}

    def find(self, words: Sequence[str]) -> frozenset[str]:
        """What the words are for, beside the deed itself."""
        tagged = self._tagger.tag(words)
        return frozenset(id for id, patterns in self._patterns.items() if patterns.are_in(tagged))

    def find_in_text(self, text: str) -> frozenset[str]:
        """Of a text that is known, so that it is asked often."""
        if text not in self._of_texts:
            self._of_texts[text] = self.find(split_words(fold(clean(text))))
        return self._of_texts[text]

    def make_ready(self, texts: Sequence[str], cache: Cache) -> None:
        """Looks at all of these once and for all; kept on disk, since it takes most of a second."""
        if len(texts) > _MOST_REMEMBERED:
            return
        content = (read_text(name) for name in ("purposes.yaml", "persons.yaml", "lexicon.yaml"))
        name = f"purposes-{fingerprint((_VERSION, *content, *texts))}"
        kept = cache.find(name)
        if kept is None:
            found = [" ".join(sorted(self.find_in_text(text))) for text in texts]
            cache.keep(name, {"found": np.array("\n".join(found))})
            return
        for text, line in zip(texts, str(kept["found"]).split("\n"), strict=True):
            self._of_texts[text] = frozenset(line.split())


def purpose_words() -> frozenset[str]:
    """Every word of the patterns: "nepreviews" stands in no dictionary, and is no typo."""
    purposes = read_content("purposes.yaml")["purposes"]
    assert isinstance(purposes, list)
    said = {word for one in purposes for pattern in one["patterns"] for word in _ANY_WORD.findall(fold(pattern))}
    begun = {word.removesuffix("*") for word in said if word.endswith("*")}
    whole = {word for word in said if word.isalpha()}
    return frozenset(whole | begun | {f"{word}s" for word in begun})
