"""Notices what an innocent deed is for: a formula that works out who has to leave is about leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.matching.lexicon import Lexicon, read_content
from knowledge.matching.patterns import Patterns
from knowledge.matching.people import people_words


class PurposeFinder:
    def __init__(self, lexicon: Lexicon) -> None:
        content = read_content("purposes.yaml")
        lists, purposes = content["lists"], content["purposes"]
        assert isinstance(lists, dict)
        assert isinstance(purposes, list)
        known = {**lists, "people": [word for word in people_words(lexicon) if " " not in word]}
        self._patterns: Mapping[str, Patterns] = {
            purpose["id"]: Patterns(purpose["patterns"], known) for purpose in purposes
        }

    def find(self, words: Sequence[str]) -> frozenset[str]:
        """What the words are for, beside the deed itself."""
        return frozenset(id for id, patterns in self._patterns.items() if patterns.find(words))
