"""Figures of a day: what counts of a person, whatever came later, and what may be shown of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from knowledge.diploma import Scenario
from knowledge.diploma_rules import Rules, Wave, add_months
from knowledge.diploma_status import Held, Person, Span, Stay
from knowledge.figures import Try, count_person, find_hidden, in_count, quarter_ends, read_forecast, share

DAY = timedelta(days=1)
S = TypeVar("S", bound=Span)
ON = date(2027, 6, 1)
RULES = Rules(
    levels=("basis", "gevorderd", "expert"),
    function_levels={"medewerker": "basis", "controller": "gevorderd"},
    validity_months=24,
    onboarding_days=60,
    scenario=Scenario.HYBRID,
    for_all_by=date(2027, 3, 31),
    waves=(Wave("Finance", "gevorderd", date(2027, 2, 1), date(2027, 5, 31)),),
    steps=(30, 7),
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
SPANS = st.builds(lambda since, days: Span(since, since + days * DAY if days else None), DAYS, st.integers(0, 300))
HELD = st.builds(
    lambda level, issued, days: Held(level, issued, issued + days * DAY if days else None),
    st.sampled_from(RULES.levels),
    DAYS,
    st.integers(0, 900),
)
TRIES = st.builds(Try, st.sampled_from(RULES.levels), DAYS, st.booleans())


@st.composite
def lives(draw: st.DrawFn) -> Person:
    """Somebody who moves a few times; each stay ends where the next begins."""
    begins = sorted(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)))
    started = begins[0] - draw(st.integers(0, 100)) * DAY
    ends = [*begins[1:], draw(st.one_of(st.none(), st.just(begins[-1] + 200 * DAY)))]
    units, functions = st.sampled_from(("Finance", "IT")), st.sampled_from(("medewerker", "controller"))
    stays = [
        Stay(since, until, draw(units), draw(functions), started) for since, until in zip(begins, ends, strict=True)
    ]
    held, away = draw(st.lists(HELD, max_size=4)), draw(st.lists(SPANS, max_size=2))
    return Person(stays, held, away, draw(st.lists(SPANS, max_size=1)))


def as_known_on(person: Person, on: date) -> Person:
    """What somebody could know on that day: nothing that began later, and no end that lay ahead."""

    def begun(spans: Sequence[S]) -> list[S]:
        known = [span for span in spans if span.since <= on]
        return [replace(span, until=None) if span.until and span.until > on else span for span in known]

    held = [one for one in person.held if one.issued <= on]
    return Person(begun(person.stays), held, begun(person.absences), begun(person.exemptions))


@given(lives(), st.lists(TRIES, max_size=5), DAYS)
def test_figures_as_at_a_day_are_those_counted_on_that_day(person: Person, tries: list[Try], on: date) -> None:
    then = [one for one in tries if one.on <= on]
    assert count_person(RULES, person, tries, on) == count_person(RULES, as_known_on(person, on), then, on)


@given(lives(), DAYS)
def test_everybody_counts_once(person: Person, on: date) -> None:
    """Against a plain model: who is there is one person, in one state, with one highest level."""
    counts = count_person(RULES, person, [], on)
    here = [stay for stay in person.stays if stay.since <= on and (stay.until is None or on < stay.until)]
    if not here:
        assert counts == Counter()
        return
    assert counts["people"] == 1
    assert sum(n for key, n in counts.items() if key.startswith("state:")) == 1
    assert sum(n for key, n in counts.items() if key.startswith("level:")) == 1
    needed = 1 if here[0].function == "controller" else 0
    valid = any(
        one.issued <= on and (one.expires is None or one.expires > on) and RULES.levels.index(one.level) >= needed
        for one in person.held
    )
    assert counts["state:valid"] == valid
    spans = (*person.absences, *person.exemptions)
    away = any(span.since <= on and (span.until is None or on < span.until) for span in spans)
    assert in_count(counts) == (valid or not away)


def test_what_runs_out_asks_for_places() -> None:
    stay = Stay(date(2025, 1, 1), None, "Finance", "controller", date(2025, 1, 1))
    soon = Person([stay], [Held("expert", date(2025, 9, 1), date(2027, 9, 1))])
    later = Person([stay], [Held("gevorderd", date(2027, 5, 1), date(2029, 5, 1))])
    renewed = Person([stay], [*soon.held, *later.held])
    none = Person([stay])
    counts = [count_person(RULES, one, [], ON) for one in (soon, later, renewed, none)]
    forecast = [read_forecast(one, ON, RULES.levels) for one in counts]
    assert [(month, many) for month, many in forecast[0] if many] == [(date(2027, 9, 1), {"gevorderd": 1})]
    assert not any(many for _, many in forecast[1] + forecast[2] + forecast[3])
    assert counts[3]["lacks:gevorderd"] == 1
    assert len(forecast[0]) == 13


def test_joiners_and_attempts() -> None:
    started = ON - 100 * DAY
    stay = Stay(started, None, "IT", "medewerker", started)
    in_time = Person([stay], [Held("basis", started + 60 * DAY, None)])
    too_late = Person([stay], [Held("basis", started + 61 * DAY, None)])
    assert count_person(RULES, in_time, [], ON)["joined_in_time"] == 1
    assert count_person(RULES, too_late, [], ON)["joined_in_time"] == 0
    assert count_person(RULES, too_late, [], ON)["joined"] == 1
    assert count_person(RULES, too_late, [], started + 59 * DAY)["joined"] == 0
    tries = [
        Try("basis", ON - 9 * DAY, False),
        Try("basis", ON - 5 * DAY, True),
        Try("basis", ON - 400 * DAY, False),
    ]
    told = count_person(RULES, too_late, tries, ON)
    assert [told[f"{key}:basis"] for key in ("sat", "tries", "passes", "missed", "again", "made_it")] == [
        1, 2, 1, 1, 1, 1,
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1), st.integers(2, 6))
def test_nothing_that_is_hidden_can_be_worked_out(sizes: dict[str, int], minimum: int) -> None:
    """The whole less any shown groups never leaves a few people, unless nothing is shown at all."""
    groups = {name: Counter({"people": size, "state:valid": size}) for name, size in sizes.items()}
    hidden = find_hidden(groups, minimum)
    assert all(sizes[name] >= minimum for name in sizes if name not in hidden)
    shown = [name for name in sizes if name not in hidden]
    for many in range(1, len(shown) + 1):
        for some in combinations(shown, many):
            rest = sum(sizes.values()) - sum(sizes[name] for name in some)
            assert rest == 0 or rest >= minimum or not hidden.difference(name for name in sizes if sizes[name] == 0)


def test_quarters_and_shares() -> None:
    assert quarter_ends(date(2027, 2, 3), 2) == [date(2026, 9, 30), date(2026, 12, 31)]
    assert quarter_ends(date(2026, 12, 31), 1) == [date(2026, 9, 30)]
    assert share(Counter()) is None
    assert share(Counter({"state:valid": 3, "state:overdue": 1, "state:absent": 9})) == 0.75
    assert add_months(ON, 12) == date(2028, 6, 1)
