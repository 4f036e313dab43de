"""README says what the code does: its tables, the files it points to, the pictures it shows."""

from __future__ import annotations

import re

from tests.house.readme import README, with_tables


def test_the_tables_are_those_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run: python -m tests.house.readme"


def test_every_file_it_points_to_is_there() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / link).exists(), link
