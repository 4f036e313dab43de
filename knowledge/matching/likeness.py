"""How alike a question and every known text are: by meaning (the encoder) and by letters and words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.encoder import Encoder, Vectors
from knowledge.matching.wordweights import WordWeights, letter_groups, words_and_pairs

Matrix = NDArray[np.float32]


class Likeness:
    """A sum of four cosines; chosen by leaving one out over the phrasings (docs/decisions/0002-reading.md)."""

    def __init__(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._letters = WordWeights(letter_groups, texts, at_least=2)
        self._words = WordWeights(words_and_pairs, texts)
        self._middle = vectors.mean(axis=0)
        self._vectors = _to_length_one(vectors - self._middle)
        self._letter_vectors = self._letters.vectors(texts).T.tocsr()
        self._word_vectors = self._words.vectors(texts).T.tocsr()

    def among_known(self) -> Matrix:
        by_meaning = self._vectors @ self._vectors.T
        by_letters = (self._letter_vectors.T @ self._letter_vectors).toarray()
        by_words = (self._word_vectors.T @ self._word_vectors).toarray()
        return np.asarray(_meaning(by_meaning) + by_letters + by_words, dtype=np.float32)

    def of(self, texts: Sequence[str], encoder: Encoder) -> tuple[Matrix, Matrix]:
        """By meaning and by letters, to be added; one row per text, one column per known text."""
        vectors = _to_length_one(encoder.encode(texts) - self._middle)
        by_letters = (self._letters.vectors(texts) @ self._letter_vectors).toarray()
        by_words = (self._words.vectors(texts) @ self._word_vectors).toarray()
        return _meaning(vectors @ self._vectors.T), np.asarray(by_letters + by_words, dtype=np.float32)


def _meaning(cosines: Matrix) -> Matrix:
    """What is near counts extra."""
    return np.asarray(cosines + np.clip(cosines, 0, None) ** 2, dtype=np.float32)


def _to_length_one(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
