"""Questions of a refresher: situations from the matrix with their verdict, so that they never go stale. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from knowledge.content import Knowledge, UseCase


@dataclass(frozen=True, slots=True)
class Question:
    """May this work be done with this kind of data?"""

    row: str
    version: int
    data: str


def draw_questions(
    knowledge: Knowledge,
    number: int,
    *,
    since: date | None,
    wrong: Mapping[str, float],
    looked_at: Set[tuple[str, int]] | None = None,
    seed: str = "",
) -> list[Question]:
    """What changed since that day first, then what most people get wrong, then others; one of a row.

    `wrong`: which part of the answers about a row was wrong. `looked_at`: rows and versions that may be used; None:
    all of them.
    """
    draw = random.Random(seed)
    rows = [
        row for row in knowledge.use_cases
        if row.id not in knowledge.under_review and (looked_at is None or (row.id, row.version) in looked_at)
    ]  # fmt: skip
    draw.shuffle(rows)
    rows.sort(key=lambda row: (not _changed(row, since), -wrong.get(row.id, 0.0)))
    return [Question(row.id, row.version, _choose_data(row, draw)) for row in rows[:number]]


def _changed(row: UseCase, since: date | None) -> bool:
    return since is not None and row.since is not None and row.since > since


def _choose_data(row: UseCase, draw: random.Random) -> str:
    """Now what the work is mostly done with, now what changes its verdict."""
    usual = row.verdicts.get(row.typical_data)
    others = [data for data, verdict in row.verdicts.items() if verdict != usual]
    if usual is None or (others and draw.random() < 0.5):
        return draw.choice(others or list(row.verdicts))
    return row.typical_data
