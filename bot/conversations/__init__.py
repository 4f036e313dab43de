"""The conversations, found by folder: each has a `talk.py` with `build(desk) -> Conversation`."""

from __future__ import annotations

import importlib
import pkgutil

from bot.conversation import Conversation
from bot.desk import Desk
from bot.model.cards import Example


def build_conversations(desk: Desk) -> list[Conversation]:
    """All conversations, in the order of their folders' names."""
    built: list[Conversation] = []
    for folder in _folders():
        talk = importlib.import_module(f"{__name__}.{folder}.talk")
        built.append(talk.build(desk))
    return built


def find_examples() -> dict[str, list[Example]]:
    """Every card and form with example data, by conversation: `EXAMPLES` in each folder's cards.py."""
    found: dict[str, list[Example]] = {}
    for folder in _folders():
        cards = importlib.import_module(f"{__name__}.{folder}.cards")
        found[folder] = list(cards.examples())
    return found


def _folders() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
