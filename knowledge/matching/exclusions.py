"""Finds the words a person leaves out: "zonder namen", "no names in it", "de adressen haal ik eruit"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.matching.lexicon import word_list

_REACH = 5
_TAKE = r"(?:haal|haalde|laat|liet|gooi|gooide|knip|streep|schrap|verwijder|anonimiseer)"
_OUT = r"(?:eruit|eraf|weg|achterwege|door|eerst|zelf|vooraf|er)"
_GONE = (
    r"(?:eruit|uitgehaald|weggehaald|weggelaten|verwijderd|geschrapt|weggestreept|zwartgemaakt|geanonimiseerd|"
    r"onherkenbaar)"
)
_GONE_EN = r"(?:removed|stripped|deleted|anonymised|anonymized|redacted|blanked|left out|taken out|cut out)"
# Only what people do themselves: "mag AI de namen eruit halen" puts them in first.
_TAKEN_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<what>\S+(?: \S+){{0,2}}) {_TAKE} (?:ik|we|wij)(?: {_OUT})+",
        rf"\b(?:ik|we|wij) {_TAKE} (?P<what>(?!ai )\S+(?: \S+){{0,4}}?) {_OUT}\b",
        rf"(?P<what>\S+(?: \S+){{0,2}}) (?:zijn|is|heb ik|hebben we)(?: er| al| allemaal| eerst| zelf)* {_GONE}\b",
        r"\b(?:i|we)(?: will| 'll)? (?:leave|left|take|took|cut) out (?P<what>\S+(?: \S+){0,3})",
        r"\b(?:i|we)(?: will| 'll)? (?:leave|left|take|took|cut) (?P<what>\S+(?: \S+){0,3}?) out\b",
        r"\b(?:i|we)(?: will| 'll)? (?:remove|removed|strip|stripped|delete|deleted) (?P<what>\S+(?: \S+){0,3})",
        rf"(?P<what>\S+(?: \S+){{0,2}}) (?:is|are|were|was|(?:have|has) been)(?: all| already)* {_GONE_EN}\b",
    )
)
_NOT_THE_PART = re.compile(
    r"\b(?:niet|not) (?:het|de|the) (?:deel|stuk|gedeelte|hoofdstuk|kolom|tabblad|part|bit|section|column|sheet)s? "
    r"(?:met|over|with|about|on) (?P<what>\S+(?: \S+){0,2})"
)


def find_excluded(words: list[str]) -> set[int]:
    """Places of the words that are said not to be there."""
    excluded: set[int] = set()
    openers, none_of = word_list("leaving_out"), word_list("none_of")
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in openers or (word in none_of and f"{word} {following}" not in word_list("no_exclusion")):
            excluded |= _reach(words, place + 1)
    return excluded.union(_find_taken_out(words))


def _find_taken_out(words: list[str]) -> Iterator[int]:
    text = " ".join(words)
    said = [found for pattern in _TAKEN_OUT for found in pattern.finditer(text)]
    meant = [found for found in said if word_list("denial").isdisjoint(found.group().split())]
    for found in (*meant, *_NOT_THE_PART.finditer(text)):
        first = text.count(" ", 0, found.start("what"))
        yield from range(first, first + found["what"].count(" ") + 1)


def _reach(words: list[str], first: int) -> set[int]:
    """From the opener to the next word that starts something else; "en" and "of" lists go on."""
    places: set[int] = set()
    for place in range(first, min(first + _REACH, len(words))):
        if words[place] in word_list("ends_exclusion"):
            break
        places.add(place)
    return places
