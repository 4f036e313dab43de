"""Reads which tools a question names: by name, by sound, and by the look of one that nobody registered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.lexicon import read_content, word_list
from knowledge.matching.normalising import fold, split_words, squash
from knowledge.matching.phrasebook import Found, PhraseBook
from knowledge.matching.sounds import sound_of
from knowledge.matching.unknown_tools import UnknownToolFinder, is_named_as_tool
from knowledge.matching.vague_tools import VagueToolFinder

_NOTHING_ODD: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class ToolsRead:
    tools: tuple[str, ...] = ()
    words: str | None = None
    """The tool as the person wrote it; where one is in no register, that one only."""
    places: frozenset[int] = frozenset()
    """Which words of the question name a tool."""
    is_vague: bool = False
    """`words` hold no name: "dat gratis appje"."""


class ToolReader:
    def __init__(self, knowledge: Knowledge) -> None:
        products = read_content("products.yaml")
        names, with_ai = _strings(products["names"]), _strings(products["with_ai"])
        not_ai = _strings(products["not_ai"])
        self._order = [tool.id for tool in knowledge.tools]
        self._knowledge = knowledge
        self._registered = PhraseBook(_names(knowledge))
        self._products = PhraseBook((name, UNKNOWN_TOOL) for name in names)
        self._beside = PhraseBook((name, UNKNOWN_TOOL) for name in with_ai if name not in not_ai)
        self._unknown = UnknownToolFinder(with_ai, not_ai)
        self._vague = VagueToolFinder()
        self._sounds = _by_sound([*((name, UNKNOWN_TOOL) for name in names), *_names(knowledge)])

    def read(
        self, text: str, words: list[str], known: frozenset[str], odd: Mapping[int, str] = _NOTHING_ODD
    ) -> ToolsRead:
        """`text` still has its capitals, `words` are folded, `known` words are no names of tools, `odd` are words
        nobody knows, as they were typed, by their place."""
        found = self._find(words, odd)
        places = frozenset(place for hit in found for place in range(hit.first, hit.end))
        vague = self._vague.find(words, places)
        if not found:
            name = self._unknown.find(text, known)
            return ToolsRead((UNKNOWN_TOOL,), name or vague, is_vague=not name) if name or vague else ToolsRead()
        labels = frozenset[str]().union(
            *(self._meant(hit, words) for hit in found), {UNKNOWN_TOOL} if vague else ()
        )
        tools = (*(id for id in self._order if id in labels), *({UNKNOWN_TOOL} & labels))
        unknown = [hit for hit in found if UNKNOWN_TOOL in hit.labels]
        return ToolsRead(tools, vague or _as_written(words, unknown or found), places, is_vague=bool(vague))

    def _find(self, words: list[str], odd: Mapping[int, str]) -> list[Found]:
        found = self._registered.find(words) or self._registered.find_leading(words)
        unlisted = self._products.find(words) or self._products.find_leading(words, hyphen_only=True)
        beside = [hit for hit in self._beside.find(words) if is_named_as_tool(words, hit.first, hit.end)]
        for others in (unlisted, beside, self._hear(odd)):
            taken = {place for hit in found for place in range(hit.first, hit.end)}
            found = [*found, *(hit for hit in others if taken.isdisjoint(range(hit.first, hit.end)))]
        meant = [hit for hit in found if not _is_turned_down(hit, words)]
        return meant or found

    def _hear(self, odd: Mapping[int, str]) -> list[Found]:
        """deepsjiek: a word that nobody knows and that sounds like a tool."""
        heard = [(place, word, self._sounds.get(sound_of(squash(word)) or "")) for place, word in odd.items()]
        return [Found(place, place + 1, labels, word) for place, word, labels in heard if labels]

    def _meant(self, hit: Found, words: list[str]) -> frozenset[str]:
        """gratis chatgpt, Copilot thuis: of the tools that share the name, the one least may go into."""
        if len(hit.labels) < 2 or not _is_said_private(hit, words):
            return hit.labels
        limits = {id: self._limit(id) for id in hit.labels}
        return frozenset(id for id, limit in limits.items() if limit == min(limits.values()))

    def _limit(self, id: str) -> int:
        limit = next((tool.data_limit for tool in self._knowledge.tools if tool.id == id), None)
        return -1 if limit is None else self._knowledge.sensitivity(limit)


def _is_said_private(hit: Found, words: list[str]) -> bool:
    before, behind = words[max(0, hit.first - 3) : hit.first], " ".join(words[hit.end : hit.end + 3])
    return (
        any(word in word_list("free_before") for word in before)
        or any(" ".join(before).endswith(phrase) for phrase in word_list("private_before"))
        or any(f"{behind} ".startswith(f"{phrase} ") for phrase in word_list("private_behind"))
    )


def _is_turned_down(hit: Found, words: list[str]) -> bool:
    """niet met Gemini maar met Copilot; in plaats van ChatGPT."""
    before = " ".join(words[max(0, hit.first - 3) : hit.first])
    return any(before.endswith(phrase) for phrase in word_list("turning_down"))


def _strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


def _names(knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    for tool in knowledge.tools:
        yield tool.id, tool.id
        for name in (tool.name, *tool.aliases):
            yield name, tool.id
            for part in re.split(r"\s*/\s*", name):
                if split_words(fold(part)):
                    yield part, tool.id


def _by_sound(names: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """A registered tool goes before a product that is not."""
    heard: dict[str, frozenset[str]] = {}
    for name, label in names:
        sound = sound_of(squash(name))
        if sound:
            heard[sound] = heard.get(sound, frozenset()) - {UNKNOWN_TOOL} | {label}
    return heard


def _as_written(words: list[str], found: list[Found]) -> str:
    return ", ".join(" ".join(words[hit.first : hit.end]) or hit.phrase for hit in found)
