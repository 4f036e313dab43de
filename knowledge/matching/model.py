"""The trained reading of rows: what every known way to say something taught, kept on disk between starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.content import Knowledge
from knowledge.matching.cache import Arrays, Cache, fingerprint
from knowledge.matching.calibration import Calibration, calibrate
from knowledge.matching.clauses import prepare
from knowledge.matching.encoder import Encoder, Vectors
from knowledge.matching.known import Known, is_row, known_texts, talk_of
from knowledge.matching.likeness import Likeness
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.outside import settle
from knowledge.matching.ranker import LeftOut, Ranker, train
from knowledge.matching.tools import ToolReader

_VERSION = "10"
_LEFT_OUT = ""
_AHEAD = 0.06


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one passage is about."""

    rows: dict[str, float]
    """Chance of each row, when it is about a row at all."""
    outside: float
    """Chance that it is about none."""
    talk: str | None
    """The kind of small talk that is likelier than any row."""
    rivals: frozenset[str] = frozenset()
    """Rows that meaning alone, or letters alone, would have put well before the likeliest one."""


@dataclass(frozen=True)
class Model:
    encoder: Encoder
    likeness: Likeness
    ranker: Ranker
    calibration: Calibration
    vocabulary: frozenset[str]
    """Words that are no typos."""

    def rank(self, passages: Sequence[str]) -> list[Ranked]:
        by_meaning, by_letters = self.likeness.of(passages, self.encoder)
        scores = self.ranker.scores(by_meaning + by_letters)
        chances = self.calibration.of_labels(scores)
        outside = self.calibration.of_outside(scores, self._rows, passages)
        views = (by_meaning @ self.ranker.weights, by_letters @ self.ranker.weights)
        return [
            self._ranked(chances[i], float(outside[i]), self._find_rivals(scores[i], [view[i] for view in views]))
            for i in range(len(passages))
        ]

    def _find_rivals(self, scores: NDArray[np.float64], views: list[NDArray[np.float32]]) -> frozenset[str]:
        rows = np.flatnonzero(self._rows)
        if not len(rows):
            return frozenset()
        best = rows[int(scores[rows].argmax())]
        ahead = np.flatnonzero(self._rows & np.logical_or(*(view > view[best] + _AHEAD for view in views)))
        return frozenset(self.ranker.labels[i] for i in ahead.tolist())

    @property
    def _rows(self) -> NDArray[np.bool_]:
        return np.array([is_row(label) for label in self.ranker.labels])

    def _ranked(self, chances: NDArray[np.float64], outside: float, rivals: frozenset[str]) -> Ranked:
        by_label = dict(zip(self.ranker.labels, map(float, chances), strict=True))
        rows = {label: chance for label, chance in by_label.items() if is_row(label)}
        whole = sum(rows.values()) or 1.0
        best = max(by_label, key=lambda label: by_label[label])
        return Ranked({row: chance / whole for row, chance in rows.items()}, outside, talk_of(best), rivals)


def build_model(knowledge: Knowledge, encoder: Encoder, tools: ToolReader, cache: Cache) -> Model:
    known = [Known(_prepare(item.text, tools), item.label) for item in known_texts(knowledge)]
    vectors = _encode([item.text for item in known], encoder, cache)
    name = "model-" + fingerprint((_VERSION, encoder.name(), *(f"{item.label}\t{item.text}" for item in known)))
    stored = cache.find(name)
    if stored is None:
        stored = _train(known, vectors)
        cache.keep(name, stored)
    learned = _learned(known, stored["labels"])
    likeness = Likeness([item.text for item in learned], vectors[stored["labels"] != _LEFT_OUT])
    names = tuple(dict.fromkeys(item.label for item in learned))
    ranker = Ranker(names, stored["weights"], stored["usual"])
    calibration = Calibration(float(stored["sharpness"]), stored["outside"])
    return Model(encoder, likeness, ranker, calibration, frozenset(w for item in known for w in item.text.split()))


def _train(known: Sequence[Known], vectors: Vectors) -> Arrays:
    """Learns from all, sees which deeds the rows are about, and where there are any learns once more."""
    labels = np.array([item.label for item in known])
    ranker, left_out = _learn(known, labels, vectors)
    settled = np.array([label or _LEFT_OUT for label in settle(labels.tolist(), ranker, left_out)])
    if (settled != labels).any():
        ranker, left_out = _learn(known, settled, vectors)
    learned = _learned(known, settled)
    calibration = calibrate(
        left_out, [item.text for item in learned], [item.label for item in learned], ranker.labels
    )
    return {
        "labels": settled,
        "weights": ranker.weights,
        "usual": ranker.usual,
        "sharpness": np.array(calibration.sharpness),
        "outside": calibration.outside,
    }


def _learn(known: Sequence[Known], labels: NDArray[np.str_], vectors: Vectors) -> tuple[Ranker, LeftOut]:
    learned = _learned(known, labels)
    likeness = Likeness([item.text for item in learned], vectors[labels != _LEFT_OUT])
    return train(likeness.among_known(), [item.label for item in learned])


def _learned(known: Sequence[Known], labels: NDArray[np.str_]) -> list[Known]:
    settled = zip(known, labels.tolist(), strict=True)
    return [Known(item.text, label) for item, label in settled if label != _LEFT_OUT]


def _prepare(text: str, tools: ToolReader) -> str:
    cleaned = clean(text)
    words = split_words(fold(cleaned))
    return prepare(words, tools.read(cleaned, words, frozenset()).places)


def _encode(texts: list[str], encoder: Encoder, cache: Cache) -> Vectors:
    name = f"vectors-{fingerprint((encoder.name(), *texts))}"
    stored = cache.find(name)
    if stored is None:
        stored = {"vectors": encoder.encode(texts)}
        cache.keep(name, stored)
    return np.asarray(stored["vectors"], dtype=np.float32)
