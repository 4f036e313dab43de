"""Codes that lead back to what was given without a name: the same however they are typed, and ours to make."""

from __future__ import annotations

import pytest

from storage.codes import is_code, new_code, sum_of

CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmn-pqrs", " ABCD EFGH JKMN PQRS ", "abcdefghjkmnpqrs", "ABCD-EFGH-1KMN-P0RS"]
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert sum_of(typed) == sum_of(CODE)
    assert sum_of(typed) != sum_of("ABCD-EFGH-JKMN-PQRT")


def test_only_what_we_may_have_made_is_a_code() -> None:
    assert all(is_code(new_code()) for _ in range(100))
    for other in (
        "",
        "1234",
        CODE.lower(),
        CODE + "-ABCD",
        "ABCD EFGH JKMN PQRS",
        CODE + "\n",
        "ABCD-EFGH-JKMN-PQR0",
    ):
        assert not is_code(other)
