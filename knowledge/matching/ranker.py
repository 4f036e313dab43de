"""Learns from the known texts which row a question is about; in closed form, so that it is quick.

Ridge regression on likeness: one score per label, near 1 for the right one and 0 for the others. The same
closed form says what each known text would have scored had it, or its whole row, been left out: that is what
confidence is calibrated on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.likeness import Matrix

_SMOOTHING = 0.5
_BLOCK = 512
NEVER = -9.0
"""Score of a row that is not there."""
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    labels: tuple[str, ...]
    weights: NDArray[np.float32] | None
    """One row per known text, one column per label; None where each known text is a label by itself."""
    usual: NDArray[np.float32] | None

    def with_labels(self, added: Mapping[str, str | None]) -> Ranker:
        """And these, which no text has yet, or which take the place of a label that there was."""
        assert self.weights is not None and self.usual is not None
        renamed = {there: label for label, there in added.items() if there}
        new = [label for label, there in added.items() if not there]
        labels = (*(renamed.get(label, label) for label in self.labels), *new)
        return Ranker(labels, np.pad(self.weights, ((0, 0), (0, len(new)))), np.pad(self.usual, (0, len(new))))

    def part(self, likeness: Matrix) -> Matrix:
        """What one view of the likeness adds to the scores: one row per text, one column per label."""
        return likeness if self.weights is None else likeness @ self.weights

    def total(self, parts: Matrix) -> Scores:
        return np.asarray(parts if self.usual is None else parts + self.usual, dtype=np.float64)


@dataclass(frozen=True)
class LeftOut:
    """What the known texts score when they were not learned from."""

    alone: Scores
    """Each text left out by itself."""
    with_its_row: Scores
    """Each text left out together with everything of its label, which is then no possible answer."""


def smoothing(labels: Sequence[str]) -> list[float]:
    counts = Counter(labels)
    most = max(counts.values())
    return [_SMOOTHING * counts[label] / most for label in labels]


def invert(likeness: Matrix, labels: Sequence[str]) -> Scores:
    """The costly part, done once; a row of few texts weighs as much as one of many."""
    from scipy.linalg import lapack  # type: ignore[import-untyped]  # a third of a second: only learning asks for it

    smoothed = likeness.astype(np.float64)
    smoothed[np.diag_indices_from(smoothed)] += smoothing(labels)
    factor, failed = lapack.dpotrf(smoothed.T, lower=1, overwrite_a=1)
    if failed:
        return np.asarray(np.linalg.inv(likeness + _SMOOTHING * np.eye(len(labels))), dtype=np.float64)
    inverse, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    for start in range(0, len(labels), _BLOCK):  # the upper half, block by block: a copy would double the memory
        end = start + _BLOCK
        inverse[start:end, end:] = inverse[end:, start:end].T
        square = inverse[start:end, start:end]
        square[:] = np.tril(square) + np.tril(square, -1).T
    return np.asarray(inverse)


def without(inverse: Scores, dropped: NDArray[np.bool_]) -> Scores:
    """The inverse had the dropped texts never been there."""
    kept = ~dropped
    beside = inverse[np.ix_(kept, dropped)]
    among = np.linalg.solve(inverse[np.ix_(dropped, dropped)], beside.T)
    return np.asarray(inverse[np.ix_(kept, kept)] - beside @ among)


def train(inverse: Scores, labels: Sequence[str]) -> tuple[Ranker, LeftOut]:
    names = tuple(dict.fromkeys(labels))
    members = {name: np.array([i for i, label in enumerate(labels) if label == name]) for name in names}
    wanted = np.zeros((len(labels), len(names)))
    for column, name in enumerate(names):
        wanted[members[name], column] = 1.0
    usual = wanted.mean(axis=0)
    weights = inverse @ (wanted - usual)
    alone = wanted - weights / np.diag(inverse)[:, None]
    with_its_row = np.empty_like(alone)
    for column, name in enumerate(names):
        group = members[name]
        with_its_row[group] = wanted[group] - np.linalg.solve(inverse[np.ix_(group, group)], weights[group])
        with_its_row[group, column] = NEVER
    ranker = Ranker(names, weights.astype(np.float32), usual.astype(np.float32))
    return ranker, LeftOut(alone, with_its_row)


def extend(
    ranker: Ranker, inverse: Matrix, labels: Sequence[str], likeness: Matrix, added: Sequence[str]
) -> Ranker:
    """The ranker had it been trained with a few more texts, labelled `added`.

    `inverse` and `labels` are those it was trained with; `likeness` has a row per new text and a column per text,
    the new ones last. The new weights solve a small system; the others give up what the new texts now explain.
    """
    assert ranker.weights is not None and ranker.usual is not None
    beside, among = likeness[:, : len(labels)], likeness[:, len(labels) :].astype(np.float64)
    among[np.diag_indices_from(among)] += smoothing([*labels, *added])[len(labels) :]
    wanted = np.array([[name == label for name in ranker.labels] for label in added]) - ranker.usual
    shared = np.asarray(inverse @ beside.T)
    fresh = np.linalg.solve(among - beside @ shared, wanted - beside @ ranker.weights)
    weights = np.vstack([ranker.weights - shared @ fresh, fresh])
    return Ranker(ranker.labels, weights.astype(np.float32), ranker.usual)
