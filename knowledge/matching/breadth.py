"""Notices a question that names no work at all: "Mag ik Copilot gebruiken?" is about every row, so about none."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.matching.lexicon import word_list


def is_too_broad(words: list[str], tool_places: Collection[int]) -> bool:
    """Nothing is left with the tool and the words anybody asks with taken off, and it is AI that is asked for."""
    if not word_list("whose_own").isdisjoint(words):
        return False
    rest = {word for place, word in enumerate(words) if place not in tool_places}
    asks, means_ai = word_list("asks_leave_of_all"), word_list("means_ai")
    speaks_of_ai = bool(tool_places) or not means_ai.isdisjoint(rest)
    return speaks_of_ai and not asks.isdisjoint(rest) and rest <= asks | means_ai | word_list("says_no_work")
