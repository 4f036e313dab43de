"""Any JSON, and payloads of Slack in which something is not as it should be."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.platforms.slack import payloads

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=10), inside, max_size=3),
    max_leaves=8,
)


def paths(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [so_far, *(path for step, inside in steps for path in paths(inside, (*so_far, step)))][:200]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A payload in which up to three places hold something else."""
    payload = copy.deepcopy(draw(st.sampled_from(payloads.one_of_each())))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(paths(payload)[1:]))
        spot: Any = payload
        for step in way:
            spot = spot[step] if isinstance(spot, dict | list) else None
            if spot is None:
                break
        if isinstance(spot, dict) or (isinstance(spot, list) and isinstance(last, int) and last < len(spot)):
            spot[last] = draw(anything)
    return payload
