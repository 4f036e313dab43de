"""Who needs which diploma by when: examples, and properties against a plain and slow model written apart."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.diploma import Scenario
from knowledge.diploma_rules import Expiry, Rules, Wave, add_months, find_expiry, find_rules
from knowledge.diploma_status import (
    Held,
    Person,
    Span,
    State,
    Stay,
    Why,
    find_level,
    find_status,
    find_statuses,
    find_step,
)
from knowledge.library import DEFAULT_FOLDER, KnowledgeErrors, load

DAY = timedelta(days=1)
TODAY = date(2027, 1, 15)
LONG_AGO = date(2020, 1, 1)
RULES = Rules(
    levels=("basis", "gevorderd", "expert"),
    function_levels={"medewerker": "basis", "controller": "gevorderd"},
    validity_months=24,
    onboarding_days=60,
    scenario=Scenario.HYBRID,
    for_all_by=date(2027, 3, 31),
    waves=(Wave("Finance", "gevorderd", date(2027, 2, 1), date(2027, 5, 31)),),
    steps=(90, 30, 14, 7, 1, -1, -14),
)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
HELD = st.builds(
    lambda level, issued, days: Held(level, issued, issued + days * DAY if days else None),
    st.sampled_from(RULES.levels),
    DAYS,
    st.one_of(st.none(), st.integers(1, 900)),
)


def someone(
    function: str = "medewerker", unit: str = "Finance", started: date = LONG_AGO, **rest: object
) -> Person:
    return Person((Stay(started, None, unit, function, started),), **rest)  # type: ignore[arg-type]


def test_the_starter_is_read() -> None:
    rules = find_rules(load(DEFAULT_FOLDER))
    assert rules is not None
    assert rules.levels == ("basis", "gevorderd", "expert")
    assert rules.function_levels["controller"] == "gevorderd"
    assert rules.waves[0] == Wave("Klantenservice", "basis", date(2026, 12, 1), date(2027, 1, 31))
    assert rules.for_all_by == date(2027, 3, 31)


def test_hybrid_asks_the_lowest_of_all_and_the_rest_in_waves() -> None:
    basis, higher = find_statuses(RULES, someone("controller"), TODAY)
    assert (basis.level, basis.by, basis.why) == ("basis", date(2027, 3, 31), Why.ALL)
    assert (higher.level, higher.by, higher.why) == ("gevorderd", date(2027, 5, 31), Why.WAVE)
    elsewhere = find_status(RULES, someone("controller", unit="IT"), TODAY)
    assert elsewhere is not None and (elsewhere.state, elsewhere.by) == (State.UNPLANNED, None)


def test_who_joins_has_their_own_time_and_hears_why() -> None:
    status = find_status(RULES, someone(started=date(2027, 3, 1)), date(2027, 3, 2))
    assert status is not None and (status.by, status.why) == (date(2027, 4, 30), Why.JOINED)


def test_other_work_asks_anew_and_says_why() -> None:
    moved = date(2027, 6, 1)
    stays = (
        Stay(LONG_AGO, moved, "Finance", "medewerker", LONG_AGO),
        Stay(moved, None, "Finance", "controller", LONG_AGO),
    )
    status = find_status(RULES, Person(stays, (Held("basis", date(2027, 1, 1), None),)), moved)
    assert status is not None
    assert (status.level, status.by, status.why) == ("gevorderd", moved + 60 * DAY, Why.MOVED)


def test_a_diploma_that_ran_out_counts_as_none() -> None:
    held = Held("expert", date(2025, 6, 1), date(2027, 6, 1))
    person = someone(held=(held,))
    before, after = (find_status(RULES, person, day) for day in (date(2027, 5, 31), date(2027, 6, 2)))
    assert before is not None and (before.state, before.by) == (State.VALID, date(2027, 6, 1))
    assert after is not None and (after.state, after.by, after.why) == (State.OVERDUE, date(2027, 6, 1), Why.EXPIRY)
    assert find_level(RULES, [held], date(2027, 6, 1)) is None


def test_absence_and_exemption_stand_above_the_deadline() -> None:
    late = date(2027, 5, 1)
    away = find_status(RULES, someone(absences=(Span(date(2027, 3, 1)),)), late)
    exempt = find_status(RULES, someone(exemptions=(Span(LONG_AGO, date(2028, 1, 1)),)), late)
    assert away is not None and away.state is State.ABSENT
    assert exempt is not None and exempt.state is State.EXEMPT
    back = find_status(RULES, someone(absences=(Span(date(2027, 3, 1), date(2027, 4, 20)),)), late)
    assert back is not None and (back.by, back.why) == (date(2027, 3, 31) + 50 * DAY, Why.AWAY)


def test_who_was_away_when_it_was_time_to_renew_has_those_days_once_back() -> None:
    held, back = Held("basis", date(2025, 6, 1), date(2027, 6, 1)), date(2027, 8, 1)
    person = someone(held=(held,), absences=(Span(date(2027, 5, 1), back),))
    away, status = find_status(RULES, person, date(2027, 7, 1)), find_status(RULES, person, back)
    assert away is not None and away.state is State.ABSENT
    assert status is not None and (status.state, status.why) == (State.DUE, Why.AWAY)
    assert status.by == date(2027, 6, 1) + (back - date(2027, 5, 1))


def test_nothing_is_asked_of_who_does_not_work_here() -> None:
    assert find_statuses(RULES, Person((Stay(LONG_AGO, TODAY),)), TODAY) == ()


@pytest.mark.parametrize(
    ("on", "step"), [(-90, 90), (-88, 90), (-86, None), (-7, 7), (0, 1), (1, -1), (14, -14), (30, None)]
)
def test_steps_are_due_on_their_day_and_shortly_after(on: int, step: int | None) -> None:
    status = find_status(RULES, someone(), date(2027, 3, 31) + on * DAY)
    assert status is not None and find_step(RULES, status, date(2027, 3, 31) + on * DAY) == step


def test_months_end_where_a_month_is_short() -> None:
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)


@given(DAYS, st.integers(-200, 200), st.sampled_from(Expiry))
def test_early_renewal_loses_no_time(previous: date, days: int, expiry: Expiry) -> None:
    rules = Rules(**{**{name: getattr(RULES, name) for name in Rules.__slots__}, "expiry": expiry})
    issued = previous + days * DAY
    expires = find_expiry(rules, issued, previous)
    assert expires >= add_months(issued, 24)
    if expiry is Expiry.PREVIOUS and -90 <= days <= 0:
        assert expires == add_months(previous, 24)
    if expiry is Expiry.FIXED:
        assert (expires.month, expires.day) == (12, 31)
        assert expires < add_months(issued, 36)


@given(st.lists(HELD, max_size=6), DAYS)
def test_validity_is_that_of_a_slow_model(held: list[Held], on: date) -> None:
    """Day by day, as somebody with a paper calendar would."""

    def covered(day: date) -> bool:
        return any(
            RULES.rank(one.level) >= 1 and one.issued <= day and (one.expires is None or one.expires > day)
            for one in held
            if one.issued <= on
        )

    status = find_status(RULES, someone("controller", held=tuple(held)), on)
    assert status is not None
    assert (status.state is State.VALID) == covered(on)
    if not covered(on):
        return
    day = on
    while covered(day) and day < date(2040, 1, 1):
        day += DAY
    assert status.by == (None if day == date(2040, 1, 1) else day)


@given(st.lists(HELD, max_size=4), DAYS)
def test_no_step_is_due_twice_in_a_round_nor_for_who_has_longer(held: list[Held], start: date) -> None:
    person = someone(held=tuple(held))
    told: set[tuple[str, int]] = set()
    for number in range(0, 400):
        on = start + number * DAY
        status = find_status(RULES, person, on)
        assert status is not None
        step = find_step(RULES, status, on)
        if step is None:
            continue
        told.add((status.cycle, step))
        assert status.by is not None and 0 <= (on - (status.by - step * DAY)).days <= 3
        if status.state is State.VALID:
            assert step > 0 and on < status.by
    assert all(step in RULES.steps for _, step in told)


def test_a_wrong_rule_of_expiry_is_named(tmp_path: Path) -> None:
    for file in DEFAULT_FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "diploma.yaml"
    path.write_text(path.read_text() + '\nexpiry: {rule: vorig, day: "13-01"}\n')
    with pytest.raises(KnowledgeErrors) as wrong:
        load(tmp_path)
    assert "expiry.rule: found 'vorig'; did you mean 'vorige'?" in str(wrong.value)
    assert "expiry.day: found '13-01'" in str(wrong.value)
