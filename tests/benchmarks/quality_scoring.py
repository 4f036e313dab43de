"""Counts right, offered, wrongly permitted and held alike for ours and for a peer.

Ours says itself when it answers, offers a choice or says nothing. A peer only has scores, so it is treated kindly:
it gets the data and tools that ours read, its first three rows always count as offered, and it answers from a bar
on its best score that is chosen with hindsight, on these very questions: where right plus held is greatest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, ClassVar

from knowledge.answers import Outcome, Reading
from knowledge.content import Knowledge, Verdict
from knowledge.verdict import judge

_PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)


@dataclass(frozen=True)
class Given:
    """What came of one question."""

    labelled: dict[str, Any]
    row: str | None
    """The row that is answered; None: no verdict is given."""
    verdict: Verdict | None
    offered: tuple[str, ...]
    first: str | None
    """The row that came first, answered or not."""

    @property
    def inside(self) -> bool:
        return self.labelled["verdict"] is not None

    @property
    def rows(self) -> set[str]:
        return {self.labelled["use_case"], *self.labelled["also"]}

    @property
    def right(self) -> bool:
        if not self.inside or self.verdict is None:
            return False
        wanted = Verdict(self.labelled["verdict"])
        accepted = self.row in self.labelled["also"] and self.verdict.strictness >= wanted.strictness
        return self.verdict is wanted or accepted

    @property
    def right_or_offered(self) -> bool:
        return self.right or (self.inside and not self.rows.isdisjoint(self.offered))

    @property
    def wrongly_permitted(self) -> bool:
        return self.verdict in _PERMISSIVE and self.labelled["verdict"] not in _PERMISSIVE


@dataclass(frozen=True)
class Standing:
    """How one of them did on one set; shares in percent, milliseconds of processor time for the middle question."""

    HEADINGS: ClassVar[tuple[str, ...]] = (
        "questions",
        "who",
        "right row\nfirst",
        "right",
        "right or\noffered",
        "false\nyes",
        "held",
        "ms",
    )
    NOTE: ClassVar[str] = (
        "A peer gets our reading of data and tools; its first three rows always count as offered; "
        "the bar from which it answers is chosen with hindsight."
    )

    section: str
    who: str
    row_first: float
    right: float
    right_or_offered: float
    false_permissions: int
    held: float | None
    """Of the questions that no verdict may be given on; None where there are none."""
    milliseconds: float

    def cells(self) -> tuple[str, ...]:
        shares = (self.row_first, self.right, self.right_or_offered)
        held = "" if self.held is None else f"{self.held:.1f}%"
        shown = (f"{share:.1f}%" for share in shares)
        return (self.section, self.who, *shown, str(self.false_permissions), held, f"{self.milliseconds:.1f}")

    def plain(self) -> dict[str, object]:
        return asdict(self)


def of_ours(knowledge: Knowledge, labelled: dict[str, Any], reading: Reading) -> Given:
    listed = tuple(candidate.use_case for candidate in reading.candidates)
    first = reading.use_case or (listed[0] if listed else None)
    if reading.outcome is Outcome.ANSWER and reading.use_case:
        verdict = judge(knowledge, reading.use_case, reading.data, reading.tools).verdict
        return Given(labelled, reading.use_case, verdict, (), first)
    return Given(labelled, None, None, listed if reading.outcome is Outcome.CHOOSE else (), first)


def of_peer(
    knowledge: Knowledge,
    readings: Sequence[tuple[dict[str, Any], Reading]],
    best: Sequence[Sequence[tuple[str, float]]],
) -> list[Given]:
    """`best`: per question the peer's first three rows with their scores."""
    answered = []
    for (labelled, reading), rows in zip(readings, best, strict=True):
        first = rows[0][0]
        verdict = judge(knowledge, first, reading.data, reading.tools).verdict
        answered.append(Given(labelled, first, verdict, tuple(row for row, _ in rows), first))
    scores = [rows[0][1] for rows in best]
    bars = [_hold_below(bar, answered, scores) for bar in sorted(set(scores))]
    return max(bars, key=lambda given: _share_right(given) + (_share_held(given) or 0.0))


def _hold_below(bar: float, answered: Sequence[Given], scores: Sequence[float]) -> list[Given]:
    return [
        given if score >= bar else Given(given.labelled, None, None, given.offered, given.first)
        for given, score in zip(answered, scores, strict=True)
    ]


def stand(section: str, who: str, given: Sequence[Given], milliseconds: Sequence[float]) -> Standing:
    inside = [one for one in given if one.inside]
    return Standing(
        section=section,
        who=who,
        row_first=_percent([one.first in one.rows for one in inside]),
        right=_share_right(given),
        right_or_offered=_percent([one.right_or_offered for one in inside]),
        false_permissions=sum(one.wrongly_permitted for one in given),
        held=_share_held(given),
        milliseconds=median(milliseconds),
    )


def _share_right(given: Sequence[Given]) -> float:
    return _percent([one.right for one in given if one.inside])


def _share_held(given: Sequence[Given]) -> float | None:
    outside = [one.verdict is None for one in given if not one.inside]
    return _percent(outside) if outside else None


def _percent(true: Sequence[bool]) -> float:
    return 100 * sum(true) / max(1, len(true))
