"""Finds which general deeds an organisation's rows are about, and which lie outside its matrix.

The project knows many ways to say many deeds (the starter's rows, deeds.yaml). A deed that a row is about lends
that row its words; one that resembles a row is left out; all others teach what lies outside, so that a question
about them is handed over and not answered by the nearest row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.known import is_deed, is_of_starter, is_row
from knowledge.matching.ranker import LeftOut, Ranker, Scores

_RICH = 30
"""A row that has this many texts of its own needs no words from elsewhere."""
_AGREED = 0.6
_LIKE_A_ROW = 0.12
"""Lines of a deed that score this much for a row are too near it to count as outside."""


@dataclass(frozen=True, slots=True)
class _Kinship:
    """How a deed and the row nearest to it look upon each other, each left out in turn."""

    row: str
    towards_row: float
    """Mean score of the deed's lines for the row."""
    votes: NDArray[np.bool_]
    """Which lines score highest for that row."""
    towards_deed: float
    """Mean score of the row's texts for the deed."""
    mutual: bool
    """To the row no other deed is nearer."""

    @property
    def is_same(self) -> bool:
        agreed = float(self.votes.mean())
        both_ways = agreed >= _AGREED and min(self.towards_row, self.towards_deed) >= 0.15
        return both_ways or (self.mutual and agreed >= 0.5 and self.towards_deed >= 0.3)

    @property
    def is_alike(self) -> bool:
        return self.towards_row >= _LIKE_A_ROW or (self.mutual and self.towards_deed >= 0.2)


def settle(labels: Sequence[str], ranker: Ranker, left_out: LeftOut) -> list[str | None]:
    """A label for every known text: its own, the row that borrows it, or None to leave it out.

    The starter's rows are drawn apart from one another on purpose: one that an organisation took out stays outside,
    however near its neighbours are.
    """
    settled: list[str | None] = list(labels)
    places = np.array(labels)
    if not any(map(is_row, labels)):
        return settled
    for deed in dict.fromkeys(filter(is_deed, labels)):
        lines = np.flatnonzero(places == deed).tolist()
        kin = _find_kin(deed, places, ranker, left_out)
        rich = int((places == kin.row).sum()) >= _RICH
        borrows = kin.is_same and not rich
        if borrows or (kin.is_alike and not (rich and is_of_starter(deed))):
            for line, vote in zip(lines, kin.votes, strict=True):
                settled[line] = kin.row if borrows and vote else None
    return settled


def find_deed(scores: Scores, labels: Sequence[str]) -> str | None:
    """The deed that a row which was added is about: most of its texts, one in each row of `scores`, say so."""
    votes = Counter(labels[place] for place in scores.argmax(axis=1).tolist())
    deed, count = votes.most_common(1)[0]
    return deed if is_deed(deed) and count >= _AGREED * len(scores) else None


def _find_kin(deed: str, places: NDArray[np.str_], ranker: Ranker, left_out: LeftOut) -> _Kinship:
    names = np.array(ranker.labels)
    rows = np.array([is_row(name) for name in ranker.labels])
    deeds = np.array([is_deed(name) for name in ranker.labels])
    scores = left_out.with_its_row[places == deed][:, rows]
    best = int(scores.mean(axis=0).argmax())
    row = str(names[rows][best])
    back = left_out.with_its_row[places == row].mean(axis=0)
    towards_deed = float(back[names == deed][0])
    return _Kinship(
        row=row,
        towards_row=float(scores.mean(axis=0)[best]),
        votes=scores.argmax(axis=1) == best,
        towards_deed=towards_deed,
        mutual=towards_deed >= float(back[deeds].max()),
    )
