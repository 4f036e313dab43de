"""Pure steps between a reading and an answer: what is judged, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.answers import Judgement, Outcome, Reading
from knowledge.content import Knowledge, UseCase
from knowledge.verdict import judge_all


@dataclass(frozen=True, slots=True)
class Settled:
    """What a question came to. `judgements`: the deciding one first; empty where no verdict is given."""

    outcome: Outcome
    judgements: tuple[Judgement, ...] = ()
    near: tuple[UseCase, ...] = ()
    """Rows to choose from, or that come closest."""


def settle(knowledge: Knowledge, reading: Reading) -> Settled:
    """The rules applied to what was read. A row that is gone since (new knowledge) gives no verdict."""
    near = tuple(
        row for candidate in reading.candidates if (row := knowledge.find_use_case(candidate.use_case)) is not None
    )
    if reading.outcome is Outcome.ANSWER and reading.use_case is not None:
        rows = [id for id in (reading.use_case, *reading.also) if knowledge.find_use_case(id) is not None]
        if reading.use_case in rows:
            return Settled(Outcome.ANSWER, judge_all(knowledge, rows, reading.data, reading.tools), near)
        return Settled(Outcome.HANDOVER, near=near)
    if reading.outcome is Outcome.CHOOSE and len(near) < 2:
        return Settled(Outcome.HANDOVER, near=near)
    return Settled(reading.outcome, near=near)


NOTHING_READ: dict[str, Any] = {
    "candidates": [],
    "also": [],
    "data": [],
    "tools": [],
    "tool_words": None,
    "masked": [],
}
"""Kept of a question that went to people unread."""


def kept_of(reading: Reading) -> dict[str, Any]:
    """What is stored beside the masked question: enough to judge it again, nothing of the person."""
    return {
        "candidates": [candidate.use_case for candidate in reading.candidates],
        "also": [],
        "data": list(reading.data),
        "tools": list(reading.tools),
        "tool_words": reading.tool_words,
        "masked": list(reading.masked),
        "because": reading.because,
    }
