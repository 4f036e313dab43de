"""The trained reading of rows: what every known way to say something taught, kept on disk between starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.cache import Arrays, Cache, KeptMatrix, fingerprint
from knowledge.matching.calibration import Calibration
from knowledge.matching.clauses import prepare
from knowledge.matching.encoder import Encoder
from knowledge.matching.known import Known, fingerprint_of_known, gone, is_row, known_texts, talk_of
from knowledge.matching.learning import learn
from knowledge.matching.likeness import Likeness, Matrix
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.outside import find_deed
from knowledge.matching.ranker import Ranker, extend, invert
from knowledge.matching.tools import ToolReader
from knowledge.matching.trained import Trained
from knowledge.matching.vectors import encode_known

_VERSION = "18"
_AHEAD = 0.06
_MOST_ROWS = 60
"""Of very many rows the others have no chance worth weighing."""


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
    outside_at_most: float = 0.0
    """The chance that it is about none, had no allowance been made for a row of few texts."""


class Model:
    def __init__(self, encoder: Encoder, arrays: Arrays, inverse: KeptMatrix) -> None:
        self._encoder = encoder
        self._arrays = arrays
        self._inverse = inverse
        self._likeness = Likeness.of_arrays(arrays)
        names = tuple(arrays["names"].tolist())
        self._ranker = Ranker(names, arrays.get("weights"), arrays.get("usual"))
        self._calibration = Calibration.of_arrays(arrays)
        self._note_rows()
        self.vocabulary = frozenset(str(arrays["vocabulary"]).split("\n"))
        """Words that are no typos."""

    def _note_rows(self) -> None:
        self._rows: NDArray[np.bool_] = np.array([is_row(name) for name in self._ranker.labels])
        self._row_places = np.flatnonzero(self._rows)

    @property
    def known_count(self) -> int:
        """Of texts, or of labels where each is one long text."""
        return len(self._likeness.vectors)

    def known(self) -> Trained:
        return Trained.of_arrays(self._arrays)

    def without(self, rows: Collection[str]) -> Model:
        """This model when these rows are no longer there: what they were about is about none."""
        fewer = copy(self)
        labels = tuple(gone(label) if label in rows else label for label in self._ranker.labels)
        fewer._ranker = replace(self._ranker, labels=labels)
        fewer._note_rows()
        return fewer

    def with_texts(self, new: Sequence[Known], labels: Sequence[str]) -> Model:
        """This model with a few more texts, of new rows too; the same one where that asks for learning all anew.

        `labels`: of the texts it was trained on. Confidence stays calibrated on those.
        """
        if not new or self._ranker.weights is None:
            return self
        inverse = self._get_inverse(labels)
        texts = [item.text for item in new]
        vectors = self._encoder.encode(texts)
        longer = copy(self)
        longer._likeness = self._likeness.with_texts(texts, vectors)
        by_meaning, by_letters = longer._likeness.of_vectors(texts, vectors)
        among = by_meaning + by_letters
        counts = Counter(item.label for item in new if item.label not in self._ranker.labels)
        scores = self._ranker.total(self._ranker.part(among[:, : len(labels)]))
        deeds = {row: find_deed(scores[[item.label == row for item in new]], self._ranker.labels) for row in counts}
        ranker = self._ranker.with_labels(deeds)
        longer._ranker = extend(ranker, inverse, labels, among, [item.label for item in new])
        longer._calibration = self._calibration.with_rows(ranker.labels, counts)
        longer._note_rows()
        return longer

    def _get_inverse(self, labels: Sequence[str]) -> Matrix:
        found = self._inverse.find()
        if found is None or found.shape != (len(labels), len(labels)):
            found = np.asarray(invert(self._likeness.among_known(), labels), dtype=np.float32)
            self._inverse.keep(found)
        return found

    def rank(self, passages: Sequence[str]) -> list[Ranked]:
        return self.rank_views(self.view(passages), passages)

    def view(self, passages: Sequence[str]) -> tuple[Matrix, Matrix]:
        """How like each known text each passage is, by meaning and by letters."""
        return self._likeness.of(passages, self._encoder)

    def rank_views(self, views: Sequence[Matrix], passages: Sequence[str]) -> list[Ranked]:
        by_view = [self._ranker.part(view) for view in views]
        scores = self._ranker.total(by_view[0] + by_view[1])
        chances = self._calibration.of_labels(scores)
        outside, at_most = self._calibration.of_outside(scores, self._rows, passages)
        rivals = [self._find_rivals(scores[i], [view[i] for view in by_view]) for i in range(len(passages))]
        ranked = [self._ranked(chances[i], float(outside[i]), rivals[i]) for i in range(len(passages))]
        return [replace(one, outside_at_most=float(most)) for one, most in zip(ranked, at_most, strict=True)]

    def _find_rivals(self, scores: NDArray[np.float64], views: list[NDArray[np.float32]]) -> frozenset[str]:
        if not len(self._row_places):
            return frozenset()
        best = self._row_places[int(scores[self._row_places].argmax())]
        ahead = np.flatnonzero(self._rows & np.logical_or(*(view > view[best] + _AHEAD for view in views)))
        return frozenset(self._ranker.labels[i] for i in ahead.tolist())

    def _ranked(self, chances: NDArray[np.float64], outside: float, rivals: frozenset[str]) -> Ranked:
        of_rows = chances[self._row_places]
        best = self._row_places[np.argsort(-of_rows)[:_MOST_ROWS]].tolist()
        whole = float(of_rows.sum()) or 1.0
        rows = {self._ranker.labels[i]: float(chances[i]) / whole for i in best}
        talk = talk_of(self._ranker.labels[int(chances.argmax())])
        return Ranked(rows, outside, talk, rivals & rows.keys())


def name_of_model(knowledge: Knowledge, encoder: str, cache: Cache) -> str:
    """What it is kept as: another name for whatever would make another model."""
    return f"model-{fingerprint((_VERSION, encoder, fingerprint_of_known(knowledge, cache)))}"


def build_model(knowledge: Knowledge, encoder: Encoder, tools: ToolReader, cache: Cache) -> Model:
    name = name_of_model(knowledge, encoder.name(), cache)
    stored, inverse = cache.find(name), KeptMatrix(cache, name.replace("model", "inverse"))
    if stored is None:
        prepared = [(prepare_known(item.text, tools), item.label) for item in known_texts(knowledge)]
        known = [Known(text, label) for (text, _), label in prepared]
        vectors = encode_known([item.text for item in known], encoder, cache)
        vocabulary = sorted(frozenset[str]().union(*(words for (_, words), _ in prepared)))
        learned, inverted = learn(known, vectors)
        stored = {**learned, "vocabulary": np.array("\n".join(vocabulary))}
        cache.keep(name, stored)
        if inverted is not None:
            inverse.keep(inverted)
    return Model(encoder, stored, inverse)


def prepare_known(text: str, tools: ToolReader) -> tuple[str, set[str]]:
    """The text as it is compared, and its words; the name of a tool nobody registered is none of them.

    A phrasing may well come from a question about such a tool: it would not be noticed again if it were a word.
    """
    cleaned = clean(text)
    words = split_words(fold(cleaned))
    read = tools.read(cleaned, words, frozenset())
    prepared = prepare(words, read.places)
    named = split_words(fold(read.words or "")) if UNKNOWN_TOOL in read.tools and not read.is_vague else []
    return prepared, set(prepared.split()).difference(named)
