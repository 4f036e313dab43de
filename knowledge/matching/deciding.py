"""Decides from chances what to do: answer, let the person choose, hand over, or small talk.

Mistakes are not equal. A yes the matrix does not give is the one unforgivable thing, so a permissive answer needs
nearly all chance on rows that are permissive too; a strict answer only needs to be likely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.answers import Candidate, Outcome
from knowledge.content import Verdict
from knowledge.matching.model import Ranked

MOST_CANDIDATES = 3
Doubt = Literal["unread", "outside", "weak", "rival", "stricter", "part", "purpose"]
"""Words that were not read; maybe about none; no row stands out; and what may be stricter: what meaning or letters
alone say, another likely row, a part of the message, what it is for."""
_WORTH_WEIGHING = 0.0005
PERMISSIVE = (Verdict.MAG, Verdict.MAG_MITS)
JudgeRow = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Bars:
    """How sure one must be; set by measurement on held-out questions (docs/decisions/0002-reading.md)."""

    stricter: float = 0.05
    """A permissive answer is only given when less chance than this stands for a no or a grey area ..."""
    with_conditions: float = 0.25
    """... and less than this for a yes with conditions, where one without is given: a smaller mistake."""
    outside_permissive: float = 0.4
    """... and less than this for being about no row at all, no allowance made."""
    outside_strict: float = 0.5
    talk: float = 0.5
    """Small talk that is likelier than any row is taken for that from this chance on."""
    same_verdict: float = 0.6
    """At least this chance must stand for rows with the verdict that is given."""
    row: float = 0.3
    """The best row itself must have at least this."""
    nothing: float = 0.9
    """More than this for no row at all: then nothing is offered either."""
    part_row: float = 0.7
    """A part of the message counts as a second use when one row has at least this chance in it ..."""
    part_outside: float = 0.25
    """... and no more than this stands for no row."""
    part_hint: float = 0.4
    """A stricter row with this chance in a part is reason enough not to answer permissively."""
    part_unknown: float = 0.93
    """So is a part that is about no row with this chance: something is asked that nobody agreed on."""
    rival: float = 0.002
    """And a stricter row that one view alone prefers, when it has at least this chance."""
    put_in_outside: float = 0.7
    """Where data are put into a tool and no likely row lets them in, this counts in place of `outside_strict`."""
    offered: float = 0.05
    """Beside the first two, a row is only offered with this part of the first one's chance, or as a rival."""

    def for_a_strange_language(self) -> Bars:
        """For a language in which nobody told how a row is said: only what is nearly certain gets a yes."""
        return replace(
            self,
            outside_permissive=self.outside_permissive / 4,
            stricter=self.stricter / 2,
            with_conditions=self.with_conditions / 2,
        )

    def for_ai_unsaid(self) -> Bars:
        """For what may not be about AI at all: a no has to be as likely as a yes."""
        return replace(self, outside_strict=self.outside_permissive)

    def for_what_ai_is_asked(self) -> Bars:
        """For what is said to be done by AI: only what is surely about no row is small talk."""
        return replace(self, talk=self.nothing)

    def without_a_yes(self) -> Bars:
        """For what asks no leave: no chance of being about no row is small enough for a yes."""
        return replace(self, outside_permissive=-1.0)


@dataclass(frozen=True, slots=True)
class Decision:
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    use_case: str | None = None
    also: tuple[str, ...] = ()
    smalltalk: str | None = None
    why: str = ""
    """Key of the sentence that explains it: sure, two, close, unsure, off_topic."""
    doubts: tuple[Doubt, ...] = ()
    """Why it was not answered at once, when it is offered."""
    outside: float = 0.0
    """Chance that it is about no row at all."""


def decide(
    main: Ranked, parts: Sequence[Ranked], judge_row: JudgeRow, bars: Bars, *, unread: bool = False
) -> Decision:
    """`unread`: the message says more than was read, so nothing is permitted on the strength of the rest."""
    decision = _decide(main, parts, judge_row, bars, unread)
    return replace(decision, outside=round(main.outside, 4))


def bars_for_data_put_in(main: Ranked, judge_row: JudgeRow, bars: Bars) -> Bars:
    """For a message that names data and the tool they go into: where that is out of the question for whatever row
    it may be, it does not matter which one it is."""
    if all(judge_row(row) is Verdict.MAG_NIET for row in _worth_weighing(main)):
        return replace(bars, row=0.0, outside_strict=bars.put_in_outside)
    return bars


def _decide(main: Ranked, parts: Sequence[Ranked], judge_row: JudgeRow, bars: Bars, unread: bool) -> Decision:
    candidates = _candidates(main, bars)
    if main.talk is not None and main.outside > bars.talk:
        return Decision(Outcome.SMALLTALK, candidates, smalltalk=main.talk, why="off_topic")
    if not candidates or main.outside > bars.nothing:
        return Decision(Outcome.HANDOVER, candidates, why="unsure")
    uses = _find_uses(parts, bars)
    if len(uses) > 1:
        clear = not any(_find_doubts(_best_of(part), part, (), judge_row, bars, unread) for part in parts)
        return _decide_several(uses, main, judge_row, clear=clear)
    best = candidates[0].use_case
    doubts = _find_doubts(best, main, parts, judge_row, bars, unread)
    if not doubts:
        return Decision(Outcome.ANSWER, candidates, use_case=best, why="sure")
    return Decision(Outcome.CHOOSE, candidates, why="close", doubts=doubts)


def _candidates(ranked: Ranked, bars: Bars) -> tuple[Candidate, ...]:
    best = sorted(ranked.rows, key=lambda row: -ranked.rows[row])[:MOST_CANDIDATES]
    near = [
        row for row in best[2:] if row in ranked.rivals or ranked.rows[row] >= bars.offered * ranked.rows[best[0]]
    ]
    return tuple(Candidate(row, round(ranked.rows[row] * (1 - ranked.outside), 4)) for row in (*best[:2], *near))


def _worth_weighing(ranked: Ranked) -> list[str]:
    return [row for row, chance in ranked.rows.items() if chance >= _WORTH_WEIGHING]


def _best_of(ranked: Ranked) -> str:
    return max(ranked.rows, key=lambda row: ranked.rows[row])


def _find_uses(parts: Sequence[Ranked], bars: Bars) -> list[str]:
    """Rows that parts of the message are clearly about, each once."""
    found = [(_best_of(part), part) for part in parts if part.rows and part.outside <= bars.part_outside]
    return list(dict.fromkeys(row for row, part in found if part.rows[row] >= bars.part_row))


def _decide_several(uses: list[str], main: Ranked, judge_row: JudgeRow, *, clear: bool) -> Decision:
    """The strictest decides; where even that is a yes, each part has to be clear by itself."""
    ranked = sorted(uses, key=lambda row: (-judge_row(row).strictness, -main.rows.get(row, 0.0)))
    candidates = tuple(Candidate(row, round(main.rows.get(row, 0.0), 4)) for row in ranked[:MOST_CANDIDATES])
    if judge_row(ranked[0]) in PERMISSIVE and not clear:
        return Decision(Outcome.CHOOSE, candidates, why="close")
    return Decision(Outcome.ANSWER, candidates, use_case=ranked[0], also=tuple(ranked[1:]), why="two")


def _find_doubts(
    best: str, main: Ranked, parts: Sequence[Ranked], judge_row: JudgeRow, bars: Bars, unread: bool
) -> tuple[Doubt, ...]:
    given = judge_row(best)
    verdicts = {row: judge_row(row) for row in _worth_weighing(main)}
    same = sum(main.rows[row] for row, verdict in verdicts.items() if verdict == given)
    permissive = given in PERMISSIVE
    weak = main.rows[best] < bars.row or same < bars.same_verdict
    outside = main.outside > bars.outside_strict
    if permissive:
        outside = max(main.outside, main.outside_at_most) > bars.outside_permissive
    found: dict[Doubt, bool] = {"outside": outside, "weak": weak}
    if permissive:
        no = sum(main.rows[row] for row, verdict in verdicts.items() if verdict not in PERMISSIVE)
        stricter = sum(main.rows[row] for row, verdict in verdicts.items() if verdict.strictness > given.strictness)
        found["unread"] = unread
        found["rival"] = any(
            main.rows[row] >= bars.rival and judge_row(row) not in PERMISSIVE for row in main.rivals
        )
        found["stricter"] = no >= bars.stricter or stricter >= bars.with_conditions
        unknown = any(part.outside > bars.part_unknown for part in parts)
        found["part"] = unknown or _hints_stricter(parts, given, judge_row, bars)
    return tuple(doubt for doubt, there in found.items() if there)


def _hints_stricter(parts: Sequence[Ranked], given: Verdict, judge_row: JudgeRow, bars: Bars) -> bool:
    return any(
        chance >= bars.part_hint and judge_row(row).strictness > given.strictness
        for part in parts
        if part.outside <= bars.outside_strict
        for row, chance in part.rows.items()
    )
