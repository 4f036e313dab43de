"""diploma.yaml as typed values, and how long a diploma is valid by the rule an organisation chose. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from knowledge.content import Knowledge
from knowledge.diploma import Scenario

DEFAULT_WINDOW = 90


class Expiry(StrEnum):
    """From when a diploma's months are counted."""

    COMPLETION = "afronding"
    PREVIOUS = "vorige"
    """From the day the one before runs out, for who renews it shortly before that."""
    FIXED = "vaste_dag"
    """To the first such day of the year on or after the months have passed."""


@dataclass(frozen=True, slots=True)
class Wave:
    unit: str
    level: str
    start: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Rules:
    """What the organisation agreed on for diplomas."""

    levels: tuple[str, ...]
    """Ids, from low to high."""
    function_levels: Mapping[str, str]
    validity_months: int
    onboarding_days: int
    scenario: Scenario
    for_all_by: date | None
    waves: tuple[Wave, ...]
    steps: tuple[int, ...]
    """Days before (or, below zero, after) the day on which somebody is reminded."""
    expiry: Expiry = Expiry.COMPLETION
    window_days: int = DEFAULT_WINDOW
    fixed_day: tuple[int, int] = (12, 31)
    """Month and day."""
    manager_steps: tuple[int, ...] = (-7, -28)
    """Below zero: days after the day; above it a manager hears nothing."""

    academy: str = ""
    """Where people learn; empty where nobody said."""
    function_risks: Mapping[str, str] = field(default_factory=dict)
    """laag, midden or hoog."""
    processes: Mapping[str, str] = field(default_factory=dict)
    """By function the critical process it works in, where it does."""
    refreshed: tuple[str, ...] = ()
    """Levels that a refresher in chat renews."""
    refresher_questions: int = 8
    refresher_pass: int = 7

    def is_high_risk(self, function: str) -> bool:
        return self.function_risks.get(function) == "hoog"

    @property
    def manager_after(self) -> int | None:
        """A manager hears of somebody who is so many days over the day; None: never."""
        return min((-step for step in self.manager_steps if step < 0), default=None)

    @property
    def hr_after(self) -> int:
        """HR hears at twice the term that a manager has."""
        return 2 * max((-step for step in self.manager_steps if step < 0), default=28)

    def rank(self, level: str) -> int:
        """-1 for a level that is not agreed on (any more)."""
        return self.levels.index(level) if level in self.levels else -1


def find_rules(knowledge: Knowledge) -> Rules | None:
    """None where the organisation has no diploma. Read once per knowledge: every answer asks for them."""
    content: Any = knowledge.diploma
    if not content:
        return None
    if not _last_read or _last_read[0][0] is not knowledge:
        _last_read[:] = [(knowledge, _read_rules(knowledge, content))]
    return _last_read[0][1]


_last_read: list[tuple[Knowledge, Rules]] = []
"""At most one: of what is in force."""


def _read_rules(knowledge: Knowledge, content: Any) -> Rules:
    rollout, expiry = content["rollout"], content.get("expiry") or {}
    refresher = content.get("refresher") or {}
    asked = refresher.get("questions", 8)
    month, _, day = str(expiry.get("day", "12-31")).partition("-")
    return Rules(
        levels=tuple(level.id for level in knowledge.policy.levels),
        function_levels={row["id"]: row["level"] for row in content["functions"]},
        validity_months=content["validity_months"],
        onboarding_days=content["onboarding_days"],
        scenario=Scenario(rollout["scenario"]),
        for_all_by=_day(rollout.get("basis_for_all_by")),
        waves=tuple(_read_wave(wave) for wave in rollout["waves"]),
        steps=tuple(content["reminders"]["staff"]),
        manager_steps=tuple(content["reminders"]["manager"]),
        academy=(content.get("academy") or {}).get("url", ""),
        function_risks={row["id"]: row["risk"] for row in content["functions"]},
        processes={
            row["id"]: row["critical_process"] for row in content["functions"] if row.get("critical_process")
        },
        refreshed=tuple(refresher.get("renews", ())),
        refresher_questions=asked,
        refresher_pass=refresher.get("pass", max(1, asked - 1)),
        expiry=Expiry(expiry.get("rule", Expiry.COMPLETION)),
        window_days=expiry.get("window_days", DEFAULT_WINDOW),
        fixed_day=(int(month), int(day)),
    )


def _read_wave(wave: Mapping[str, Any]) -> Wave:
    start, deadline = _day(wave["start"]), _day(wave["deadline"])
    assert start and deadline, "the reader of the file checked it"
    return Wave(wave["unit"], wave["level"], start, deadline)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else date.fromisoformat(value) if isinstance(value, str) else None


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the last one where that month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def find_expiry(rules: Rules, issued: date, previous: date | None = None) -> date:
    """The first day on which it no longer counts. `previous`: when the one that it renews runs out."""
    full = add_months(issued, rules.validity_months)
    if rules.expiry is Expiry.PREVIOUS and previous is not None:
        if previous - timedelta(days=rules.window_days) <= issued <= previous:
            return add_months(previous, rules.validity_months)
    elif rules.expiry is Expiry.FIXED:
        return _first_fixed(rules, full)
    return full


def _first_fixed(rules: Rules, from_day: date) -> date:
    month, day = rules.fixed_day
    for year in (from_day.year, from_day.year + 1):
        fixed = date(year, month, min(day, calendar.monthrange(year, month)[1]))
        if fixed >= from_day:
            return fixed
    raise AssertionError("one of two years has it")
