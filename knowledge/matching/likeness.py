"""How alike a question and every known text are: by meaning (the encoder) and by letters and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cache import Arrays
from knowledge.matching.encoder import Encoder, Vectors
from knowledge.matching.postings import Postings
from knowledge.matching.wordweights import Parts, WordWeights, letter_groups, words_and_pairs

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class _View:
    """The known texts seen one way: by letter groups, or by words."""

    weights: WordWeights
    known: Postings

    @classmethod
    def fit(cls, parts: Parts, texts: Sequence[str], *, at_least: int, at_most: float) -> _View:
        weights = WordWeights.fit(parts, texts, at_least=at_least, at_most=at_most)
        return cls(weights, Postings.of(weights.weigh(texts), len(weights)))

    def arrays(self, name: str) -> Arrays:
        return {f"{name}_{key}": value for key, value in {**self.weights.arrays(), **self.known.arrays()}.items()}

    @classmethod
    def of_arrays(cls, parts: Parts, name: str, arrays: Arrays) -> _View:
        own = {key.removeprefix(f"{name}_"): value for key, value in arrays.items() if key.startswith(f"{name}_")}
        return cls(WordWeights.of_arrays(parts, own), Postings.of_arrays(own))

    def with_texts(self, texts: Sequence[str]) -> _View:
        """The same weights; what is in no text so far stays unknown."""
        return replace(self, known=self.known.with_rows(self.weights.weigh(texts)))

    def of(self, texts: Sequence[str]) -> Matrix:
        return self.known.products(self.weights.weigh(texts))

    def among_known(self) -> Matrix:
        return self.known.among()


@dataclass(frozen=True)
class Likeness:
    """A sum of four cosines; chosen by leaving one out over the phrasings (docs/decisions/0002-reading.md)."""

    vectors: Vectors
    middle: NDArray[np.float32]
    letters: _View
    words: _View

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Vectors, at_most: float = 1.0) -> Likeness:
        """`at_most`: what stands in a larger share of the texts tells none of them apart, and costs time."""
        middle = vectors.mean(axis=0)
        letters = _View.fit(letter_groups, texts, at_least=2, at_most=at_most)
        words = _View.fit(words_and_pairs, texts, at_least=1, at_most=at_most)
        return cls(_to_length_one(vectors - middle), middle, letters, words)

    def arrays(self) -> Arrays:
        own = {"vectors": self.vectors, "middle": self.middle}
        return {**own, **self.letters.arrays("letters"), **self.words.arrays("words")}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Likeness:
        letters = _View.of_arrays(letter_groups, "letters", arrays)
        words = _View.of_arrays(words_and_pairs, "words", arrays)
        return cls(arrays["vectors"], arrays["middle"], letters, words)

    def among_known(self) -> Matrix:
        by_meaning = _meaning(self.vectors @ self.vectors.T)
        return by_meaning + self.letters.among_known() + self.words.among_known()

    def with_texts(self, texts: Sequence[str], vectors: Vectors) -> Likeness:
        """Compares with these as well; what is usual and what is rare stays as it was."""
        return replace(
            self,
            vectors=np.vstack([self.vectors, _to_length_one(vectors - self.middle)]),
            letters=self.letters.with_texts(texts),
            words=self.words.with_texts(texts),
        )

    def of(self, texts: Sequence[str], encoder: Encoder) -> tuple[Matrix, Matrix]:
        """By meaning and by letters, to be added; one row per text, one column per known text."""
        return self.of_vectors(texts, encoder.encode(texts))

    def of_vectors(self, texts: Sequence[str], vectors: Vectors) -> tuple[Matrix, Matrix]:
        by_meaning = _meaning(_to_length_one(vectors - self.middle) @ self.vectors.T)
        return by_meaning, self.letters.of(texts) + self.words.of(texts)


def _meaning(cosines: Matrix) -> Matrix:
    """What is near counts extra."""
    return np.asarray(cosines + np.clip(cosines, 0, None) ** 2, dtype=np.float32)


def _to_length_one(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
