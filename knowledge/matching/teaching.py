"""A trained model with phrasings taught since: they count at once, and can only make an answer more careful.

What somebody of the AI Lab settled is read as settled when it is asked in just those words. For every other
question the new phrasing counts among the known ones, and a row that was the likeliest before keeps the chance it
had: so a phrasing never turns what was answered strictly into a yes. Learning everything anew weighs it in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from knowledge.content import Knowledge
from knowledge.matching.known import Known, texts_of_rows
from knowledge.matching.model import Model, Ranked

_SHORTEST = 4
"""A shorter text ("mag dit wel") may be asked about anything, so nothing can be learned from it."""
_MOST_AT_ONCE = 200
_ABOUT_A_ROW = 0.5
"""What was likelier about no row at all before has no row to keep."""


class Phrasing(NamedTuple):
    """One more way to say a row, from a closed ticket for instance; its text may hold anything that is masked."""

    use_case: str
    text: str


class TaughtModel:
    def __init__(self, trained: Model, phrasings: Sequence[Known] = (), rows: Sequence[Known] = ()) -> None:
        """`rows`: texts of rows that are new, or that a row has beside those it was trained with."""
        self.trained = trained
        self._now = trained
        self._settled: dict[str, str] = {}
        telling = [item for item in (*rows, *phrasings) if len(item.text.split()) >= _SHORTEST]
        if telling:
            known = trained.known()
            self._settled = known.find_settled(telling)
            short = [item for item in rows if item not in telling]
            self._now = trained.with_texts(known.find_new([*short, *telling]), known.labels)

    def find_settled(self, text: str) -> str | None:
        """The row a person settled this very text as; the text prepared as known texts are."""
        return self._settled.get(text)

    def rank(self, passages: Sequence[str]) -> list[Ranked]:
        views = self._now.view(passages)
        now = self._now.rank_views(views, passages)
        if self._now is self.trained:
            return now
        count = self.trained.known_count
        before = self.trained.rank_views([view[:, :count] for view in views], passages)
        return [_keep(ranked, earlier) for ranked, earlier in zip(now, before, strict=True)]


def _keep(now: Ranked, before: Ranked) -> Ranked:
    if before.outside > _ABOUT_A_ROW or not before.rows:
        return now
    best = max(before.rows, key=lambda row: before.rows[row])
    chance = max(now.rows.get(best, 0.0), before.rows[best])
    rows = {**now.rows, best: chance}
    return replace(now, rows=rows, rivals=(now.rivals | before.rivals) & rows.keys())


def find_added(old: Knowledge, new: Knowledge) -> list[Known]:
    """What rows are called and how they are said that was not there before; the last ones where it is very many."""
    before = set(texts_of_rows(old))
    return [item for item in texts_of_rows(new) if item not in before][-_MOST_AT_ONCE:]
