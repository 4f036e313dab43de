"""Notices a tool that is in no register and no list: "de tool Snelschrijver", "DenkMaat AI", "met Plotly"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from knowledge.matching.lexicon import word_list
from knowledge.matching.names import given_names
from knowledge.matching.normalising import fold, squash

_WORD = r"[^\W_][\w.+&-]*"
_NAME = rf"{_WORD}(?:\s[A-Z0-9][\w.+&-]*){{0,2}}"
_KIND = (
    r"(?:ai-?\s?)?(?:tool|app|applicatie|programma|software|pakket|plugin|plug-in|extensie|assistent|assistant|chatbot|"
    r"extension|program|package|platform)(?:je|tje)?"
)
_NAMED = r"(?:,?\s*(?:die|dat|which|that|is))*,?\s*(?:genaamd|called|named|heet|heten|met de naam|van de naam)"
_CALLED = re.compile(rf"\b{_KIND}\b{_NAMED}\s*[,:]?\s+[\"'(]?(?P<name>{_NAME})", re.IGNORECASE)
_CAPITAL = r"[A-Z][\w.+&-]*(?:\s[A-Z0-9][\w.+&-]*){0,2}"
_BESIDE = re.compile(rf"\b(?i:{_KIND})\s+[\"'(]?(?P<name>{_CAPITAL})")
_QUOTED = re.compile(rf"[\"'](?P<name>[A-Z]{_NAME})[\"']")
_NAME_AI = re.compile(r"(?<=[^.!?:] )(?P<name>[A-Z][\w.+&]*)[\s-](?:AI|GPT)\b|^(?P<first>[A-Z]\w*[A-Z]\w*) AI\b")
_WITH_AI = re.compile(
    rf"\b(?:met|via|with|using|through|gebruik|gebruiken|use)\s+(?:(?:de|het|een|the|a|an)\s+)?(?P<name>{_WORD})[\s-]ai\b",
    re.IGNORECASE,
)
_IS_IT_FINE = re.compile(
    rf"^(?i:is|are|zijn)\s+(?P<name>{_CAPITAL})\s+(?i:ok|oke|oké|okay|goed|toegestaan|toegelaten|goedgekeurd|veilig|"
    r"een optie|allowed|fine|alright|approved|permitted|safe|an option)\b"
)
_QUOTED_TOOL = re.compile(rf"[\"'](?P<name>{_NAME})[\"'][^.?!]{{0,30}}\b{_KIND}\b", re.IGNORECASE)
_ENDS_IN_AI = re.compile(r"\b(?P<name>[a-z][\w-]{2,}(?:\.ai|gpt))\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:met|via|with|using|through)\s+(?P<name>[A-Z][\w.+&-]*(?:\s[A-Z0-9][\w.+&-]*)?)")
_SPEAKS_OF_TOOL = re.compile(rf"\b(?:{_KIND}|ai)\b", re.IGNORECASE)
_SPEAKS_OF_AI = re.compile(r"\bai\b", re.IGNORECASE)


class UnknownToolFinder:
    def __init__(self, with_ai: Collection[str], not_ai: Collection[str]) -> None:
        self._with_ai = frozenset(map(squash, with_ai))
        self._not_ai = frozenset(map(squash, not_ai))

    def find(self, text: str, known: frozenset[str]) -> str | None:
        """The name as it was written; None where nothing looks like one."""
        text = text.lower() if text.isupper() else text  # where all is upper case, a capital says nothing
        return next((name for name in self._candidates(text, known)), None)

    def _candidates(self, text: str, known: frozenset[str]) -> Iterator[str]:
        for pattern in (_NAME_AI, _WITH_AI, _BESIDE, _CALLED, _QUOTED_TOOL, _ENDS_IN_AI, _IS_IT_FINE):
            yield from self._named(pattern, text, known)
        if _SPEAKS_OF_TOOL.search(text):
            yield from self._named(_QUOTED, text, known)
        if not _SPEAKS_OF_AI.search(text):
            yield from self._named(_WITH, text, known)

    def _named(self, pattern: re.Pattern[str], text: str, known: frozenset[str]) -> Iterator[str]:
        for match in pattern.finditer(text):
            name = next(filter(None, match.groupdict().values())).strip(".,'\"")
            if self._is_product(name, known):
                yield name

    def _is_product(self, name: str, known: frozenset[str]) -> bool:
        first = fold(name.split(" ", maxsplit=1)[0]).strip("'.")
        if squash(name) in self._with_ai:
            return True
        everyday = (word_list("english"), word_list("dutch"), word_list("no_tool_name"), known)
        is_everyday = first in given_names() or any(first in words or squash(first) in words for words in everyday)
        return (
            not is_everyday
            and squash(name) not in self._not_ai
            and squash(first) not in self._not_ai
            and len(first) > 1
        )


def is_named_as_tool(words: Sequence[str], first: int, end: int) -> bool:
    """Whether words[first:end] stand where a tool stands: "met gamma", "mag gamma mijn slides maken",
    "is gamma oke"."""
    before = words[max(0, first - 2) : first]
    by = any(word in word_list("by_means_of") for word in before) and before[-1] not in word_list("says_whose")
    behind = words[end] if end < len(words) else ""
    asked = first == 1 and words[0] in word_list("asking_of") and behind in word_list("says_whose")
    fine = first == 1 and words[0] in word_list("is_it") and behind in word_list("asks_leave_of_all")
    return by or asked or fine
