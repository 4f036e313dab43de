"""What people say to the bot that is no may-I question, grouped by what the bot should do with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from knowledge.content import LANGUAGES
from knowledge.matching.lexicon import read_content


@cache
def load_smalltalk() -> Mapping[str, tuple[str, ...]]:
    """Group -> lines in any language."""
    groups = {}
    for group, lines in read_content("smalltalk.yaml").items():
        assert isinstance(lines, dict)
        groups[group] = tuple(line for language in LANGUAGES for line in lines.get(language, ()))
    return groups
