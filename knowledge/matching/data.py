"""Reads which data classes a question reveals: the organisation's own signals, and words that mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.content import LANGUAGES, DataClass, DataKind, Knowledge, Language
from knowledge.matching.exclusions import find_excluded
from knowledge.matching.lexicon import Concept, Lexicon, word_list
from knowledge.matching.normalising import fold, split_words, squash
from knowledge.matching.people import PeopleFinder
from knowledge.matching.phrasebook import Found, PhraseBook

_NO_CLASS = ""
"""Label of phrases that look like a signal and are none: "namen verzinnen"."""
_LOAN_WORD_FROM = 7
"""A longer form of the other language counts too: people mix, and long words mean one thing."""
_BY_NATURE = ["confidential_contract", "confidential_commercial", "confidential_financial", "confidential_legal_ip"]
"""What is confidential until somebody published it."""
_CONDITIONS = (
    "special_health",
    "special_diseases",
    "special_treatment",
    "special_beliefs",
    "special_convictions_more",
)
"""What can be a subject as well as something known of a person."""
_INSTEAD = (
    (DataKind.SPECIAL, DataKind.PERSONAL),
    (DataKind.PERSONAL, DataKind.SPECIAL),
    (DataKind.CONFIDENTIAL, DataKind.INTERNAL),
)
"""Where one class stands for two kinds: what is special is personal as well."""
_NEAR = 9


@dataclass(frozen=True, slots=True)
class DataRead:
    classes: tuple[str, ...]
    """Ids from least to most sensitive; empty where the words reveal nothing."""
    left_out: frozenset[int]
    """Places of words that name data which is said not to be there."""
    signals: tuple[tuple[str, str], ...] = ()
    """Words that reveal something, each with the class they stand for."""


class DataReader:
    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        classes = knowledge.policy.data_classes
        self._order = [data_class.id for data_class in classes]
        self._class_of = tie_kinds(classes, lexicon)
        self._books = {language: self._make_book(classes, lexicon, language) for language in LANGUAGES}
        self._people = PeopleFinder(lexicon)
        conditions = [concept for concept in lexicon.signals if concept.id in _CONDITIONS]
        self._conditions = {squash(form) for c in conditions for forms in c.forms.values() for form in forms}
        natural = [concept for concept in lexicon.signals if concept.id in _BY_NATURE]
        self._by_nature = {squash(form) for c in natural for forms in c.forms.values() for form in forms}

    def class_of(self, kind: DataKind) -> str | None:
        return self._class_of.get(kind)

    def read(self, words: list[str], language: Language, tools: frozenset[int] = frozenset()) -> DataRead:
        """`tools`: places of words that name one, for a tool called Jasper is nobody."""
        excluded = find_excluded(words)
        hits = self._books[language].find(words)
        there = [hit for hit in hits if self._counts(hit, words, excluded) and not self._is_topic(hit, words)]
        there = self._without_published(there, words)
        revealed = {label for hit in there for label in hit.labels}
        people = self._people.find(words) - excluded - tools
        if people and DataKind.PERSONAL in self._class_of:
            revealed.add(self._class_of[DataKind.PERSONAL])
        if people and DataKind.SPECIAL in self._class_of and self._people.speaks_of_care(words):
            revealed.add(self._class_of[DataKind.SPECIAL])
        classes = tuple(id for id in self._order if id in revealed)
        left_out = {
            p for hit in hits if hit.labels != {_NO_CLASS} for p in range(hit.first, hit.end) if p in excluded
        }
        return DataRead(classes, frozenset(left_out), tuple(self._signals(there, people, words)))

    def _signals(self, hits: list[Found], people: set[int], words: list[str]) -> Iterable[tuple[str, str]]:
        for hit in hits:
            said = " ".join(words[hit.first : hit.end])
            yield from ((said, label) for label in sorted(hit.labels) if label != _NO_CLASS)
        if DataKind.PERSONAL in self._class_of:
            yield from ((words[place], self._class_of[DataKind.PERSONAL]) for place in sorted(people))

    def _make_book(self, classes: Iterable[DataClass], lexicon: Lexicon, language: Language) -> PhraseBook:
        own = [(s, c.id) for c in classes for lang in LANGUAGES for s in c.signals.get(lang, ())]
        taken = {squash(signal) for signal, _ in own}
        shared = [
            (form, self._label(concept))
            for concept in lexicon.concepts
            if concept.group == "signals" and self._label(concept) is not None
            for form in _forms_for(concept, language)
            if squash(form) not in taken
        ]
        sensitive = {self._class_of.get(kind) for kind in (DataKind.PERSONAL, DataKind.SPECIAL)} - {None}
        return PhraseBook(
            [*own, *((form, label) for form, label in shared if label is not None)],
            compounds=True,
            leading={label for label in sensitive if label},
        )

    def _label(self, concept: Concept) -> str | None:
        return self._class_of.get(concept.kind) if concept.kind else _NO_CLASS

    def _counts(self, hit: Found, words: list[str], excluded: set[int]) -> bool:
        if hit.labels == {_NO_CLASS} or not excluded.isdisjoint(range(hit.first, hit.end)):
            return False
        if self._class_of.get(DataKind.PUBLIC) not in hit.labels:
            return True
        before = words[max(0, hit.first - 3) : hit.first]
        if not word_list("denial").isdisjoint(before) and words[hit.first] not in word_list("denial"):
            return False
        is_place = words[hit.first] in word_list("place_openers")
        return not is_place or not word_list("published_openers").isdisjoint(before)

    def _is_topic(self, hit: Found, words: list[str]) -> bool:
        """A folder about diabetes is about no patient; as soon as anyone is in sight it may be."""
        if hit.phrase not in self._conditions or word_list("about").isdisjoint(
            words[max(0, hit.first - 3) : hit.first]
        ):
            return False
        return word_list("someone").isdisjoint(words) and not self._people.speaks_of_people(words)

    def _without_published(self, hits: list[Found], words: list[str]) -> list[Found]:
        """A contract that stands on a website is public: then its being a contract says nothing more."""
        public = self._class_of.get(DataKind.PUBLIC)
        declared = [hit for hit in hits if public in hit.labels]
        ours = word_list("ours")
        return [
            hit
            for hit in hits
            if hit.phrase not in self._by_nature
            or not any(
                abs(hit.first - other.first) <= _NEAR
                and not (
                    "hun" in words[other.first : other.end]
                    and not ours.isdisjoint(words[max(0, hit.first - 2) : hit.first])
                )
                for other in declared
            )
        ]


def _forms_for(concept: Concept, language: Language) -> Iterable[str]:
    for other, forms in concept.forms.items():
        for form in forms:
            if other == language or len(squash(form)) >= _LOAN_WORD_FROM or len(split_words(fold(form))) > 2:
                yield form


def tie_kinds(classes: Iterable[DataClass], lexicon: Lexicon) -> Mapping[DataKind, str]:
    """Which class each general kind means here; of several the most sensitive, for that is the safe one."""
    tied: dict[DataKind, str] = {}
    for data_class in classes:
        kind = data_class.kind or _infer_kind(data_class, lexicon)
        if kind:
            tied[kind] = data_class.id
    for kind, near in _INSTEAD:
        if kind not in tied and near in tied:
            tied[kind] = tied[near]
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
