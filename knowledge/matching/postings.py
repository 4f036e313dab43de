"""For each part of the known texts, in which of them it stands: what a question shares with all is summed at once.

A sparse matrix; written out because a question is one short row, for which general ones take ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cache import Arrays

_OFTEN = 0.03
"""Parts that stand in more of the texts are multiplied as full rows: that takes a third of the time."""


class Rows(NamedTuple):
    """The parts of some texts, one text behind the other."""

    parts: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.int64]
    """How many parts each text has."""


@dataclass(frozen=True)
class Postings:
    starts: NDArray[np.int64]
    """Where each part begins in what follows; one more for the end of the last."""
    texts: NDArray[np.int32]
    weights: NDArray[np.float32]
    count: int
    """Of texts."""

    @classmethod
    def of(cls, rows: Rows, parts: int) -> Postings:
        texts = np.repeat(np.arange(len(rows.lengths), dtype=np.int32), rows.lengths)
        return _sorted(rows.parts, texts, rows.weights, parts, len(rows.lengths))

    def with_rows(self, rows: Rows) -> Postings:
        """And these texts, behind the others."""
        parts = len(self.starts) - 1
        own = np.repeat(np.arange(parts, dtype=np.int32), np.diff(self.starts))
        new = np.repeat(np.arange(len(rows.lengths), dtype=np.int32) + np.int32(self.count), rows.lengths)
        return _sorted(
            np.concatenate([own, rows.parts]),
            np.concatenate([self.texts, new]),
            np.concatenate([self.weights, rows.weights]),
            parts,
            self.count + len(rows.lengths),
        )

    def arrays(self) -> Arrays:
        return {
            "starts": self.starts,
            "texts": self.texts,
            "weights": self.weights,
            "count": np.array(self.count),
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Postings:
        return cls(arrays["starts"], arrays["texts"], arrays["weights"], int(arrays["count"]))

    def products(self, rows: Rows) -> NDArray[np.float32]:
        """How like each text each row is."""
        found = np.zeros((len(rows.lengths), self.count), dtype=np.float32)
        first = 0
        for row, length in enumerate(rows.lengths.tolist()):
            found[row] = self._sum(rows.parts[first : first + length], rows.weights[first : first + length])
            first += length
        return found

    def _sum(self, parts: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float64]:
        starts, lengths = self.starts[parts], self.starts[parts + 1] - self.starts[parts]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
        shares = self.weights[places] * np.repeat(weights, lengths)
        return np.asarray(np.bincount(self.texts[places], shares, minlength=self.count), dtype=np.float64)

    def among(self) -> NDArray[np.float32]:
        """How like one another the texts are."""
        from scipy import sparse  # type: ignore[import-untyped]  # only learning asks for it

        known = sparse.csr_matrix((self.weights, self.texts, self.starts), (len(self.starts) - 1, self.count))
        often = np.diff(self.starts) > _OFTEN * self.count
        full, rest = known[often].toarray(), known[~often]
        return np.asarray((rest.T @ rest).toarray() + full.T @ full, dtype=np.float32)


def _sorted(
    parts: NDArray[np.int32], texts: NDArray[np.int32], weights: NDArray[np.float32], number: int, count: int
) -> Postings:
    order = np.argsort(parts, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(parts, minlength=number))])
    return Postings(starts, texts[order], weights[order], count)
