"""Which texts a model was trained on, so that a phrasing taught later can be told from what is known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.matching.cache import Arrays
from knowledge.matching.known import Known, is_deed, is_of_starter

_SEVERAL = 3


@dataclass(frozen=True)
class Trained:
    texts: Mapping[str, frozenset[str]]
    """Each text with the labels it has."""
    labels: tuple[str, ...] = ()
    """One per text, in the order of the ranker's weights; empty where each label is one long text."""

    @classmethod
    def of(cls, known: Sequence[Known], labels: Sequence[str] = ()) -> Trained:
        texts: dict[str, set[str]] = {}
        for item in known:
            texts.setdefault(item.text, set()).add(item.label)
        return cls({text: frozenset(found) for text, found in texts.items()}, tuple(labels))

    def arrays(self) -> Arrays:
        lines = [f"{label}\t{text}" for text, labels in self.texts.items() for label in sorted(labels)]
        return {"known": np.array("\n".join(lines)), "labels": np.array("\n".join(self.labels))}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Trained:
        lines, labels = str(arrays["known"]), str(arrays["labels"])
        pairs = [line.partition("\t") for line in lines.split("\n")]
        return cls.of([Known(text, label) for label, _, text in pairs], labels.split("\n") if labels else ())

    def ordinary_words(self) -> set[str]:
        """Words that several deeds of office life have in common."""
        deeds: dict[str, set[str]] = {}
        for text, labels in self.texts.items():
            for word in text.split():
                deeds.setdefault(word, set()).update(filter(is_of_starter, labels))
        return {word for word, found in deeds.items() if len(found) >= _SEVERAL}

    def find_new(self, phrasings: Sequence[Known]) -> list[Known]:
        """Those that are not known yet; of two that contradict each other the later one holds."""
        last = {item.text: item for item in phrasings}
        return [item for item in last.values() if item.label not in self.texts.get(item.text, ())]

    def find_settled(self, phrasings: Sequence[Known]) -> dict[str, str]:
        """Text -> row: asked in just these words it means this row, unless it means something else as well."""
        last = {item.text: item.label for item in phrasings}
        return {
            text: row for text, row in last.items() if all(map(is_deed, self.texts.get(text, frozenset()) - {row}))
        }
