"""A last look at a yes: does the message say something that the row it is about never speaks of?

"Een formule die uitrekent wie er weg moet" is found as a formula, and a formula may be made. What makes the
difference stands in the rest of the sentence: what it is for, or a word of a row that never says yes. A row is only
trusted with what its own texts speak of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.answers import Candidate, Outcome
from knowledge.content import LANGUAGES, Knowledge, UseCase
from knowledge.matching.deciding import MOST_CANDIDATES, PERMISSIVE, Decision, JudgeRow
from knowledge.matching.lexicon import word_list
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.purposes import PurposeFinder

_SHARE = 0.05
"""A row speaks of what so many of its texts speak of, or its title or one of its examples."""
_LIKELY = 0.02
_LIKE_AT_ALL = 0.0005
"""One word of a strict row only counts against an answer where the whole is a little like that row too."""
_MAYBE_OUTSIDE = 0.7
"""A strict row that alone speaks of what is said is answered from this chance on, unless it may be about none."""
_GENERAL = "pick"
"""Choosing somebody may be meant in too many ways to tell one row from another."""
_MOST_LOOKED_AT = 200
_TELLING_FROM = 5
_COMPOUND_FROM = 6
_ORDINARY = ("english", "dutch", "says_no_work", "asks_leave_of_all", "means_ai", "speaks_of_ai", "puts_in")


class Caution:
    def __init__(
        self, knowledge: Knowledge, purposes: PurposeFinder, ordinary: Callable[[], Collection[str]]
    ) -> None:
        """`ordinary`: words of office life that tell no row from another."""
        self._knowledge = knowledge
        self._purposes = purposes
        self._ordinary = ordinary
        self._spoken: dict[str, frozenset[str]] = {}

    def look_again(
        self, decision: Decision, words: Sequence[str], judge_row: JudgeRow, chances: Mapping[str, float]
    ) -> Decision:
        """The decision, unless it is a yes, or may become one, that something in the words speaks against."""
        if decision.outcome not in (Outcome.ANSWER, Outcome.CHOOSE):
            return decision
        answered = [row for row in (decision.use_case, *decision.also) if row]
        near = answered or [candidate.use_case for candidate in decision.candidates]
        milder = [row for row in near if judge_row(row) in PERMISSIVE]
        if not milder or (answered and milder != answered):
            return decision
        strange = self._find_strange(milder, words)
        told = [
            row
            for word in dict.fromkeys(words)
            for row in self._rows_told_by(word)
            if row not in milder and (strange or not answered or chances.get(row, 0.0) >= _LIKE_AT_ALL)
        ]
        if not strange and not told:
            return decision
        weights = self._weigh(strange, chances)
        if not answered and any(row in weights and judge_row(row) not in PERMISSIVE for row in near):
            return self._lean(decision, strange, judge_row, chances)
        weights.update(told)
        stricter = {row: weight for row, weight in weights.items() if judge_row(row) not in PERMISSIVE}
        return _hold_back(decision, stricter, chances)

    def _find_strange(self, near: Sequence[str], words: Sequence[str]) -> frozenset[str]:
        """What the words are for that none of these rows speaks of."""
        meant = self._purposes.find(words)
        return meant - frozenset[str]().union(*(self._spoken_of(row) for row in near)) if meant else meant

    def _weigh(self, strange: frozenset[str], chances: Mapping[str, float]) -> Counter[str]:
        """Rows that speak of it, and of how much of it."""
        rows = [row.id for row in self._knowledge.use_cases]
        looked_at = (rows if len(rows) <= _MOST_LOOKED_AT else chances) if strange else ()
        return +Counter({row: len(self._spoken_of(row) & strange) for row in looked_at})

    def _lean(
        self, decision: Decision, strange: frozenset[str], judge_row: JudgeRow, chances: Mapping[str, float]
    ) -> Decision:
        """What would have been offered is answered, where only strict rows speak of what it is for."""
        speaking = self._weigh(strange - {_GENERAL}, chances)
        likely = [row for row in speaking if chances.get(row, 0.0) >= _LIKELY and judge_row(row) not in PERMISSIVE]
        if not likely or decision.outside > _MAYBE_OUTSIDE:
            return decision
        best = max(likely, key=lambda row: chances[row])
        return replace(decision, outcome=Outcome.ANSWER, use_case=best, why="sure", doubts=())

    def _spoken_of(self, row: str) -> frozenset[str]:
        if row not in self._spoken:
            self._spoken[row] = self._find_spoken(self._knowledge.get_use_case(row))
        return self._spoken[row]

    def _find_spoken(self, row: UseCase) -> frozenset[str]:
        short = [self._purposes.find_in_text(text) for text in _short_texts(row)]
        said = [text for texts in self._knowledge.phrasings.get(row.id, {}).values() for text in texts]
        counts = Counter(purpose for text in said for purpose in self._purposes.find_in_text(text))
        often = {purpose for purpose, count in counts.items() if count >= _SHARE * len(said)}
        return frozenset[str]().union(often, *short)

    def _rows_told_by(self, word: str) -> frozenset[str]:
        if len(word) < _TELLING_FROM:
            return frozenset()
        ends = {word[:end] for end in range(_COMPOUND_FROM, len(word))}
        starts = {word[start:] for start in range(1, len(word) - _COMPOUND_FROM + 1)}
        return frozenset[str]().union(*(self._telling.get(part, ()) for part in {word, *ends, *starts}))

    @cached_property
    def _telling(self) -> dict[str, set[str]]:
        """Words of rows that never say yes, and of no row or work that is ordinary."""
        strict = [row for row in self._knowledge.use_cases if not set(PERMISSIVE) & set(row.verdicts.values())]
        told: dict[str, set[str]] = {}
        for row in strict:
            for word in {word for text in _short_texts(row) for word in _words(text)}:
                told.setdefault(word, set()).add(row.id)
        ordinary = self._find_ordinary({row.id for row in strict})
        return {
            w: rows for w, rows in told.items() if len(w) >= _TELLING_FROM and w not in ordinary and len(rows) == 1
        }

    def _find_ordinary(self, strict: set[str]) -> set[str]:
        ordinary = set(self._ordinary()).union(*(word_list(name) for name in _ORDINARY))
        for row in self._knowledge.use_cases:
            if row.id not in strict:
                said = [text for texts in self._knowledge.phrasings.get(row.id, {}).values() for text in texts]
                ordinary |= {word for text in (*_short_texts(row), *said) for word in _words(text)}
        return ordinary


def _hold_back(decision: Decision, stricter: Mapping[str, int], chances: Mapping[str, float]) -> Decision:
    """The person chooses; where no row speaks of what is said, nobody agreed on anything."""
    doubtful = replace(decision, use_case=None, also=(), doubts=("purpose",))
    if not stricter:
        return replace(doubtful, outcome=Outcome.HANDOVER, why="unsure")
    first = max(stricter, key=lambda row: (stricter[row], chances.get(row, 0.0)))
    others = [candidate for candidate in decision.candidates if candidate.use_case != first]
    candidates = (Candidate(first, round(chances.get(first, 0.0), 4)), *others)[:MOST_CANDIDATES]
    return replace(doubtful, outcome=Outcome.CHOOSE, candidates=candidates, why="close")


def _words(text: str) -> list[str]:
    return split_words(fold(clean(text)))


def _short_texts(row: UseCase) -> list[str]:
    titles = [row.title.in_language(language) for language in LANGUAGES]
    return [*titles, *(text for texts in row.examples.values() for text in texts)]
