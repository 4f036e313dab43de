"""Learns from the known texts which row a question is about; trained in closed form, so that it is quick."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.likeness import Matrix

_SMOOTHING = 0.5
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    """Ridge regression on likeness: one score per label, about 1 for the right one and 0 for the others."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    usual: NDArray[np.float32]

    def scores(self, likeness: Matrix) -> Scores:
        return np.asarray(likeness @ self.weights + self.usual, dtype=np.float64)


def train(likeness: Matrix, labels: list[str]) -> tuple[Ranker, Scores]:
    """The ranker, and for each known text the scores it would have got had it been left out."""
    names = tuple(dict.fromkeys(labels))
    places = {name: place for place, name in enumerate(names)}
    wanted = np.zeros((len(labels), len(names)))
    wanted[np.arange(len(labels)), [places[label] for label in labels]] = 1.0
    usual = wanted.mean(axis=0)
    inverse = np.linalg.inv(likeness.astype(np.float64) + _SMOOTHING * np.eye(len(labels)))
    weights = inverse @ (wanted - usual)
    left_out = wanted - weights / np.diag(inverse)[:, None]
    return Ranker(names, weights.astype(np.float32), usual.astype(np.float32)), left_out


@dataclass(frozen=True)
class Calibration:
    """Turns scores into chances; the sharpness is the one under which left-out texts were least surprising."""

    sharpness: float

    def chances(self, scores: Scores) -> Scores:
        scaled = np.exp((scores - scores.max(axis=1, keepdims=True)) * self.sharpness)
        return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def calibrate(left_out: Scores, right: list[int]) -> Calibration:
    candidates = [Calibration(float(sharpness)) for sharpness in np.geomspace(2, 60, 25)]

    def surprise(candidate: Calibration) -> float:
        chances = candidate.chances(left_out)[np.arange(len(right)), right]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return min(candidates, key=surprise)
