"""What Teams takes of an Adaptive Card 1.5: every element and property we use, checked to the letter."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 100_000
SPACING = ("None", "Small", "Default", "Medium", "Large")
_MARKDOWN = re.compile(r"[*_`~\[\]<>&\\|#]|^\s*(?:[-+=]|\d+[.)])|://")
Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_filled(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def one_of(*values: Any) -> Check:
    return lambda value: value in values and type(value) in {type(v) for v in values}


def is_list(value: Any) -> bool:
    return isinstance(value, list)


def is_filled_list(value: Any) -> bool:
    return isinstance(value, list) and value != []


def is_object(value: Any) -> bool:
    return isinstance(value, dict)


def is_picture(value: Any) -> bool:
    kind, _, data = str(value).partition(",")
    return kind == "data:image/png;base64" and base64.b64decode(data, validate=True).startswith(PNG)


_LOOK: dict[str, Check] = {
    "size": one_of("Small", "Default", "Medium", "Large"),
    "weight": one_of("Bolder", "Default"),
    "color": one_of("Attention", "Default"),
    "isSubtle": is_bool,
}
_ANY: dict[str, Check] = {"spacing": one_of(*SPACING), "separator": is_bool}
_INPUT: dict[str, Check] = {
    **_ANY,
    "id": is_filled,
    "label": is_filled,
    "isRequired": is_bool,
    "errorMessage": is_filled,
    "value": is_text,
    "placeholder": is_text,
}
REQUIRED: dict[str, dict[str, Check]] = {
    "AdaptiveCard": {"version": one_of("1.5"), "body": is_list, "fallbackText": is_filled, "$schema": is_filled},
    "TextBlock": {"text": is_filled, "wrap": one_of(True)},
    "RichTextBlock": {"inlines": is_filled_list},
    "TextRun": {"text": is_text},
    "Container": {"items": is_filled_list},
    "ColumnSet": {"columns": is_filled_list},
    "Column": {"items": is_filled_list, "width": one_of("auto", "stretch", 1, 3)},
    "Image": {"url": is_picture, "altText": is_filled},
    "ActionSet": {"actions": lambda actions: isinstance(actions, list) and 1 <= len(actions) <= 6},
    "Action.Submit": {"title": is_filled, "data": is_object},
    "Action.OpenUrl": {"title": is_filled, "url": lambda url: str(url).startswith(("http://", "https://"))},
    "Input.Text": {"id": is_filled, "label": is_filled, "isMultiline": is_bool},
    "Input.Date": {"id": is_filled, "label": is_filled},
    "Input.ChoiceSet": {"id": is_filled, "label": is_filled, "choices": is_filled_list},
}
OPTIONAL: dict[str, dict[str, Check]] = {
    "AdaptiveCard": {"actions": is_filled_list},
    "TextBlock": {**_ANY, **_LOOK, "style": one_of("heading", "default")},
    "RichTextBlock": _ANY,
    "TextRun": {**_LOOK, "italic": is_bool},
    "Container": {**_ANY, "style": one_of("emphasis"), "bleed": is_bool, "selectAction": is_object},
    "ColumnSet": _ANY,
    "Column": {},
    "Image": {**_ANY, "size": one_of("Auto", "Stretch")},
    "ActionSet": _ANY,
    "Action.Submit": {
        "style": one_of("default", "positive", "destructive"),
        "associatedInputs": one_of("auto", "none"),
    },
    "Action.OpenUrl": {},
    "Input.Text": {**_INPUT, "maxLength": lambda most: isinstance(most, int) and most > 0},
    "Input.Date": {**_INPUT, "value": lambda day: re.fullmatch(r"\d{4}-\d\d-\d\d", day) is not None},
    "Input.ChoiceSet": {
        **_INPUT,
        "style": one_of("expanded", "compact"),
        "isMultiSelect": is_bool,
        "wrap": one_of(True),
    },
}


def find_faults(card: Any) -> list[str]:
    """Everything Teams or a reader would stumble over; empty for a good card."""
    faults = list(_faults_in(card, "card"))
    ids = [part["id"] for part in walk(card) if str(part.get("type", "")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        faults.append(f"two inputs share an id: {ids}")
    return faults


def size_of(payload: Any) -> int:
    """Bytes as Teams counts them: UTF-16."""
    return len(json.dumps(payload, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in a card, from the outside in and from top to bottom; not what lies in a button's data."""
    if isinstance(part, list):
        for inner in part:
            yield from walk(inner)
    elif isinstance(part, dict):
        yield part
        for name, inner in part.items():
            if name != "data":
                yield from walk(inner)


def _faults_in(part: Any, where: str) -> Iterator[str]:
    if not isinstance(part, dict):
        yield f"{where}: not an object"
        return
    kind = part.get("type")
    if kind not in REQUIRED:
        yield f"{where}: unknown type {kind!r}"
        return
    required, optional = REQUIRED[kind], OPTIONAL[kind]
    for name, check in required.items():
        if name not in part:
            yield f"{where} ({kind}): {name} is missing"
        elif not check(part[name]):
            yield f"{where} ({kind}): {name} is {str(part[name])[:80]!r}"
    for name in part.keys() - required.keys() - {"type"}:
        if name not in optional:
            yield f"{where} ({kind}): {name} is not known"
        elif not optional[name](part[name]):
            yield f"{where} ({kind}): {name} is {str(part[name])[:80]!r}"
    if kind == "TextBlock" and _MARKDOWN.search(str(part.get("text"))):
        yield f"{where}: Markdown in {part['text'][:80]!r}"
    yield from _faults_inside(part, where)


def _faults_inside(part: dict[str, Any], where: str) -> Iterator[str]:
    for name in ("body", "items", "columns", "inlines", "actions"):
        for number, inner in enumerate(part.get(name, [])):
            yield from _faults_in(inner, f"{where}.{name}[{number}]")
    if "selectAction" in part:
        yield from _faults_in(part["selectAction"], f"{where}.selectAction")
    for choice in part.get("choices", []):
        if set(choice) != {"title", "value"} or not is_filled(choice["title"]) or not is_filled(choice["value"]):
            yield f"{where}: choice {choice}"
