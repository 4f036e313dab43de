"""Turns texts into weighed letter groups and words, the rare ones weighing more (TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cache import Arrays
from knowledge.matching.postings import Rows

Parts = Callable[[str], Iterable[str]]
_SHORTEST, _LONGEST = 2, 5


def letter_groups(text: str) -> Iterable[str]:
    """Groups of letters within words, a space standing for a word's edge."""
    return chain.from_iterable(map(_groups_of, text.split()))


@lru_cache(maxsize=4096)
def _groups_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    lengths = range(_SHORTEST, min(_LONGEST, len(padded) - 1) + 1)
    groups = [padded[start : start + length] for length in lengths for start in range(len(padded) - length + 1)]
    return (*groups, padded) if len(padded) <= _LONGEST else tuple(groups)


def words_and_pairs(text: str) -> Iterable[str]:
    words = text.split()
    yield from words
    yield from map(" ".join, pairwise(words))


class WordWeights:
    """Fitted on the texts to compare with; the weights of a text have length one, so a product is a cosine."""

    def __init__(self, parts: Parts, kept: Sequence[str], rarity: NDArray[np.float32]) -> None:
        self._parts = parts
        self._places = {part: place for place, part in enumerate(kept, start=1)}
        """Counted from one, so that none is taken for "not there"."""
        self._rarity = rarity

    def __len__(self) -> int:
        return len(self._places)

    @classmethod
    def fit(cls, parts: Parts, texts: Sequence[str], *, at_least: int = 1, at_most: float = 1.0) -> WordWeights:
        """Keeps the parts that stand in at least so many texts, and in at most such a share of them."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(parts(text)))
        kept = [part for part, count in counts.items() if at_least <= count <= at_most * len(texts)]
        seen = np.array([counts[part] for part in kept], dtype=np.float32)
        return cls(parts, kept, (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32))

    def arrays(self) -> Arrays:
        return {"kept": np.array("\n".join(self._places)), "rarity": self._rarity}

    @classmethod
    def of_arrays(cls, parts: Parts, arrays: Arrays) -> WordWeights:
        return cls(parts, str(arrays["kept"]).split("\n"), arrays["rarity"])

    def weigh(self, texts: Sequence[str]) -> Rows:
        parts: list[int] = []
        times: list[int] = []
        ends = [0]
        for text in texts:
            counted = Counter(filter(None, map(self._places.get, self._parts(text))))
            parts.extend(counted)
            times.extend(counted.values())
            ends.append(len(parts))
        found = np.array(parts, dtype=np.int32) - 1
        weights = (1 + np.log(np.array(times, dtype=np.float32))) * self._rarity[found]
        lengths = np.diff(np.array(ends))
        rows = np.repeat(np.arange(len(texts)), lengths)
        long = np.sqrt(np.bincount(rows, weights**2, minlength=len(texts)))
        return Rows(found, (weights / long[rows]).astype(np.float32), lengths)
