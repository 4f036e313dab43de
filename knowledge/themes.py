"""What many people wrote, put together by meaning. Pure: the same texts give the same themes, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.matching.encoder import Vectors

__all__ = ["Grouped", "Vectors", "group_texts"]

_ALIKE = 0.5
"""Two short sentences about the same are about this near; about different things seldom."""
_MOST_SEEDED = 1_000
"""So many texts are compared with each other; the others join what was found among those."""


@dataclass(frozen=True, slots=True)
class Grouped:
    themes: tuple[tuple[str, ...], ...]
    """The largest first; within one the text that stands in the middle of it first."""
    others: tuple[str, ...]
    """What belongs to no theme that is large enough; in the order of the alphabet."""


def group_texts(texts: Sequence[str], vectors: Vectors, least: int) -> Grouped:
    """Themes of at least so many texts each; what is less is never told apart from the rest."""
    order = sorted(range(len(texts)), key=lambda place: (texts[place].lower(), texts[place]))
    ordered = [texts[place] for place in order]
    members = _find_members(vectors[order]) if ordered else []
    large = [places for places in members if len(places) >= least]
    inside = {place for places in large for place in places}
    themes = [tuple(ordered[place] for place in places) for places in large]
    return Grouped(
        tuple(sorted(themes, key=lambda theme: (-len(theme), theme[0].lower()))),
        tuple(text for place, text in enumerate(ordered) if place not in inside),
    )


def _find_members(vectors: Vectors) -> list[list[int]]:
    """Each text with the middle that it is nearest to; by how near."""
    step = -(-len(vectors) // _MOST_SEEDED)
    middles = _find_middles(vectors[::step])
    if not len(middles):
        return []
    near = vectors @ middles.T
    nearest, best = near.argmax(axis=1), near.max(axis=1)
    found = []
    for number in range(len(middles)):
        places = [place for place in range(len(vectors)) if nearest[place] == number and best[place] >= _ALIKE]
        found.append(sorted(places, key=lambda place: (-round(float(best[place]), 4), place)))
    return found


def _find_middles(vectors: Vectors) -> Vectors:
    """One after the other: whatever has most that is like it, and all of those, until nothing is alike."""
    alike = vectors @ vectors.T >= _ALIKE
    left = np.ones(len(vectors), dtype=bool)
    middles = []
    while left.any():
        counts = (alike & left).sum(axis=1) * left
        seed = int(counts.argmax())
        mine = alike[seed] & left
        if int(mine.sum()) < 2:
            break
        middle = vectors[mine].mean(axis=0)
        middles.append(middle / np.linalg.norm(middle))
        left &= ~mine
    return np.asarray(middles, dtype=np.float32).reshape(len(middles), vectors.shape[1])
