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
    """Bytes as Teams counts them."""
    return len(json.dumps(payload, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))
