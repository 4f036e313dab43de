"""The lists of given names, titles and things that are about someone."""

from __future__ import annotations

from functools import cache

from knowledge.matching.lexicon import read_content


@cache
def name_list(name: str) -> frozenset[str]:
    words = read_content("names.yaml")[name]
    assert isinstance(words, list)
    return frozenset(map(str, words))


def given_names() -> frozenset[str]:
    return name_list("names")
