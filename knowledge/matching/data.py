"""Reads which data classes a question reveals: the organisation's own signals, and words that mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knowledge.content import DataClass, DataKind, Knowledge
from knowledge.matching.exclusions import find_excluded
from knowledge.matching.lexicon import Lexicon
from knowledge.matching.normalising import squash
from knowledge.matching.phrasebook import PhraseBook


class DataReader:
    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._classes = [data_class.id for data_class in knowledge.policy.data_classes]
        classes_of = tie_kinds(knowledge.policy.data_classes, lexicon)
        self._book = PhraseBook((*_own_signals(knowledge), *_shared_signals(lexicon, classes_of)))

    def read(self, words: list[str], known: frozenset[str]) -> tuple[str, ...]:
        """Ids from least to most sensitive; empty where the words reveal nothing."""
        excluded = find_excluded(words)
        revealed = {
            label
            for found in self._book.find(words, known)
            if not excluded.issuperset(range(found.first, found.end))
            for label in found.labels
        }
        return tuple(id for id in self._classes if id in revealed)


def _own_signals(knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    for data_class in knowledge.policy.data_classes:
        for signals in data_class.signals.values():
            for signal in signals:
                yield signal, data_class.id


def _shared_signals(lexicon: Lexicon, classes_of: dict[DataKind, str]) -> Iterable[tuple[str, str]]:
    for concept in lexicon.signals:
        if concept.kind in classes_of:
            for forms in concept.forms.values():
                for form in forms:
                    yield form, classes_of[concept.kind]


def tie_kinds(classes: Iterable[DataClass], lexicon: Lexicon) -> dict[DataKind, str]:
    """Which class each general kind means here; of several the most sensitive, for that is the safe one."""
    tied: dict[DataKind, str] = {}
    for data_class in classes:
        kind = data_class.kind or _infer_kind(data_class, lexicon)
        if kind:
            tied[kind] = data_class.id
    return tied


def _infer_kind(data_class: DataClass, lexicon: Lexicon) -> DataKind | None:
    own = {squash(signal) for signals in data_class.signals.values() for signal in signals}
    shared: Counter[DataKind] = Counter()
    for concept in lexicon.signals:
        if concept.kind:
            forms = {squash(form) for forms in concept.forms.values() for form in forms}
            shared[concept.kind] += len(own & forms)
    best = shared.most_common(1)
    return best[0][0] if best and best[0][1] else None
