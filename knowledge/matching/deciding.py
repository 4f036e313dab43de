"""Decides from chances what to do: answer, let the person choose, hand over, or small talk.

Mistakes are not equal. A yes the matrix does not give is the one unforgivable thing, so a permissive answer needs
nearly all chance on rows that are permissive too; a strict answer only needs to be likely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.answers import Candidate, Outcome
from knowledge.content import Knowledge, Verdict
from knowledge.verdict import judge

MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """How sure one must be; set by measurement on held-out questions (docs/decisions/0002-reading.md)."""

    stricter_chance: float = 0.03
    """A permissive answer is only given when less than this stands for something stricter or for no row at all."""
    same_verdict: float = 0.5
    """At least this much must stand for rows with the verdict that is given."""
    row: float = 0.25
    """The best row itself must have at least this."""
    small_talk: float = 0.5
    offered: float = 0.35
    """A choice is only worth offering when the rows in it have at least this together."""


@dataclass(frozen=True, slots=True)
class Decision:
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    use_case: str | None = None
    smalltalk: str | None = None
    why: str = ""
    """Key of the sentence that explains it: sure, agree, close, unsure, off_topic."""


def decide(
    knowledge: Knowledge,
    rows: Mapping[str, float],
    small_talk: Mapping[str, float],
    data: Sequence[str],
    tools: Sequence[str],
    *,
    bars: Bars,
) -> Decision:
    """`rows` and `small_talk` hold the chance of each; together they make one."""
    ranked = sorted(rows.items(), key=lambda item: -item[1])[:MOST_CANDIDATES]
    candidates = tuple(Candidate(row, round(chance, 4)) for row, chance in ranked)
    group = max(small_talk, key=lambda name: small_talk[name], default=None)
    off_topic = sum(small_talk.values())
    if group is not None and off_topic > bars.small_talk:
        return Decision(Outcome.SMALLTALK, candidates, smalltalk=group, why="off_topic")
    if not candidates:
        return Decision(Outcome.HANDOVER, (), why="unsure")
    verdicts = {row: judge(knowledge, row, data, tools).verdict for row in rows}
    best = candidates[0].use_case
    if _is_sure(best, rows, verdicts, off_topic, bars):
        return Decision(Outcome.ANSWER, candidates, use_case=best, why="sure")
    if sum(chance for _, chance in ranked) >= bars.offered:
        return Decision(Outcome.CHOOSE, candidates, why="close")
    return Decision(Outcome.HANDOVER, candidates, why="unsure")


def _is_sure(
    best: str, rows: Mapping[str, float], verdicts: Mapping[str, Verdict], off_topic: float, bars: Bars
) -> bool:
    given = verdicts[best]
    same = sum(chance for row, chance in rows.items() if verdicts[row] == given)
    if rows[best] < bars.row or same < bars.same_verdict:
        return False
    if given in (Verdict.GRIJS, Verdict.MAG_NIET):
        return True
    stricter = sum(chance for row, chance in rows.items() if verdicts[row].strictness > given.strictness)
    return stricter + off_topic < bars.stricter_chance
