"""What somebody reads in blocks, and what they fill in: the eyes and hands of the people on the stage."""

from __future__ import annotations

from typing import Any

from tests.platforms.stage import Shown

Block = dict[str, Any]


def see(message: dict[str, Any]) -> Shown:
    """A message as a person sees it; only its blocks are shown, the text is for notifications."""
    blocks: list[Block] = message["blocks"]
    return Shown(
        id=message["ts"],
        text="\n".join(line for block in blocks if (line := read_block(block))),
        buttons=tuple(button["text"]["text"] for button in find_buttons(blocks)),
        thread=message.get("thread_ts"),
        pictures=tuple(block["alt_text"] for block in blocks if block["type"] == "image"),
    )


def read_block(block: Block) -> str:
    match block["type"]:
        case "header" | "section":
            return str(block["text"]["text"])
        case "context":
            return " ".join(element["text"] for element in block["elements"])
        case "rich_text":
            return "".join(read_rich(part) for part in block["elements"])
        case _:
            return ""


def read_rich(part: Block) -> str:
    if part["type"] == "rich_text_list":
        return "\n".join("• " + read_rich(item) for item in part["elements"])
    return "".join(f"{element['text']}" for element in part["elements"])


def find_buttons(blocks: list[Block]) -> list[Block]:
    return [button for block in blocks if block["type"] == "actions" for button in block["elements"]]


def find_button(blocks: list[Block], label: str) -> Block:
    return next(button for button in find_buttons(blocks) if button["text"]["text"] == label)


def labels_of(blocks: list[Block]) -> dict[str, str]:
    """block_id by label, in order."""
    return {block["label"]["text"]: block["block_id"] for block in blocks if block["type"] == "input"}


def values_of(blocks: list[Block], typed: dict[str, str]) -> dict[str, Any]:
    """view.state.values as Slack sends them, with `typed` filled in by label; "" is an empty field."""
    values: dict[str, Any] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        given = typed.get(block["label"]["text"])
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **fill_in(element, given)}}
    return values


def fill_in(element: Block, given: str | None) -> dict[str, Any]:
    match element["type"]:
        case "plain_text_input":
            return {"value": (element.get("initial_value") if given is None else given) or None}
        case "datepicker":
            return {"selected_date": (element.get("initial_date") if given is None else given) or None}
        case "checkboxes":
            ticked = [option for option in element["options"] if option["text"]["text"] == given]
            return {"selected_options": ticked or element.get("initial_options", [])}
        case _:
            chosen = next((option for option in element["options"] if option["text"]["text"] == given), None)
            return {"selected_option": chosen or element.get("initial_option")}
