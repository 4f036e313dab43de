"""Finds the words a person leaves out: "zonder namen", "alles behalve de salarissen", "no names in it"."""

from __future__ import annotations

from knowledge.matching.lexicon import word_list

_REACH = 5


def find_excluded(words: list[str]) -> set[int]:
    """Places of the words that are said not to be there."""
    excluded: set[int] = set()
    openers, none_of = word_list("leaving_out"), word_list("none_of")
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in openers or (word in none_of and f"{word} {following}" not in word_list("no_exclusion")):
            excluded |= _reach(words, place + 1)
    return excluded


def _reach(words: list[str], first: int) -> set[int]:
    """From the opener to the next word that starts something else; "en" and "of" lists go on."""
    places: set[int] = set()
    for place in range(first, min(first + _REACH, len(words))):
        if words[place] in word_list("ends_exclusion"):
            break
        places.add(place)
    return places
