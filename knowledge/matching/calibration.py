"""Turns scores into chances: which row, and whether it is any row at all; fitted on what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cache import Arrays
from knowledge.matching.known import is_row
from knowledge.matching.manner import manner_of
from knowledge.matching.ranker import NEVER, LeftOut, Scores

_NO_ROW = 0.3
_ROW_MISSING = 0.3
"""Weight of all that is about no row, and of all texts whose row was taken away, beside one for all of the rows."""
_UNSUPPORTED = 4.0
"""A text left out of a small row says less about real questions than one left out of many."""
_ALLOWANCE = 9.0
"""And it looks more like "no row": divided by the texts of a row, so much evidence for that is passed over.

Found by reducing the starter to 20 rows of three examples, and asking what our own questions ask.
"""
_FEW = 8
"""A row of fewer texts gets no further allowance."""
_KNOWN = 0.88
_HELD = 0.93
_STEPS = 25


@dataclass(frozen=True)
class Calibration:
    sharpness: float
    """The higher, the more a small lead counts."""
    outside: NDArray[np.float64]
    """Weights over `_signs`, by which a question is judged to be about no row at all."""
    allowance: NDArray[np.float64]
    """Per label: evidence for "no row" that is passed over when it is the likeliest row."""

    def arrays(self) -> Arrays:
        return {"sharpness": np.array(self.sharpness), "outside": self.outside, "allowance": self.allowance}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Calibration:
        return cls(float(arrays["sharpness"]), arrays["outside"], arrays["allowance"])

    def with_rows(self, names: Sequence[str], counts: Mapping[str, int]) -> Calibration:
        """For these labels, of which some are rows that were added, with so many texts."""
        allowance = np.pad(self.allowance, (0, len(names) - len(self.allowance)))
        for row, count in counts.items():
            allowance[names.index(row)] = _ALLOWANCE / max(_FEW, count)
        return replace(self, allowance=allowance)

    def of_labels(self, scores: Scores) -> Scores:
        scaled = np.exp((scores - scores.max(axis=1, keepdims=True)) * self.sharpness)
        return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))

    def of_outside(
        self, scores: Scores, rows: NDArray[np.bool_], texts: Sequence[str]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Chance that it is about no row: with the allowance, and without."""
        evidence = _signs(scores, rows, manner_of(texts)) @ self.outside
        best = np.where(rows, scores, NEVER).argmax(axis=1)
        return _logistic(evidence - self.allowance[best]), _logistic(evidence)


def _signs(scores: Scores, rows: NDArray[np.bool_], manner: NDArray[np.float64]) -> NDArray[np.float64]:
    """How high the best row scores, how far ahead of the next, how high the best of all else, and the manner."""
    best = -np.sort(-np.where(rows, scores, NEVER), axis=1)
    first, second, third = (np.maximum(best[:, min(i, best.shape[1] - 1)], -1.0) for i in range(3))
    other = np.where(rows, -1.0, scores).max(axis=1)
    leads = [first, first - second, other, first - other, second - third]
    return np.column_stack([*leads, manner, np.ones(len(scores))])


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -30, 30))))


def calibrate(
    left_out: LeftOut, texts: Sequence[str], labels: Sequence[str], names: Sequence[str], counts: Mapping[str, int]
) -> Calibration:
    """`counts`: how many texts each label has, those that were not left out included."""
    columns = {name: column for column, name in enumerate(names)}
    right = np.array([columns[label] for label in labels])
    of_row = np.array([is_row(label) for label in labels])
    rows = np.array([is_row(name) for name in names])
    manner = manner_of(texts)
    there = _signs(left_out.alone, rows, manner)
    missing = _signs(left_out.with_its_row[of_row], rows, manner[of_row])
    signs = np.vstack([there, missing])
    outside = np.concatenate([~of_row, np.ones(len(missing), dtype=bool)]).astype(float)
    count = int(of_row.sum())
    no_row = _NO_ROW * count / max(1, len(of_row) - count)
    weights = np.concatenate([np.where(of_row, 1.0, no_row), np.full(len(missing), _ROW_MISSING)])
    per_row = count / max(1, int(rows.sum()))
    sharpness = _find_sharpness(left_out.alone[of_row], right[of_row]) * (1 + _UNSUPPORTED / per_row)
    allowance = np.array([_ALLOWANCE / max(_FEW, counts[name]) if is_row(name) else 0.0 for name in names])
    fitted = _fit(signs, outside, weights)
    fitted[-1] -= _find_shift(there @ fitted, of_row)
    return Calibration(sharpness, fitted, allowance)


def _find_shift(evidence: NDArray[np.float64], of_row: NDArray[np.bool_]) -> float:
    """Where rows have few texts, one left out is hardly known any more; a real question is better supported.

    Lowers the evidence for "no row" until most left-out texts of rows are taken for what they are, as they are
    where rows have many texts, but never so far that what is about no row is taken for one.
    """
    rows, others = evidence[of_row], evidence[~of_row]
    if not len(rows) or not len(others):
        return 0.0
    return max(0.0, min(float(np.quantile(rows, _KNOWN)), float(np.quantile(others, 1 - _HELD))))


def _find_sharpness(scores: Scores, right: NDArray[np.int64]) -> float:
    """The one under which the right labels were least surprising."""
    nothing = np.zeros(0)

    def surprise(sharpness: float) -> float:
        chances = Calibration(sharpness, nothing, nothing).of_labels(scores)[np.arange(len(right)), right]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return min((float(sharpness) for sharpness in np.geomspace(2, 60, 40)), key=surprise)


def _fit(
    signs: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    found = np.zeros(signs.shape[1])
    for _ in range(_STEPS):
        chance = _logistic(signs @ found)
        slope = signs.T @ (weights * (wanted - chance)) - 0.1 * found
        bend = (signs * (weights * chance * (1 - chance))[:, None]).T @ signs + 0.1 * np.eye(len(found))
        found = found + np.linalg.solve(bend, slope)
    return found
