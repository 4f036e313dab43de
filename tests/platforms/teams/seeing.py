"""An Adaptive Card as a person sees it: its words, buttons and pictures, and a form to fill in by label."""

from __future__ import annotations

from typing import Any

from tests.platforms.stage import Shown, ShownForm
from tests.platforms.teams.card_rules import walk

Card = dict[str, Any]


def see(id: str, card: Card, thread: str | None = None) -> Shown:
    parts = list(walk(card))
    return Shown(
        id=id,
        text="\n".join(_lines(card)),
        buttons=tuple(part["title"] for part in parts if str(part.get("type", "")).startswith("Action.")),
        thread=thread,
        pictures=tuple(part["altText"] for part in parts if part.get("type") == "Image"),
    )


def _lines(card: Card) -> list[str]:
    lines = []
    for part in walk(card):
        match part.get("type"):
            case "TextBlock":
                lines.append(part["text"])
            case "RichTextBlock":
                lines.append("".join(run["text"] for run in part["inlines"]))
            case "Input.Text" | "Input.ChoiceSet" | "Input.Date":
                lines.append(part["label"])
    return lines


def find_action(card: Card, label: str) -> Card:
    """The button with this label."""
    for part in walk(card):
        if str(part.get("type", "")).startswith("Action.") and part["title"] == label:
            return part
    raise AssertionError(f"no button {label!r} on the card; there are {see('', card).buttons}")


def find_inputs(card: Card) -> dict[str, Card]:
    return {part["label"]: part for part in walk(card) if str(part.get("type", "")).startswith("Input.")}


def see_form(title: str, card: Card) -> ShownForm:
    return ShownForm(title, tuple(find_inputs(card)), _errors(card))


def _errors(card: Card) -> dict[str, str]:
    """A message stands directly above the field it is about."""
    errors, above = {}, ""
    for block in card["body"]:
        if block["type"] == "RichTextBlock":
            words = "".join(run["text"] for run in block["inlines"])
            above = words if words.startswith("⚠") else ""
        elif block["type"].startswith("Input."):
            if above:
                errors[block["label"]] = above
            above = ""
    return errors


def fill_in(card: Card, values: dict[str, str]) -> dict[str, str]:
    """The inputs as the client sends them, given by label; choices by their titles, several parted by "; "."""
    data = {part["id"]: part["value"] for part in find_inputs(card).values() if "value" in part}
    for label, typed in values.items():
        part = find_inputs(card)[label]
        data[part["id"]] = _typed(part, typed)
    return data


def _typed(part: Card, typed: str) -> str:
    if part["type"] != "Input.ChoiceSet":
        return typed
    by_title = {choice["title"]: choice["value"] for choice in part["choices"]}
    return ",".join(by_title[title] for title in typed.split("; ") if title)
