"""As fast as we can until the platform says otherwise, and never one place for another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.pacing import Pace

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def throttle_twice(pace: Pace, after: timedelta = 5 * SECOND) -> None:
    pace.throttled("a", NOW, after)
    pace.throttled("b", NOW, after)


def test_there_is_no_limit_until_the_platform_asks_for_one() -> None:
    assert Pace().limit(NOW, 40) == 40


def test_one_throttled_place_holds_up_no_other() -> None:
    pace = Pace()
    for _ in range(5):
        pace.throttled("a", NOW, 30 * SECOND)
    assert pace.limit(NOW, 40) == 40


def test_two_throttled_places_stop_the_platform_for_as_long_as_it_asks() -> None:
    pace = Pace()
    throttle_twice(pace)
    assert pace.limit(NOW + 4 * SECOND, 40) == 0
    assert 0 < pace.limit(NOW + 6 * SECOND, 40) <= 10, "and then it goes on at half the speed"


def test_places_throttled_far_apart_say_nothing_of_the_platform() -> None:
    pace = Pace()
    pace.throttled("a", NOW, SECOND)
    pace.throttled("b", NOW + timedelta(minutes=2), SECOND)
    assert pace.limit(NOW + timedelta(minutes=2), 40) == 40


def test_it_grows_faster_again_with_what_arrives() -> None:
    pace = Pace()
    throttle_twice(pace, SECOND)
    taken, moment = [], NOW + 2 * SECOND
    for _ in range(300):
        allowed = pace.limit(moment, 40)
        pace.took(allowed)
        for _ in range(allowed):
            pace.sent()
        taken.append(allowed)
        moment += SECOND
    assert sum(taken[:20]) / 20 <= 20
    assert taken[-1] == 40, "after a while without complaints there is no limit"


def test_a_clock_that_jumps_back_stops_nothing() -> None:
    pace = Pace()
    throttle_twice(pace, SECOND)
    pace.limit(NOW + 10 * SECOND, 40)
    pace.limit(NOW + 2 * SECOND, 40)
    assert pace.limit(NOW + 20 * SECOND, 40) > 0
