"""Finds phrases with gaps among the words of a message, written as one would say them: "bijhouden ... wie".

In a pattern a word may end or begin in * (ontsla*), a|b is either of two, ... stands for up to five words,
{people} any word of the list of that name, and a question mark behind a word says that it may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.normalising import fold

_GAP = r"(?: \S+){0,5}"
_MOST_REMEMBERED = 20_000
_TAGS = r"(?:/\w+)*"
_LIST = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """words[first:end] are what was found."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Listed:
    words: frozenset[str]
    begun_or_ended: re.Pattern[str]
    """Those of which a part may be anything."""

    @classmethod
    def of(cls, words: Iterable[str]) -> _Listed:
        folded = {fold(word) for word in words}
        open_ended = sorted(_escape(word) for word in folded if "*" in word)
        return cls(frozenset(folded), re.compile("|".join(open_ended) or "(?!)"))

    def holds(self, word: str) -> bool:
        return word in self.words or self.begun_or_ended.fullmatch(word) is not None


class Tagger:
    """Writes behind each word the lists it is in: looking there is quicker than trying every word of a list."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = {name: _Listed.of(words) for name, words in lists.items()}
        self._tagged: dict[str, str] = {}

    def tag(self, words: Sequence[str]) -> str:
        if len(self._tagged) > _MOST_REMEMBERED:
            self._tagged.clear()
        for word in words:
            if word not in self._tagged:
                lists = (f"/{name}" for name, listed in self._lists.items() if listed.holds(word))
                self._tagged[word] = f" {word}{''.join(lists)}"
        return "".join(self._tagged[word] for word in words) + " "

    def knows(self, name: str) -> bool:
        return name in self._lists


class Patterns:
    """Several patterns looked for at once."""

    def __init__(self, patterns: Collection[str], tagger: Tagger) -> None:
        unknown = [name for pattern in patterns for name in _LIST.findall(pattern) if not tagger.knows(name)]
        if unknown:
            raise KeyError(f"no list is called {unknown[0]}")
        self._tagger = tagger
        self._found = re.compile(rf"(?:{'|'.join(map(_compile, patterns))})(?= )")

    def find(self, words: Sequence[str]) -> Match | None:
        """The first one, wherever it stands."""
        return next(self.find_all(words), None)

    def find_all(self, words: Sequence[str]) -> Iterator[Match]:
        text = self._tagger.tag(words)
        for found in self._found.finditer(text):
            first = text.count(" ", 0, found.start())
            yield Match(first, first + found.group().count(" "))

    def are_in(self, tagged: str) -> bool:
        return self._found.search(tagged) is not None


def _compile(pattern: str) -> str:
    return "".join(_compile_word(word) for word in pattern.split())


def _compile_word(word: str) -> str:
    if word == "...":
        return _GAP
    said = "|".join(_compile_one(one) for one in word.removesuffix("?").split("|"))
    return f"(?: (?:{said}){_TAGS})?" if word.endswith("?") else f" (?:{said}){_TAGS}"


def _compile_one(word: str) -> str:
    named = _LIST.fullmatch(word)
    return rf"[^ /]*{_TAGS}/{named[1]}" if named else _escape(word)


def _escape(word: str) -> str:
    return re.escape(fold(word)).replace(re.escape("*"), "[^ /]*")
