"""Over all teams, by quarter: who took part, what they use, what they doubt about, and how that changes.

Sums of what teams saw themselves, whole rounds at a time, of at least two groups: what one group said is theirs.
Numbers only; what somebody wrote stays with the team.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pages.survey_shown import Asked, make_bars
from bot.texts import Words
from knowledge.survey_questions import read_questions
from knowledge.survey_results import Agreed, read_themes
from storage.surveys import Round
from storage.surveys_answers import Result

FEWEST_GROUPS = 2
Shown = tuple[Round, Mapping[str, Result]]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many took part in one quarter."""

    quarter: str
    name: str
    rounds: int
    answered: int
    invited: int

    @property
    def share(self) -> float:
        return 100 * self.answered / max(self.invited, 1)


@dataclass(frozen=True, slots=True)
class Summed:
    """One survey over all teams in one quarter, beside the quarters before."""

    title: str
    now: Taken
    asked: Sequence[Asked]
    doubts: Sequence[tuple[str, str, int]]
    """Id and title of the row that answers it, and of how many people."""
    quarters: Sequence[Taken]
    """The newest first."""


def find_quarter(moment: datetime) -> str:
    return f"{moment.year}-{(moment.month + 2) // 3}"


def sum_up(words: Words, rounds: Sequence[Shown], agreed: Agreed, minimum: int, wanted: str = "") -> Summed | None:
    """None where no quarter has enough groups. `wanted`: a quarter; else the newest."""
    quarters: dict[str, list[Shown]] = defaultdict(list)
    for round_, results in rounds:
        quarters[find_quarter(round_.closes_at)].append((round_, results))
    enough = {quarter: shown for quarter, shown in quarters.items() if _count_groups(shown) >= FEWEST_GROUPS}
    if not enough:
        return None
    order = sorted(enough, reverse=True)
    chosen = wanted if wanted in enough else order[0]
    before = next((quarter for quarter in order if quarter < chosen), None)
    return Summed(
        title=enough[chosen][0][0].title[words.language],
        now=_take(words, chosen, enough[chosen]),
        asked=_ask(words, enough[chosen], enough[before] if before else ()),
        doubts=_count_doubts(words, enough[chosen], agreed, minimum),
        quarters=[_take(words, quarter, enough[quarter]) for quarter in order],
    )


def _count_groups(shown: Sequence[Shown]) -> int:
    """A team that was asked twice is one."""
    return len({(round_.lead_id or round_.id, round_.audience, round_.unit) for round_, _ in shown})


def _take(words: Words, quarter: str, shown: Sequence[Shown]) -> Taken:
    year, _, number = quarter.partition("-")
    return Taken(
        quarter,
        words("surveys.page_quarter", number=number, year=year),
        len(shown),
        sum(round_.answered for round_, _ in shown),
        sum(round_.invited for round_, _ in shown),
    )


def _ask(words: Words, shown: Sequence[Shown], before: Sequence[Shown]) -> list[Asked]:
    """Questions as they were asked last."""
    asked = []
    for question in read_questions(shown[0][0].questions):
        counts, people = _add(shown, question.id)
        if question.is_text or question.kind == "pick" or not people:
            continue
        earlier, others = _add(before, question.id)
        last = Result("", question.id, others, dict(earlier), []) if others else None
        ask = question.ask.in_language(words.language)
        asked.append(Asked(ask, people, make_bars(words, question, counts, people, last)))
    return asked


def _add(shown: Sequence[Shown], question: str) -> tuple[Counter[str], int]:
    mine = [results[question] for _, results in shown if question in results]
    counts: Counter[str] = Counter()
    for result in mine:
        counts.update(result.counts)
    return counts, sum(result.people for result in mine)


def _count_doubts(words: Words, shown: Sequence[Shown], agreed: Agreed, minimum: int) -> list[tuple[str, str, int]]:
    """By what the matrix says about it; of as many people as anything else is shown of."""
    counts: Counter[str] = Counter()
    for _, results in shown:
        for result in results.values():
            for theme in read_themes(result.themes):
                counts[theme.row] += theme.people if theme.row in agreed.titles else 0
    return [
        (row, agreed.titles[row].in_language(words.language), people)
        for row, people in counts.most_common(10)
        if people >= minimum
    ]
