"""A faithful small picture of what a platform makes of its payload, for the gallery: from the payload itself.

Recognised by their shape, so that a new platform needs nothing here: without a picture its payload is shown alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from bot.pages.drawing import fill_loosely


def draw_preview(payload: object) -> Markup | None:
    match payload:
        case Markup():
            return payload
        case {"blocks": [*_]}:
            return fill_loosely("block_kit.html", payload=payload)
        case {"type": "AdaptiveCard", "body": [*_]}:
            return fill_loosely("adaptive_card.html", card=payload)
        case _:
            return None


def write_payload(payload: object) -> str:
    """As a developer reads it."""
    if isinstance(payload, Mapping | list):
        return json.dumps(payload, ensure_ascii=False, indent=2)
    return str(payload)
