"""When to answer, to offer a choice, or to say nothing; a yes asks for more than a no."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import Outcome
from knowledge.content import Verdict
from knowledge.matching.deciding import Bars, bars_for_data_put_in, decide
from knowledge.matching.model import Ranked

VERDICTS = {"free": Verdict.MAG, "if": Verdict.MAG_MITS, "grey": Verdict.GRIJS, "no": Verdict.MAG_NIET}


def ranked(outside: float = 0.0, talk: str | None = None, **rows: float) -> Ranked:
    return Ranked({**dict.fromkeys(VERDICTS, 0.0), **rows}, outside, talk)


def outcome(main: Ranked, *parts: Ranked) -> tuple[Outcome, str | None]:
    decision = decide(main, parts, VERDICTS.__getitem__, Bars())
    return decision.outcome, decision.use_case


def test_sure_of_a_permissive_row() -> None:
    assert outcome(ranked(free=0.98, no=0.02)) == (Outcome.ANSWER, "free")


def test_a_stricter_row_close_by_is_offered() -> None:
    assert outcome(ranked(free=0.85, no=0.15)) == (Outcome.CHOOSE, None)


def test_a_strict_row_only_has_to_be_likely() -> None:
    assert outcome(ranked(no=0.6, free=0.4)) == (Outcome.ANSWER, "no")


def test_a_second_stricter_use_decides() -> None:
    parts = (ranked(free=0.9, no=0.1), ranked(no=0.9, free=0.1))
    decision = decide(ranked(free=0.99, no=0.01), parts, VERDICTS.__getitem__, Bars())
    assert (decision.use_case, decision.also) == ("no", ("free",))


def test_no_row_at_all() -> None:
    assert outcome(ranked(outside=0.95, free=1.0)) == (Outcome.HANDOVER, None)
    assert outcome(ranked(outside=0.95, talk="thanks", free=1.0)) == (Outcome.SMALLTALK, None)


def test_a_view_that_sees_something_stricter_stops_a_yes() -> None:
    main = Ranked({"free": 0.99, "no": 0.01}, 0.0, None, frozenset({"no"}))
    assert outcome(main) == (Outcome.CHOOSE, None)


def test_a_view_that_sees_something_all_but_impossible_stops_nothing() -> None:
    main = Ranked({"free": 0.999, "no": 0.001}, 0.0, None, frozenset({"no"}))
    assert outcome(main) == (Outcome.ANSWER, "free")


def test_a_yes_with_conditions_is_a_smaller_doubt_than_a_no() -> None:
    assert outcome(ranked(free=0.8, **{"if": 0.2})) == (Outcome.ANSWER, "free")
    assert outcome(ranked(free=0.7, **{"if": 0.3})) == (Outcome.CHOOSE, None)
    assert outcome(ranked(free=0.93, no=0.07)) == (Outcome.CHOOSE, None)


def test_two_clear_uses_that_are_both_allowed_get_the_stricter_yes() -> None:
    parts = (ranked(free=0.99, no=0.01), ranked(**{"if": 0.99, "no": 0.01}))
    decision = decide(ranked(free=0.6, **{"if": 0.4}), parts, VERDICTS.__getitem__, Bars())
    assert (decision.use_case, decision.also) == ("if", ("free",))


def test_two_uses_of_which_one_is_not_clear_are_offered() -> None:
    parts = (ranked(free=0.99, no=0.01), ranked(**{"if": 0.85, "no": 0.15}))
    assert outcome(ranked(free=0.6, **{"if": 0.4}), *parts) == (Outcome.CHOOSE, None)


def test_a_part_that_nobody_agreed_on_stops_a_yes() -> None:
    assert outcome(ranked(free=0.99, no=0.01), ranked(outside=0.99, free=1.0)) == (Outcome.CHOOSE, None)


def test_what_lies_far_behind_is_not_offered() -> None:
    main = ranked(free=0.8, no=0.18, grey=0.02)
    assert [c.use_case for c in decide(main, (), VERDICTS.__getitem__, Bars()).candidates] == ["free", "no"]


def test_an_allowance_for_few_texts_is_for_a_no_only() -> None:
    for row, answered in (("no", "no"), ("free", None)):
        main = Ranked({row: 1.0}, 0.2, None, outside_at_most=0.6)
        assert decide(main, (), VERDICTS.__getitem__, Bars()).use_case == answered


def test_what_asks_no_leave_gets_a_no_and_never_a_yes() -> None:
    bars = Bars().without_a_yes()
    assert decide(ranked(free=1.0), (), VERDICTS.__getitem__, bars).use_case is None
    assert decide(ranked(no=1.0), (), VERDICTS.__getitem__, bars).use_case == "no"


def test_data_put_in_where_no_row_lets_them() -> None:
    strict = {**VERDICTS, "never": Verdict.MAG_NIET}
    unsure = Ranked({"no": 0.25, "never": 0.25}, 0.6, None)
    some = Ranked({"no": 0.25, "grey": 0.25}, 0.6, None)
    assert decide(unsure, (), strict.__getitem__, Bars()).use_case is None
    for main, row in ((unsure, "no"), (some, None)):
        bars = bars_for_data_put_in(main, strict.__getitem__, Bars(same_verdict=0.5))
        assert decide(main, (), strict.__getitem__, bars).use_case == row


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4), st.floats(0, 1))
def test_never_permissive_with_much_chance_on_something_stricter(chances: list[float], outside: float) -> None:
    whole = sum(chances) or 1.0
    rows = {row: chance / whole for row, chance in zip(VERDICTS, chances, strict=True)}
    result, row = outcome(Ranked(rows, outside, None))
    if result is Outcome.ANSWER and row in ("free", "if"):
        assert rows["grey"] + rows["no"] < Bars().stricter
        assert outside <= Bars().outside_permissive
