"""Cuts a long message into passages, so that one sentence about the deed is not drowned in all the others."""

from __future__ import annotations

from knowledge.matching.lexicon import word_list

TOOL = "ai"
"""Stands for any named tool: which tool it is must not change which row is meant."""
_LONG = 60
_MOST = 12


def choose_passages(named: list[bool], words: list[str]) -> list[list[str]]:
    """The message itself when it is short, else the stretches in which something seems to be asked."""
    replaced = _replace_tools(named, words)
    if len(replaced) <= _LONG:
        return [replaced]
    stretches = [replaced[start : start + 24] for start in range(0, len(replaced), 12)]
    telling = sorted(stretches, key=lambda stretch: -len(word_list("telling") & set(stretch)))
    return telling[:_MOST]


def _replace_tools(named: list[bool], words: list[str]) -> list[str]:
    replaced: list[str] = []
    for word, is_tool in zip(words, named, strict=True):
        if not is_tool:
            replaced.append(word)
        elif not replaced or replaced[-1] != TOOL:
            replaced.append(TOOL)
    return replaced
