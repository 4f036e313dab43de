"""Reads a mistyped word as the one word it must be, so that rows, data and tools are found all the same.

Only a word that nobody knows is looked at, and only one slip of the fingers is forgiven: two letters swapped, one
too many, one missing, or a wrong one. Where that leads to more than one word, or to none, the word stays as it is
and counts as unread; then a yes asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from knowledge.content import LANGUAGES, Knowledge
from knowledge.matching.cache import Cache
from knowledge.matching.dictionary import Dictionary, load_dictionary
from knowledge.matching.lexicon import Lexicon, read_content
from knowledge.matching.names import name_list
from knowledge.matching.normalising import LONGEST_WORD, fold, split_words
from knowledge.matching.purposes import purpose_words

_SHORTEST = 4
"""Shorter words lie too near to one another."""
_UNREAD_FROM = 5
_PART_FROM = 4
_HEAD_FROM = 3
_DIMINUTIVES = ("tjes", "tje", "jes", "je", "skes", "ske", "kes", "ke")
_MOST_LOOKED_AT = 100
"""More unknown words in one message are a flood, not typos: they stay unread."""
_MOST_REMEMBERED = 20_000
_WITH_DIGITS = re.compile(r"(?=.{4})(?=.*\d)(?=(?:.*[a-z]){2})[a-z0-9]+")
_DISGUISED = re.compile(r"[a-z]\d+[a-z]")
_DISGUISES = tuple(str.maketrans("0345781", f"oeastb{one}") for one in "il")
"""Digits that stand for letters: d33pseek."""
_LETTERS = re.compile(r"[a-z]+")
_ANY_WORD = re.compile(r"[^\W_]+(?:['.&+\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Spelled:
    words: list[str]
    """As many as were given, in the same places."""
    unread: frozenset[int]
    """Places of words that are no known word, nor surely a typo of one."""
    meant: Mapping[str, str]
    """What mistyped words were read as."""
    odd: Mapping[int, str]
    """Words that are in no list of words, as they were typed, by their place."""

    def mend(self, text: str) -> str:
        """The text they came from, mended too; except where a capital says that an odd word may be a name."""
        if not self.meant:
            return text
        all_capitals = text.isupper()

        def mend_word(found: re.Match[str]) -> str:
            typed = found.group()
            return self.meant.get(fold(typed), typed) if all_capitals or typed.islower() else typed

        return _ANY_WORD.sub(mend_word, text)


class Speller:
    def __init__(self, own: Collection[str], dictionary: Dictionary, whole: Collection[str] = ()) -> None:
        """`own`: words of this organisation and of the reading; a typo is read as one of these before any other.
        `whole`: words too, but no part of other ones."""
        self._own = frozenset(own)
        self._whole = frozenset(whole)
        self._dictionary = dictionary
        self._remembered: dict[str, str | None] = {}

    def with_words(self, words: Collection[str]) -> Speller:
        return Speller(self._own | frozenset(words), self._dictionary, self._whole)

    def read(self, words: list[str]) -> Spelled:
        unknown = [word for word in dict.fromkeys(words) if not self.knows(word)]
        meant = {word: self._remember(word) for word in unknown[:_MOST_LOOKED_AT]}
        meant |= dict.fromkeys(unknown[_MOST_LOOKED_AT:])
        read = [meant.get(word, word) for word in words]
        unread = frozenset(place for place, word in enumerate(read) if word is None)
        mended = {word: read_as for word, read_as in meant.items() if read_as not in (None, word)}
        odd = {place: word for place, word in enumerate(words) if word in meant}
        return Spelled([word or words[place] for place, word in enumerate(read)], unread, mended, odd)

    def knows(self, word: str) -> bool:
        known = word in self._own or word in self._whole or word in self._dictionary
        return known or len(word) < _SHORTEST

    def _remember(self, word: str) -> str | None:
        if word not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._correct(word)
        return self._remembered[word]

    def _correct(self, word: str) -> str | None:
        """The word itself when it is one, what it must have been, or None."""
        if len(word) > LONGEST_WORD:
            return None if word.isalpha() else word
        if not _LETTERS.fullmatch(word):
            return self._correct_parts(word)
        meant = self._find_meant(word, self._own.intersection)
        if meant is None and self._is_made_of_words(word):
            swapped = self._dictionary.which(sorted(set(_swapped(word))))
            return swapped[0] if len(swapped) == 1 else word
        meant = meant or self._find_meant(word, self._dictionary.which) or self._correct_compound(word)
        return meant or (word if len(word) < _UNREAD_FROM else None)

    def _correct_parts(self, word: str) -> str | None:
        """Joined by a hyphen or an apostrophe: each part is a word; with digits in it it is a name or a number,
        unless the digits stand for letters."""
        if _WITH_DIGITS.fullmatch(word):
            plain = (word.translate(table) for table in _DISGUISES)
            return next((one for one in plain if self._is_word(one)), None if _DISGUISED.search(word) else word)
        parts = re.split(r"([^a-z0-9]+)", word)
        return "".join(
            (self._correct(part) or part) if part.isalpha() and not self.knows(part) else part for part in parts
        )

    def _find_meant(self, word: str, known: Callable[[list[str]], Iterable[str]]) -> str | None:
        """One slip away: the likeliest kind of slip decides, as long as it leads to one word only."""
        for slip in (_swapped, _one_less, _one_more, _replaced):
            meant = {candidate for candidate in known(sorted(set(slip(word)))) if len(candidate) >= _SHORTEST}
            if meant:
                return meant.pop() if len(meant) == 1 else None
        return None

    def _find_any(self, word: str) -> str | None:
        return self._find_meant(word, self._own.intersection) or self._find_meant(word, self._dictionary.which)

    def _is_made_of_words(self, word: str) -> bool:
        """A compound or a diminutive that stands in no dictionary: bewonersdag, vergaderingske."""
        stems = [word.removesuffix(ending) for ending in _DIMINUTIVES if word.endswith(ending)]
        if any(len(stem) >= _PART_FROM and self.knows(stem) for stem in stems):
            return True
        cuts = range(_PART_FROM, len(word) - _HEAD_FROM + 1)
        return any(self._is_first(word[:cut]) and self._is_word(word[cut:]) for cut in cuts)

    def _correct_compound(self, word: str) -> str | None:
        """A known word and a slip in the other: klantenlisjt."""
        cuts = [(word[:end], word[end:]) for end in range(_PART_FROM, len(word) - _PART_FROM + 1)]
        meant = {
            first + read for first, second in cuts if self._is_first(first) and (read := self._find_any(second))
        }
        meant |= {
            read + second for first, second in cuts if self._is_word(second) and (read := self._find_any(first))
        }
        return meant.pop() if len(meant) == 1 else None

    def _is_first(self, word: str) -> bool:
        return self._is_word(word) or (word.endswith("s") and len(word) > _PART_FROM and self._is_word(word[:-1]))

    def _is_word(self, word: str) -> bool:
        return word in self._own or word in self._dictionary


def build_speller(knowledge: Knowledge, lexicon: Lexicon, vocabulary: Collection[str], cache: Cache) -> Speller:
    """`vocabulary`: words of all known texts."""
    names = [name for tool in knowledge.tools for name in (tool.name, *tool.aliases)]
    classes = knowledge.policy.data_classes
    signals = [signal for c in classes for language in LANGUAGES for signal in c.signals.get(language, ())]
    forms = [form for concept in lexicon.signals for group in concept.forms.values() for form in group]
    listed = [
        str(item)
        for file in ("words.yaml", "products.yaml")
        for items in read_content(file).values()
        if isinstance(items, list)
        for item in items
    ]
    own = {word for text in (*names, *signals, *forms, *listed) for word in split_words(fold(text))}
    own |= set(vocabulary) | name_list("names") | name_list("titles")
    return Speller(own, load_dictionary(cache), purpose_words())


def _swapped(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _one_less(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_more(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        for letter in ascii_lowercase:
            yield word[:place] + letter + word[place:]


def _replaced(word: str) -> Iterator[str]:
    for place in range(len(word)):
        for letter in ascii_lowercase:
            yield word[:place] + letter + word[place + 1 :]
