"""Notices a tool from elsewhere that has no name: "dat gratis appje", "een AI die ik op internet vond"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.matching.lexicon import read_content, word_list
from knowledge.matching.patterns import Match, Patterns, Tagger


class VagueToolFinder:
    def __init__(self) -> None:
        content = read_content("vague_tools.yaml")
        lists, patterns, likened = content["lists"], content["patterns"], content["likened"]
        assert isinstance(lists, dict)
        assert isinstance(patterns, list)
        assert isinstance(likened, list)
        tagger = Tagger(lists)
        self._patterns, self._likened = Patterns(patterns, tagger), Patterns(likened, tagger)

    def find(self, words: Sequence[str], named: Collection[int]) -> str | None:
        """In the person's own words. `named`: places of tools that have a name."""
        for found in self._patterns.find_all(words):
            if not _is_unused(found, words) and not _is_said_of(found, words, named):
                return " ".join(words[found.first : found.end])
        for found in self._likened.find_all(words):
            if {found.end - 1, found.end, found.end + 1} & set(named):
                return " ".join(words[found.first : found.end + 1])
        return None


def _is_unused(found: Match, words: Sequence[str]) -> bool:
    """ "niet met dat gratis appje", "een tekst over een gratis app"."""
    before = words[max(0, found.first - 3) : found.first]
    turned_down = any(" ".join(before).endswith(phrase) for phrase in word_list("turning_down"))
    return turned_down or not word_list("is_about").isdisjoint(before[-2:])


def _is_said_of(found: Match, words: Sequence[str], named: Collection[int]) -> bool:
    """ "ChatGPT, die gratis app op mijn telefoon": the same tool, unless something joins the two."""
    for place in named:
        between = words[min(place, found.end) : max(place, found.first)]
        if word_list("joining_tools").isdisjoint(between):
            return True
    return False
