"""Tells in which language a question is asked: Dutch unless it is plainly English."""

from __future__ import annotations

from knowledge.content import Language
from knowledge.matching.lexicon import word_list


def find_language(words: list[str]) -> Language:
    both = word_list("english"), word_list("dutch")
    english, dutch = (sum(word in one - other for word in words) for one, other in (both, both[::-1]))
    return "en" if english > dutch else "nl"
