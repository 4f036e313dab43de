"""Finds phrases with gaps among the words of a message, written as one would say them: "bijhouden ... wie".

In a pattern a word may end or begin in * (ontsla*), a|b is either of two words, ... stands for up to five words,
{people} for any word of the list that is called so, and a question mark behind a word says that it may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.normalising import fold

_GAP = r"(?: \S+){0,5}"
_LIST = re.compile(r"\{(\w+)\}\??")


@dataclass(frozen=True, slots=True)
class Match:
    """words[first:end] are what was found."""

    first: int
    end: int


class Patterns:
    """Several patterns looked for at once."""

    def __init__(self, patterns: Collection[str], lists: Mapping[str, Iterable[str]] | None = None) -> None:
        used = {name for pattern in patterns for name in _LIST.findall(pattern)}
        self._lists = {name: re.compile(_one_of(words)) for name, words in (lists or {}).items() if name in used}
        self._found = re.compile(rf"(?:{'|'.join(map(_compile, patterns))})(?= )")

    def find(self, words: Sequence[str]) -> Match | None:
        """The first one, wherever it stands."""
        return next(self.find_all(words), None)

    def find_all(self, words: Sequence[str]) -> Iterator[Match]:
        text = "".join(f" {word}{self._tag(word)}" for word in words) + " "
        for found in self._found.finditer(text):
            first = text.count(" ", 0, found.start())
            yield Match(first, first + found.group().count(" "))

    def _tag(self, word: str) -> str:
        """Behind each word the lists it is in: looking there is quicker than trying every word of a list."""
        return "".join(f"/{name}" for name, listed in self._lists.items() if listed.fullmatch(word))


def _compile(pattern: str) -> str:
    return "".join(_compile_word(word) for word in pattern.split())


def _compile_word(word: str) -> str:
    if word == "...":
        return _GAP
    named = _LIST.fullmatch(word)
    said = rf"[^ /]*(?:/\w+)*/{named[1]}(?:/\w+)*" if named else rf"{_one_of(word.rstrip('?').split('|'))}(?:/\w+)*"
    return f"(?: {said})?" if word.endswith("?") else f" {said}"


def _one_of(words: Iterable[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word).replace(re.escape('*'), '[^ /]*') for word in folded)})"
