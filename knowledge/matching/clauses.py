"""Cuts a message into passages, so that each thing it asks can be seen by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.matching.lexicon import word_list
from knowledge.matching.normalising import fold, split_words

TOOL = "ai"
"""Stands for any named tool: which tool it is must not change which row is meant."""
_LONG = 60
_MOST = 8
_CLAUSE_END = re.compile(r"(?<=[.!?;:,])\s+|\n+|\s+[-–—(]+\s*")
_SENTENCE_ENDS = (".", "!", "?", ";", ":")
_SHORTEST = 4
_STRETCH = 25


@dataclass(frozen=True, slots=True)
class Passages:
    whole: str | None
    """The message itself, when it is short enough to be about one thing."""
    parts: tuple[str, ...]
    """Its sentences, or halves around "en" and "and"."""
    unread: bool = False
    """It is so long that sentences which may ask something were passed over."""


@dataclass(frozen=True, slots=True)
class _Clause:
    words: tuple[str, ...]
    """Without the ones left out, and with any tool named replaced by one and the same word."""
    ends_sentence: bool


def prepare(words: list[str], tool_places: Collection[int] = ()) -> str:
    return " ".join(_replace(words, range(len(words)), tool_places, ()))


def cut(text: str, words: list[str], tool_places: Collection[int], left_out: Collection[int]) -> Passages:
    clauses = _without_contrast(list(_clauses(text, words, tool_places, left_out)))
    sentences = _join(clauses)
    if len(words) > _LONG:
        return _read_long(sentences)
    parts = [half for sentence in sentences for half in _halves(sentence)]
    several = tuple(" ".join(part) for part in parts if len(part) >= _SHORTEST)
    whole = " ".join(word for clause in clauses for word in clause.words)
    return Passages(whole, several if len(several) > 1 else ())


def _read_long(sentences: list[list[str]]) -> Passages:
    """The stretches that look most like a question, each once."""
    telling = word_list("telling")
    stretches = dict.fromkeys(" ".join(part) for sentence in sentences for part in _stretches(sentence))
    ranked = sorted(stretches, key=lambda stretch: -len(telling & set(stretch.split())))
    unread = any(len(telling & set(stretch.split())) > 1 for stretch in ranked[_MOST:])
    return Passages(None, tuple(ranked[:_MOST]) or ("",), unread)


def _clauses(
    text: str, words: list[str], tool_places: Collection[int], left_out: Collection[int]
) -> Iterator[_Clause]:
    first = 0
    for clause in _CLAUSE_END.split(text):
        end = first + len(split_words(fold(clause)))
        kept = _replace(words, range(first, end), tool_places, left_out)
        if kept:
            yield _Clause(tuple(kept), clause.endswith(_SENTENCE_ENDS))
        first = end


def _replace(words: list[str], places: range, tool_places: Collection[int], left_out: Collection[int]) -> list[str]:
    replaced: list[str] = []
    for place in places:
        if place in left_out:
            continue
        if place not in tool_places:
            replaced.append(words[place])
        elif not replaced or replaced[-1] != TOOL:
            replaced.append(TOOL)
    return replaced


def _without_contrast(clauses: list[_Clause]) -> list[_Clause]:
    """ "Geen cv's beoordelen, alleen de vacature schrijven": what is set aside says nothing about the deed."""
    only = [clause for clause in clauses if _says_only(clause.words)]
    if not only:
        return clauses
    kept = [clause for clause in clauses if clause in only or not _denies(clause.words)]
    return kept or clauses


def _says_only(words: tuple[str, ...]) -> bool:
    for place, word in enumerate(words):
        if word in word_list("only") and (place == 0 or words[place - 1] not in word_list("denial")):
            return not _denies(words[:place])
    return False


def _denies(words: tuple[str, ...]) -> bool:
    return not word_list("setting_aside").isdisjoint(words)


def _join(clauses: list[_Clause]) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for clause in clauses:
        sentences[-1].extend(clause.words)
        if clause.ends_sentence:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _stretches(sentence: list[str]) -> list[list[str]]:
    return [sentence[start : start + _STRETCH] for start in range(0, len(sentence), _STRETCH)]


def _halves(sentence: list[str]) -> list[list[str]]:
    """Around each "en" or "and"; each later half gets the words with which the first one asks."""
    cuts = [place for place, word in enumerate(sentence) if word in word_list("joining")]
    cuts = [place for place in cuts if place >= _SHORTEST and len(sentence) - place > 3]
    opening = sentence[:2] if sentence[0] in word_list("asking") else []
    halves, first = [], 0
    for place in (*cuts, len(sentence)):
        half = sentence[first:place]
        halves.append(half if first == 0 else [*opening, *half])
        first = place + 1
    return halves
