"""Whatever is sent is read or refused, never a crash; and what is read can be kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model.events import Event
from bot.platforms.teams.envelope import BadActivity
from bot.platforms.teams.parse import parse
from tests.platforms.teams.test_parse import NOW, activity

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["29:x", "a:1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=15,
)
NAMES = (
    *("type", "id", "timestamp", "serviceUrl", "from", "recipient", "conversation", "channelData", "text"),
    *("value", "entities", "name", "action", "replyToId", "membersAdded", "membersRemoved", "localTimezone"),
)
KINDS = ("message", "messageUpdate", "invoke", "installationUpdate", "conversationUpdate")


def read(given: Any) -> Event | None:
    try:
        return parse(given, NOW).event
    except BadActivity:
        return None


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_object_is_read_or_refused(anything: dict[str, Any]) -> None:
    read(anything)


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_activity_with_anything_in_it_is_read_or_refused(kind: str, anything: dict[str, Any]) -> None:
    found = read({**activity(kind, text="hoi", action="add", name="task/submit"), **anything})
    if found is not None:
        found.model_dump_json()


@given(
    st.dictionaries(st.text(max_size=10) | st.sampled_from(["press", "submit", "cancel", "many.a"]), json_values)
)
def test_any_data_of_a_button_is_read(data: dict[str, Any]) -> None:
    for name in ("task/fetch", "task/submit"):
        found = read(activity("invoke", name=name, value={"data": data}))
        if found is not None:
            found.model_dump_json()
