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
from knowledge.matching.known import Known, is_deed, is_row, known_texts, talk_of
from knowledge.matching.likeness import Likeness
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.ranker import LeftOut, Ranker, train
from knowledge.matching.tools import ToolReader

_VERSION = "3"
_COVERED = 0.3
"""A deed whose lines, left out, score this much for one row is what that row is about."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one passage is about."""

    rows: dict[str, float]
    """Chance of each row, when it is about a row at all."""
    outside: float
    """Chance that it is about none."""
    talk: str | None
    """The kind of small talk that is likelier than any row."""


@dataclass(frozen=True)
class Model:
    encoder: Encoder
    likeness: Likeness
    ranker: Ranker
    calibration: Calibration
    vocabulary: frozenset[str]
    """Words that are no typos."""

    def rank(self, passages: Sequence[str]) -> list[Ranked]:
        scores = self.ranker.scores(self.likeness.of(passages, self.encoder))
        chances = self.calibration.of_labels(scores)
        outside = self.calibration.of_outside(scores, self._rows, passages)
        return [self._ranked(*found) for found in zip(chances, outside, strict=True)]

    @property
    def _rows(self) -> NDArray[np.bool_]:
        return np.array([is_row(label) for label in self.ranker.labels])

    def _ranked(self, chances: NDArray[np.float64], outside: float) -> Ranked:
        by_label = dict(zip(self.ranker.labels, map(float, chances), strict=True))
        rows = {label: chance for label, chance in by_label.items() if is_row(label)}
        whole = sum(rows.values()) or 1.0
        best = max(by_label, key=lambda label: by_label[label])
        return Ranked({row: chance / whole for row, chance in rows.items()}, float(outside), talk_of(best))


def build_model(knowledge: Knowledge, encoder: Encoder, tools: ToolReader, cache: Cache) -> Model:
    known = [Known(_prepare(item.text, tools), item.label) for item in known_texts(knowledge)]
    vectors = _encode([item.text for item in known], encoder, cache)
    name = "model-" + fingerprint((_VERSION, encoder.name(), *(f"{item.label}\t{item.text}" for item in known)))
    stored = cache.find(name)
    if stored is None:
        stored = _train(known, vectors)
        cache.keep(name, stored)
    kept = np.flatnonzero(stored["kept"]).tolist()
    likeness = Likeness([known[i].text for i in kept], vectors[kept])
    names = tuple(dict.fromkeys(known[i].label for i in kept))
    ranker = Ranker(names, stored["weights"], stored["usual"])
    calibration = Calibration(float(stored["sharpness"]), stored["outside"])
    return Model(encoder, likeness, ranker, calibration, frozenset(w for item in known for w in item.text.split()))


def _train(known: Sequence[Known], vectors: Vectors) -> Arrays:
    """Learns from all; where a row turns out to be about a deed of the outside, once more without that deed."""
    kept = np.ones(len(known), dtype=bool)
    ranker, left_out = _learn(known, vectors, kept)
    covered = _find_covered([item.label for item in known], ranker, left_out)
    if covered:
        kept = np.array([item.label not in covered for item in known])
        ranker, left_out = _learn(known, vectors, kept)
    learned = [item for item, there in zip(known, kept, strict=True) if there]
    labels = [item.label for item in learned]
    calibration = calibrate(left_out, [item.text for item in learned], labels, ranker.labels)
    return {
        "kept": kept,
        "weights": ranker.weights,
        "usual": ranker.usual,
        "sharpness": np.array(calibration.sharpness),
        "outside": calibration.outside,
    }


def _learn(known: Sequence[Known], vectors: Vectors, kept: NDArray[np.bool_]) -> tuple[Ranker, LeftOut]:
    places = np.flatnonzero(kept).tolist()
    likeness = Likeness([known[i].text for i in places], vectors[places])
    return train(likeness.among_known(), [known[i].label for i in places])


def _find_covered(labels: Sequence[str], ranker: Ranker, left_out: LeftOut) -> set[str]:
    rows = np.array([is_row(name) for name in ranker.labels])
    covered = set()
    for deed in dict.fromkeys(filter(is_deed, labels)):
        lines = left_out.with_its_row[[label == deed for label in labels]]
        if lines[:, rows].mean(axis=0).max() > _COVERED:
            covered.add(deed)
    return covered


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
