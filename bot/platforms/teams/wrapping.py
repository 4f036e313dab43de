"""The outermost layers: a body as an Adaptive Card, a card as an attachment, an attachment as a message."""

from __future__ import annotations

import json
from typing import Any

from bot.platforms.teams.plain import Block, name

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"


def wrap_card(body: list[Block], fallback: str, actions: list[Block] | None = None) -> Block:
    card: Block = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": name(fallback),
        "body": body,
    }
    if actions:
        card["actions"] = actions
    return card


def attach(card: Block) -> Block:
    return {"contentType": CONTENT_TYPE, "content": card}


def wrap_message(card: Block, summary: str) -> Block:
    """The activity that shows the card; the summary is what a notification says."""
    return {"type": "message", "summary": name(summary), "attachments": [attach(card)]}


def size_of(payload: Any) -> int:
    """Bytes as Teams counts them. The library sends escapes, twelve letters for one that is rare: of those no more
    than two for each byte, since a request has its bounds too."""
    counted = len(json.dumps(payload, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))
    return max(counted, len(json.dumps(payload)) // 2)


def with_band(body: list[Block]) -> list[Block]:
    """A title, and the line that stands out below it, in a band along the top of the card."""
    top = 0
    while top < min(2, len(body)) and _stands_out(body[top]):
        top += 1
    if not top:
        return body
    return [{"type": "Container", "style": "emphasis", "bleed": True, "items": body[:top]}, *body[top:]]


def _stands_out(block: Block) -> bool:
    look = block["inlines"][0] if block["type"] == "RichTextBlock" else block
    return look.get("weight") == "Bolder"
