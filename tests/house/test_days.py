"""A day is read the way people type it, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import read_day

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 januari", date(2027, 1, 3)),
        ("3 jan.", date(2027, 1, 3)),
        ("tot en met 3 januari", date(2027, 1, 3)),
        ("until January 3rd", date(2027, 1, 3)),
        ("3rd of January 2028", date(2028, 1, 3)),
        ("3-1", date(2027, 1, 3)),
        ("3/1/27", date(2027, 1, 3)),
        ("24-11", date(2026, 11, 24)),
        ("2027-01-03", date(2027, 1, 3)),
        ("vrijdag", date(2026, 11, 27)),
        ("t/m dinsdag", date(2026, 12, 1)),
        ("next monday", date(2026, 11, 30)),
        ("morgen", date(2026, 11, 25)),
        ("over twee weken", date(2026, 12, 8)),
        ("in 3 days", date(2026, 11, 27)),
        ("één week", date(2026, 12, 1)),
        ("kerst", None),
        ("31 februari", None),
        ("3 smarch", None),
        ("", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    assert read_day(typed, TUESDAY) == day


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_day_or_none(typed: str) -> None:
    assert read_day(typed, TUESDAY) is None or isinstance(read_day(typed, TUESDAY), date)
