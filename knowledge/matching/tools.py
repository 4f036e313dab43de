"""Reads which tools a question names: by name and alias, and by the look of a product nobody registered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.lexicon import read_content, word_list
from knowledge.matching.normalising import fold, split_words, squash
from knowledge.matching.phrasebook import Found, PhraseBook

_CALLED_A_TOOL = re.compile(
    r"(?:\b(?:tool|app|applicatie|programma|software|pakket|plugin|plug-in|extensie|dienst|website|site|product|"
    r"bot|assistent|assistant|extension|service|program|package|platform)(?:je|tje)?\b"
    r"(?:\s+(?:genaamd|die|dat|called|named|heet|heeft?|is))*\s+"
    r"[\"'(]?(?P<after>[A-Z][\w.]*[a-z0-9][\w.]*(?:\s[A-Z0-9][\w.]*){0,2}))"
)
_QUOTED = re.compile(
    r"[\"'](?P<quoted>[A-Z][\w.+-]+(?:\s[\w.+-]+){0,3})[\"'](?=[^.?!]{0,40}\b(?:AI|ai|tool|app|bot|software)\b)"
)
_NAME_AI = re.compile(r"\b(?P<name>[A-Z][\w]+(?:[A-Z]\w*)?)[\s-](?:AI|GPT)\b")
_ENDS_IN_AI = re.compile(r"\b(?P<name>[A-Za-z][\w-]{2,}(?:\.ai|\.io|GPT|gpt|AI))\b")


@dataclass(frozen=True, slots=True)
class ToolsRead:
    tools: tuple[str, ...] = ()
    words: str | None = None
    """The tool as the person wrote it."""
    places: frozenset[int] = frozenset()
    """Which words of the question name a tool."""


class ToolReader:
    def __init__(self, knowledge: Knowledge) -> None:
        products = read_content("products.yaml")
        self._order = [tool.id for tool in knowledge.tools]
        self._registered = PhraseBook(_names(knowledge))
        self._products = PhraseBook(((str(name), UNKNOWN_TOOL) for name in _list(products["names"])), typos=False)
        self._with_ai = frozenset(squash(str(name)) for name in _list(products["with_ai"]))
        self._not_ai = frozenset(squash(str(name)) for name in _list(products["not_ai"]))

    def read(self, text: str, words: list[str], known: frozenset[str]) -> ToolsRead:
        """`text` still has its capitals, `words` are folded."""
        found = self._registered.find(words, known)
        taken = {place for hit in found for place in range(hit.first, hit.end)}
        found += [hit for hit in self._products.find(words) if taken.isdisjoint(range(hit.first, hit.end))]
        if not found:
            return self._read_unknown(text)
        labels = frozenset[str]().union(*(hit.labels for hit in found))
        tools = (*(id for id in self._order if id in labels), *({UNKNOWN_TOOL} & labels))
        places = frozenset(place for hit in found for place in range(hit.first, hit.end))
        return ToolsRead(tools, _as_written(words, found), places)

    def _read_unknown(self, text: str) -> ToolsRead:
        for pattern in (_QUOTED, _CALLED_A_TOOL, _NAME_AI, _ENDS_IN_AI):
            for match in pattern.finditer(text):
                name = next(value for value in match.groupdict().values() if value)
                if squash(name) not in self._not_ai and squash(name) not in word_list("no_tool_name"):
                    return ToolsRead((UNKNOWN_TOOL,), name)
        return ToolsRead()


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _names(knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    for tool in knowledge.tools:
        yield tool.id, tool.id
        for name in (tool.name, *tool.aliases):
            yield name, tool.id
            for part in re.split(r"\s*/\s*|\s*\(", name):
                if len(split_words(fold(part))) and part != name and "/" in name:
                    yield part, tool.id


def _as_written(words: list[str], found: list[Found]) -> str:
    return ", ".join(" ".join(words[hit.first : hit.end]) for hit in found)
