"""The trained reading of rows: every known way to say each row and each kind of small talk, and what it taught."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.content import LANGUAGES, Knowledge
from knowledge.matching.cache import Cache, fingerprint
from knowledge.matching.clauses import choose_passages
from knowledge.matching.encoder import Encoder, Vectors
from knowledge.matching.likeness import Likeness
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.ranker import Calibration, Ranker, calibrate, train
from knowledge.matching.smalltalk import load_smalltalk
from knowledge.matching.tools import ToolReader

_VERSION = "1"
_SMALL_TALK = "smalltalk:"
Chances = dict[str, float]


def prepare(words: list[str]) -> str:
    return " ".join(words)


@dataclass(frozen=True)
class Model:
    likeness: Likeness
    ranker: Ranker
    calibration: Calibration
    vocabulary: frozenset[str]

    def chances(self, texts: Sequence[str], encoder: Encoder) -> tuple[Chances, Chances]:
        """Of each row and of each kind of small talk; of several passages the one that is most about a row."""
        scores = self.ranker.scores(self.likeness.of(texts, encoder))
        chances = self.calibration.chances(scores)
        is_row = np.array([not label.startswith(_SMALL_TALK) for label in self.ranker.labels])
        best = chances[int(np.argmax(np.where(is_row, chances, 0).max(axis=1)))]
        by_label = dict(zip(self.ranker.labels, map(float, best), strict=True))
        rows = {label: chance for label, chance in by_label.items() if not label.startswith(_SMALL_TALK)}
        talk = {label.removeprefix(_SMALL_TALK): chance for label, chance in by_label.items() if label not in rows}
        return rows, talk


def build_model(knowledge: Knowledge, encoder: Encoder, tools: ToolReader, cache: Cache) -> Model:
    known = [(_prepare_known(text, tools), label) for text, label in _known_texts(knowledge)]
    texts = [text for text, _ in known]
    labels = [label for _, label in known]
    likeness = Likeness(texts, _encode(texts, encoder, cache))
    name = fingerprint(("model", _VERSION, encoder.name(), *texts, *labels))
    stored = cache.find(f"model-{name}")
    if stored is None:
        ranker, left_out = train(likeness.among_known(), labels)
        places = {label: place for place, label in enumerate(ranker.labels)}
        calibration = calibrate(left_out, [places[label] for label in labels])
        stored = {
            "weights": ranker.weights,
            "usual": ranker.usual,
            "sharpness": np.array(calibration.sharpness),
        }
        cache.keep(f"model-{name}", stored)
    ranker = Ranker(tuple(dict.fromkeys(labels)), stored["weights"], stored["usual"])
    vocabulary = frozenset(word for text in texts for word in text.split())
    return Model(likeness, ranker, Calibration(float(stored["sharpness"])), vocabulary)


def _known_texts(knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    for row in knowledge.use_cases:
        phrasings = knowledge.phrasings.get(row.id, {})
        for language in LANGUAGES:
            yield row.title.in_language(language), row.id
            for text in (*row.examples.get(language, ()), *phrasings.get(language, ())):
                yield text, row.id
    for group, lines in load_smalltalk().items():
        for line in lines:
            yield line, _SMALL_TALK + group


def _prepare_known(text: str, tools: ToolReader) -> str:
    cleaned = clean(text)
    words = split_words(fold(cleaned))
    places = tools.read(cleaned, words, frozenset()).places
    return prepare(choose_passages([place in places for place in range(len(words))], words)[0])


def _encode(texts: list[str], encoder: Encoder, cache: Cache) -> Vectors:
    name = f"vectors-{fingerprint((encoder.name(), *texts))}"
    stored = cache.find(name)
    if stored is None:
        stored = {"vectors": encoder.encode(texts)}
        cache.keep(name, stored)
    return np.asarray(stored["vectors"], dtype=np.float32)
