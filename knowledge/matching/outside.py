"""Finds which general deeds an organisation's rows are about, and which lie outside its matrix.

The project knows many ways to say many deeds (the starter's rows, deeds.yaml). A deed that a row is about lends
that row its words; one that resembles a row is left out; all others teach what lies outside, so that a question
about them is handed over and not answered by the nearest row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.known import is_deed, is_row
from knowledge.matching.ranker import LeftOut, Ranker, Scores

_SAME = 0.3
"""A row's texts, with the row away, score this much for the deed that is the same ..."""
_AGREED = 0.5
"""... and at least this share of the deed's lines score highest for that row."""
_ALIKE = 0.2
_LIKE_A_ROW = 0.12
"""Lines of a deed that score this much for a row are too near it to count as outside."""


def settle(labels: Sequence[str], ranker: Ranker, left_out: LeftOut) -> list[str | None]:
    """A label for every known text: its own, the row that borrows it, or None to leave it out."""
    settled: list[str | None] = list(labels)
    names = np.array(ranker.labels)
    places = np.array(labels)
    rows = np.array([is_row(name) for name in ranker.labels])
    if not rows.any():
        return settled
    for deed in dict.fromkeys(filter(is_deed, labels)):
        lines = np.flatnonzero(places == deed)
        scores = left_out.with_its_row[lines][:, rows]
        best = int(scores.mean(axis=0).argmax())
        row = str(names[rows][best])
        same, alike = _compare(deed, row, names, left_out.with_its_row[places == row])
        votes: NDArray[np.bool_] = scores.argmax(axis=1) == best
        if same and votes.mean() >= _AGREED:
            for line, vote in zip(lines.tolist(), votes, strict=True):
                settled[line] = row if vote else None
        elif alike or scores.mean(axis=0)[best] >= _LIKE_A_ROW:
            for line in lines.tolist():
                settled[line] = None
    return settled


def _compare(deed: str, row: str, names: NDArray[np.str_], row_texts: Scores) -> tuple[bool, bool]:
    """Whether the row's own texts point back to this deed above all others."""
    deeds = np.array([is_deed(name) for name in names])
    towards = row_texts.mean(axis=0)
    back = float(towards[names == deed][0])
    mutual = back >= float(towards[deeds].max())
    return mutual and back >= _SAME, mutual and back >= _ALIKE
