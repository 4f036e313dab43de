"""Readings by hand: what the tests of a talk say was read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from knowledge.answers import Candidate, Outcome, Reading

NOTHING = Reading(
    masked_question="",
    masked=(),
    language="nl",
    outcome=Outcome.HANDOVER,
    smalltalk=None,
    candidates=(),
    use_case=None,
    also=(),
    data=(),
    tools=(),
    tool_words=None,
    because="",
)


def answers(use_case: str, **more: object) -> Reading:
    reading = replace(NOTHING, outcome=Outcome.ANSWER, use_case=use_case, candidates=(Candidate(use_case, 0.95),))
    return replace(reading, **more)  # type: ignore[arg-type]


def chooses(*use_cases: str) -> Reading:
    return replace(NOTHING, outcome=Outcome.CHOOSE, candidates=tuple(Candidate(id, 0.4) for id in use_cases))


def small_talk(group: str, **more: object) -> Reading:
    return replace(NOTHING, outcome=Outcome.SMALLTALK, smalltalk=group, **more)  # type: ignore[arg-type]


def read_from(readings: Mapping[str, Reading]) -> Callable[[str], Awaitable[Reading]]:
    """A reader that knows these questions only; a `RuntimeError` in it stands for a bug."""

    async def read(question: str) -> Reading:
        return replace(readings[question], masked_question=question)

    return read
