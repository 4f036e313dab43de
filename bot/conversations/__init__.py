"""The conversations, found by folder: each has a `talk.py` with `build(desk) -> Conversation`."""

from __future__ import annotations

import importlib
import pkgutil

from bot.conversation import Conversation
from bot.desk import Desk
from bot.model.cards import Example
from knowledge.content import Language


def build_conversations(desk: Desk) -> list[Conversation]:
    """All conversations, in the order of their folders' names."""
    built: list[Conversation] = []
    for folder in _folders():
        talk = importlib.import_module(f"{__name__}.{folder}.talk")
        built.append(talk.build(desk))
    return built


def find_examples(language: Language) -> dict[str, list[Example]]:
    """Every card and form with example data, by conversation: `all_examples()` in each folder's examples.py."""
    found: dict[str, list[Example]] = {}
    for folder in _folders():
        examples = importlib.import_module(f"{__name__}.{folder}.examples")
        found[folder] = list(examples.all_examples(language))
    return found


def _folders() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
