"""Learns a model from an organisation's rows: all texts at once, or row by row when there are very many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from knowledge.matching.cache import Arrays
from knowledge.matching.calibration import calibrate
from knowledge.matching.encoder import Vectors
from knowledge.matching.known import Known, is_row
from knowledge.matching.likeness import Likeness, Matrix
from knowledge.matching.outside import settle
from knowledge.matching.ranker import NEVER, LeftOut, invert, train, without
from knowledge.matching.trained import Trained

MANY = 7000
"""More texts than this are learned label by label: the closed form grows with the cube of their number."""
_COMMON = 0.05
"""Of very many rows, what stands in more than this share tells none apart."""
_HELD_BACK = 400


def learn(known: Sequence[Known], vectors: Vectors) -> tuple[Arrays, Matrix | None]:
    """What questions are read with, and the inverse by which it can be taught more at once."""
    return _learn_texts(known, vectors) if len(known) <= MANY else (_learn_labels(known, vectors), None)


def _learn_texts(known: Sequence[Known], vectors: Vectors) -> tuple[Arrays, Matrix]:
    """Learns from all, sees which deeds the rows are about, and takes the consequences."""
    texts, labels = [item.text for item in known], [item.label for item in known]
    inverse = invert(Likeness.fit(texts, vectors).among_known(), labels)
    settled = settle(labels, *train(inverse, labels))
    kept = np.array([label is not None for label in settled])
    if not kept.all():
        inverse = without(inverse, ~kept)
    learned = [Known(text, label) for text, label in zip(texts, settled, strict=True) if label is not None]
    kept_labels = [item.label for item in learned]
    ranker, left_out = train(inverse, kept_labels)
    calibration = calibrate(
        left_out, [item.text for item in learned], kept_labels, ranker.labels, Counter(kept_labels)
    )
    assert ranker.weights is not None and ranker.usual is not None
    arrays = {
        "names": np.array(ranker.labels),
        "weights": ranker.weights,
        "usual": ranker.usual,
        **Trained.of(learned, kept_labels).arrays(),
        **calibration.arrays(),
        **Likeness.fit([item.text for item in learned], vectors[kept]).arrays(),
    }
    return arrays, inverse.astype(np.float32)


def _learn_labels(known: Sequence[Known], vectors: Vectors) -> Arrays:
    """Each label is one long text with the mean of its vectors; what is held back shows how sure that makes."""
    last = {item.label: place for place, item in enumerate(known)}
    ends = [place for place in last.values() if place > 0 and known[place - 1].label == known[place].label]
    held = ends[:: max(1, len(ends) // _HELD_BACK)]
    back = set(held)
    rest = [place for place in range(len(known)) if place not in back]
    names, trial = _gather([known[place] for place in rest], vectors[rest])
    texts, labels = [known[place].text for place in held], [known[place].label for place in held]
    alone = np.asarray(sum(trial.of_vectors(texts, vectors[held])), dtype=np.float64)
    missing = alone.copy()
    columns = {name: column for column, name in enumerate(names)}
    missing[np.arange(len(held)), [columns[label] for label in labels]] = NEVER
    calibration = calibrate(LeftOut(alone, missing), texts, labels, names, Counter(item.label for item in known))
    names, likeness = _gather(known, vectors)
    own = {"names": np.array(names), **Trained.of(known).arrays()}
    return {**own, **calibration.arrays(), **likeness.arrays()}


def _gather(known: Sequence[Known], vectors: Vectors) -> tuple[list[str], Likeness]:
    places: dict[str, list[int]] = {}
    for place, item in enumerate(known):
        places.setdefault(item.label, []).append(place)
    texts = [" ".join(known[place].text for place in group) for group in places.values()]
    means = np.stack([vectors[group].mean(axis=0) for group in places.values()])
    return list(places), Likeness.fit(texts, means, at_most=_COMMON if sum(map(is_row, places)) > 500 else 1.0)
