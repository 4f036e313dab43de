"""All words of Dutch and English, so that a rare word is told from a typo; kept as numbers, for they are many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.content import LANGUAGES
from knowledge.matching.cache import Cache
from knowledge.matching.normalising import fold, split_words

_SOURCE = "dictionary-pyspellchecker-0.9-1"
_SHORTEST = 2


class Dictionary:
    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        """`numbers`: sorted, one for each word."""
        self._numbers = numbers

    def __contains__(self, word: str) -> bool:
        return bool(self.which([word]))

    def which(self, words: Sequence[str]) -> list[str]:
        """Those that are in it."""
        if not len(self._numbers) or not words:
            return []
        asked = _numbers_of(words)
        places = np.minimum(np.searchsorted(self._numbers, asked), len(self._numbers) - 1)
        return [word for word, there in zip(words, self._numbers[places] == asked, strict=True) if there]


def load_dictionary(cache: Cache) -> Dictionary:
    """Read from the package that brings it only once: that takes longer than all else at a start."""
    stored = cache.find(_SOURCE)
    if stored is None:
        stored = {"numbers": np.unique(_numbers_of(list(_words_of_the_package())))}
        cache.keep(_SOURCE, stored)
    return Dictionary(np.asarray(stored["numbers"], dtype=np.uint64))


def _words_of_the_package() -> Iterable[str]:
    from spellchecker import SpellChecker  # half a second and 60 MB: only where nothing was kept

    words = SpellChecker(language=list(LANGUAGES)).word_frequency.keys()
    return {part for word in words for part in split_words(fold(word)) if len(part) >= _SHORTEST}


def _numbers_of(words: Sequence[str]) -> NDArray[np.uint64]:
    digests = b"".join(hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, dtype=np.uint64)
