"""Cards as Block Kit: what a message, the home tab or a modal shows. Pure; nothing typed can become markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from bot.model.cards import Bullets, Button, Buttons, Card, Divider, Element, Facts, Form, Link, Picture, Text
from bot.platforms.slack.forms import Block, draw_form, plain_text
from bot.platforms.slack.markup import escape_within

MESSAGE_TEXT = 3_900
"""Slack recommends 4,000 for a message and refuses more than that when one is changed."""
EVENT_TYPE = "prompt_club"
Pictures = Mapping[int, str]
"""Slack's id of an uploaded picture, by the index of its element; where there is none, its words stand instead."""


def draw(shown: Card | Form) -> Block:
    """A card as a message, or a form as a modal."""
    return draw_form(shown) if isinstance(shown, Form) else draw_message(shown)


def draw_message(card: Card, pictures: Pictures | None = None) -> dict[str, Any]:
    """`blocks` and `text` for chat.postMessage and its kin; notifications and screen readers say the text."""
    return {"blocks": draw_blocks(card, pictures), "text": draw_fallback(card)}


def draw_home(card: Card, pictures: Pictures | None = None) -> Block:
    return {"type": "home", "blocks": draw_blocks(card, pictures)}


def mark(key: str) -> dict[str, Any]:
    """Message metadata by which a message that may have arrived is found again. Any app can read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def draw_blocks(card: Card, pictures: Pictures | None = None) -> list[Block]:
    known = pictures or {}
    return [_draw(index, element, known.get(index)) for index, element in enumerate(card.elements)]


def _draw(index: int, element: Element, file_id: str | None) -> Block:
    match element:
        case Text():
            return _draw_text(element)
        case Bullets(items=items):
            return _rich({"type": "rich_text_list", "style": "bullet", "elements": [_section(i) for i in items]})
        case Facts():
            return _draw_facts(element)
        case Picture(alt=alt):
            if file_id is None:
                return _rich(_section(alt, italic=True))
            return {"type": "image", "slack_file": {"id": file_id}, "alt_text": alt}
        case Divider():
            return {"type": "divider"}
        case Link(label=label, url=url):
            return _rich({"type": "rich_text_section", "elements": [{"type": "link", "url": url, "text": label}]})
        case Buttons(buttons=buttons):
            drawn = [_draw_button(f"press:{index}:{place}", button) for place, button in enumerate(buttons)]
            return {"type": "actions", "elements": drawn}
        case _:
            assert_never(element)


def _draw_text(element: Text) -> Block:
    match element.style:
        case "normal":
            return _rich(_section(element.text))
        case "strong":
            return _rich(_section(element.text, bold=True))
        case "heading":
            return {"type": "header", "text": plain_text(element.text)}
        case "quiet":
            return {"type": "context", "elements": [plain_text(element.text)]}
        case "quote":
            return _rich({"type": "rich_text_quote", "elements": [_words(element.text)]})
        case _:
            assert_never(element.style)


def _draw_facts(element: Facts) -> Block:
    """One line a fact, its label bold: a section's plain fields could not tell label and value apart."""
    parts: list[Block] = []
    for fact in element.facts:
        end = "\n" if fact is not element.facts[-1] else ""
        parts += [_words(f"{fact.label}: ", bold=True), _words(fact.value + end)]
    return _rich({"type": "rich_text_section", "elements": parts})


def _draw_button(action_id: str, button: Button) -> Block:
    drawn: Block = {
        "type": "button",
        "action_id": action_id,
        "text": plain_text(button.label),
        "value": button.action,
    }
    if button.style != "default":
        drawn["style"] = button.style
    return drawn


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _section(text: str, **style: bool) -> Block:
    return {"type": "rich_text_section", "elements": [_words(text, **style)]}


def _words(text: str, **style: bool) -> Block:
    words: Block = {"type": "text", "text": text}
    return {**words, "style": style} if style else words


# ---------------------------------------------------------------- the same card as words


def draw_fallback(card: Card) -> str:
    """The whole card as lines of text, the summary first."""
    lines = [card.summary]
    for element in card.elements:
        lines += (line for line in _read_aloud(element) if line != card.summary)
    return escape_within("\n".join(lines), MESSAGE_TEXT)


def _read_aloud(element: Element) -> Iterator[str]:
    match element:
        case Text(text=text):
            yield text
        case Bullets(items=items):
            yield from (f"• {item}" for item in items)
        case Facts(facts=facts):
            yield from (f"{fact.label}: {fact.value}" for fact in facts)
        case Picture(alt=alt):
            yield alt
        case Link(label=label, url=url):
            yield f"{label}: {url}"
        case Buttons(buttons=buttons):
            yield " ".join(f"[{button.label}]" for button in buttons)
        case Divider():
            return
        case _:
            assert_never(element)
