"""Slack's rules for blocks and views, as far as this bot draws them: limits, unknown fields, ids used twice.

Numbers and names are those of Slack's Block Kit reference. What is not named here is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_200
VIEW_BYTES = 250_000

Rule = Callable[["Inspector", str, Any], None]
Fields = Mapping[str, tuple[bool, Rule]]
"""Name to (required, rule)."""


class Inspector:
    """Walks one payload and keeps what Slack would complain about."""

    def __init__(self, files: frozenset[str] = frozenset()) -> None:
        self.files = files
        self.problems: list[str] = []
        self.characters = 0
        self._block_ids: set[str] = set()

    def complain(self, at: str, problem: str) -> None:
        self.problems.append(f"{problem} [json-pointer:{at}]")

    def look(self, at: str, value: Any, fields: Fields) -> None:
        """One object: nothing unknown, nothing missing, everything by its rule."""
        if not isinstance(value, dict):
            self.complain(at, "must provide an object")
            return
        for name in value.keys() - fields.keys() - {"type"}:
            self.complain(f"{at}/{name}", f"invalid additional property: {name}")
        for name, (required, rule) in fields.items():
            if name in value:
                rule(self, f"{at}/{name}", value[name])
            elif required:
                self.complain(at, f"missing required field: {name}")

    def look_by_type(self, at: str, value: Any, kinds: Mapping[str, Fields]) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in kinds:
            self.complain(f"{at}/type", f"unsupported type: {kind}")
        else:
            self.look(at, value, kinds[kind])

    def look_at_blocks(self, at: str, blocks: Any, kinds: Mapping[str, Fields], most: int) -> None:
        if not isinstance(blocks, list) or not 1 <= len(blocks) <= most:
            self.complain(at, f"must provide 1 to {most} blocks")
            return
        for index, block in enumerate(blocks):
            here = f"{at}/{index}"
            self.look_by_type(here, block, kinds)
            self._look_at_ids(here, block if isinstance(block, dict) else {})

    def _look_at_ids(self, at: str, block: dict[str, Any]) -> None:
        block_id = block.get("block_id")
        if block_id is not None and block_id in self._block_ids:
            self.complain(at, f"block_id {block_id} already exists")
        self._block_ids.add(str(block_id))
        inside = block.get("elements")
        elements = inside if isinstance(inside, list) else []
        actions = [element.get("action_id") for element in elements if isinstance(element, dict)]
        given = [action for action in actions if action is not None]
        if len(given) != len(set(given)):
            self.complain(at, "action_id already exists in this block")


# ---------------------------------------------------------------- rules


def text(most: int, least: int = 1, pattern: str = r"[\s\S]*", counts: bool = False) -> Rule:
    def rule(inspector: Inspector, at: str, value: Any) -> None:
        if not isinstance(value, str) or not least <= len(value) <= most:
            inspector.complain(at, f"must be a string of {least} to {most} characters")
        elif re.fullmatch(pattern, value) is None:
            inspector.complain(at, "does not match the pattern")
        elif counts:
            inspector.characters += len(value)

    return rule


def one_of(*allowed: Any) -> Rule:
    def rule(inspector: Inspector, at: str, value: Any) -> None:
        if value not in allowed:
            inspector.complain(at, "must be a valid enum value")

    return rule


def whole(low: int, high: int) -> Rule:
    def rule(inspector: Inspector, at: str, value: Any) -> None:
        if not isinstance(value, int) or not low <= value <= high:
            inspector.complain(at, f"must be between {low} and {high}")

    return rule


def flag(inspector: Inspector, at: str, value: Any) -> None:
    if not isinstance(value, bool):
        inspector.complain(at, "must provide a boolean")


def thing(fields: Fields) -> Rule:
    return lambda inspector, at, value: inspector.look(at, value, fields)


def kind_of(kinds: Mapping[str, Fields]) -> Rule:
    return lambda inspector, at, value: inspector.look_by_type(at, value, kinds)


def many(rule: Rule, most: int) -> Rule:
    def check(inspector: Inspector, at: str, value: Any) -> None:
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            inspector.complain(at, f"must provide 1 to {most} items")
            return
        for index, entry in enumerate(value):
            rule(inspector, f"{at}/{index}", entry)

    return check


def plain(most: int) -> Rule:
    return kind_of({"plain_text": {"text": (True, text(most, counts=True)), "emoji": (False, flag)}})


def slack_file(inspector: Inspector, at: str, value: Any) -> None:
    if not isinstance(value, dict) or value.get("id") not in inspector.files:
        inspector.complain(at, "invalid slack file")


# ---------------------------------------------------------------- shapes

ACTION_ID: Fields = {"action_id": (True, text(255))}
URL = text(3_000, pattern=r"https?://\S.*")
STYLE: Fields = dict.fromkeys(("bold", "italic", "strike", "code"), (False, flag))
WORDS: Mapping[str, Fields] = {
    "text": {"text": (True, text(13_200, counts=True)), "style": (False, thing(STYLE))},
    "link": {"url": (True, URL), "text": (False, text(3_000, counts=True)), "style": (False, thing(STYLE))},
}
SECTION: Fields = {"elements": (True, many(kind_of(WORDS), 1_000))}
RICH: Mapping[str, Fields] = {
    "rich_text_section": SECTION,
    "rich_text_quote": SECTION,
    "rich_text_list": {
        "style": (True, one_of("bullet", "ordered")),
        "elements": (True, many(kind_of({"rich_text_section": SECTION}), 1_000)),
    },
}
OPTION: Fields = {"text": (True, plain(75)), "value": (True, text(150))}
BUTTON: Fields = {
    **ACTION_ID,
    "text": (True, plain(75)),
    "value": (False, text(2_000)),
    "style": (False, one_of("primary", "danger")),
}
DAY = text(10, pattern=r"\d{4}-\d\d-\d\d")
INPUTS: Mapping[str, Fields] = {
    "plain_text_input": {
        **ACTION_ID,
        "multiline": (False, flag),
        "max_length": (False, whole(1, 3_000)),
        "initial_value": (False, text(3_000)),
        "placeholder": (False, plain(150)),
    },
    "radio_buttons": {
        **ACTION_ID,
        "options": (True, many(thing(OPTION), 10)),
        "initial_option": (False, thing(OPTION)),
    },
    "static_select": {
        **ACTION_ID,
        "options": (True, many(thing(OPTION), 100)),
        "initial_option": (False, thing(OPTION)),
    },
    "checkboxes": {
        **ACTION_ID,
        "options": (True, many(thing(OPTION), 10)),
        "initial_options": (False, many(thing(OPTION), 10)),
    },
    "datepicker": {**ACTION_ID, "initial_date": (False, DAY)},
}
BLOCK_ID: Fields = {"block_id": (False, text(255))}
EVERYWHERE: Mapping[str, Fields] = {
    "header": {**BLOCK_ID, "text": (True, plain(150))},
    "section": {**BLOCK_ID, "text": (True, plain(3_000))},
    "context": {**BLOCK_ID, "elements": (True, many(plain(3_000), 10))},
    "divider": BLOCK_ID,
    "rich_text": {**BLOCK_ID, "elements": (True, many(kind_of(RICH), 100))},
    "actions": {**BLOCK_ID, "elements": (True, many(kind_of({"button": BUTTON}), 25))},
    "image": {**BLOCK_ID, "alt_text": (True, text(2_000)), "slack_file": (True, slack_file)},
}
INPUT: Fields = {
    **BLOCK_ID,
    "label": (True, plain(2_000)),
    "element": (True, kind_of(INPUTS)),
    "hint": (False, plain(2_000)),
    "optional": (False, flag),
}
MODAL: Fields = {
    "callback_id": (False, text(255)),
    "title": (True, plain(24)),
    "submit": (False, plain(24)),
    "close": (False, plain(24)),
    "private_metadata": (False, text(3_000, least=0)),
    "blocks": (True, lambda inspector, at, value: None),
}
HOME: Fields = {"blocks": (True, lambda inspector, at, value: None)}


def find_message_problems(message: Mapping[str, Any], files: frozenset[str] = frozenset()) -> list[str]:
    """What chat.postMessage would refuse in `blocks` and `text`."""
    inspector = Inspector(files)
    inspector.look_at_blocks("/blocks", message.get("blocks"), EVERYWHERE, MESSAGE_BLOCKS)
    if inspector.characters > MESSAGE_CHARACTERS:
        inspector.complain("/blocks", f"msg_blocks_too_long: {inspector.characters}")
    if not 1 <= len(str(message.get("text") or "")) <= 4_000:
        inspector.complain("/text", "msg_too_long or no_text")
    return inspector.problems


def find_view_problems(view: Any, kind: str, files: frozenset[str] = frozenset()) -> list[str]:
    """What views.open ("modal") or views.publish ("home") would refuse."""
    inspector = Inspector(files)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if kind == "home":
        inspector.look_by_type("/view", view, {"home": HOME})
        inspector.look_at_blocks("/view/blocks", blocks, EVERYWHERE, VIEW_BLOCKS)
    else:
        inspector.look_by_type("/view", view, {"modal": MODAL})
        inspector.look_at_blocks("/view/blocks", blocks, {**EVERYWHERE, "input": INPUT}, VIEW_BLOCKS)
        _look_at_inputs(inspector, view, blocks or [])
    if len(json.dumps(view)) > VIEW_BYTES:
        inspector.complain("/view", "view_too_large")
    return inspector.problems


def _look_at_inputs(inspector: Inspector, view: Mapping[str, Any], blocks: list[dict[str, Any]]) -> None:
    """A form needs a submit button; what is chosen beforehand must be among what is offered."""
    inputs = [block["element"] for block in blocks if block.get("type") == "input"]
    if inputs and "submit" not in view:
        inspector.complain("/view", "missing required field: submit")
    for element in inputs:
        chosen = [*element.get("initial_options", []), *filter(None, [element.get("initial_option")])]
        if any(option not in element.get("options", []) for option in chosen):
            inspector.complain("/view", "initial option must be one of the options")
        if len(element.get("initial_value", "")) > element.get("max_length", 3_000):
            inspector.complain("/view", "initial_value is longer than max_length")
