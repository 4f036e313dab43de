"""Learns from the known texts which row a question is about; in closed form, so that it is quick.

Ridge regression on likeness: one score per label, near 1 for the right one and 0 for the others. The same
closed form says what each known text would have scored had it, or its whole row, been left out: that is what
confidence is calibrated on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.likeness import Matrix

_SMOOTHING = 0.5
NEVER = -9.0
"""Score of a row that is not there."""
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    usual: NDArray[np.float32]

    def scores(self, likeness: Matrix) -> Scores:
        """One row per text, one column per label."""
        return np.asarray(likeness @ self.weights + self.usual, dtype=np.float64)


@dataclass(frozen=True)
class LeftOut:
    """What the known texts score when they were not learned from."""

    alone: Scores
    """Each text left out by itself."""
    with_its_row: Scores
    """Each text left out together with everything of its label, which is then no possible answer."""


def train(likeness: Matrix, labels: Sequence[str]) -> tuple[Ranker, LeftOut]:
    names = tuple(dict.fromkeys(labels))
    members = {name: np.array([i for i, label in enumerate(labels) if label == name]) for name in names}
    wanted = np.zeros((len(labels), len(names)))
    for column, name in enumerate(names):
        wanted[members[name], column] = 1.0
    usual = wanted.mean(axis=0)
    counts = np.array([len(members[label]) for label in labels], dtype=float)
    smoothing = _SMOOTHING * counts / counts.max()  # so that a row of few texts weighs as much as one of many
    inverse = np.linalg.inv(likeness.astype(np.float64) + np.diag(smoothing))
    weights = inverse @ (wanted - usual)
    alone = wanted - weights / np.diag(inverse)[:, None]
    with_its_row = np.empty_like(alone)
    for column, name in enumerate(names):
        group = members[name]
        with_its_row[group] = wanted[group] - np.linalg.solve(inverse[np.ix_(group, group)], weights[group])
        with_its_row[group, column] = NEVER
    ranker = Ranker(names, weights.astype(np.float32), usual.astype(np.float32))
    return ranker, LeftOut(alone, with_its_row)
