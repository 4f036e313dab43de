"""How a question was read, in plain words: for the terminal, and for who has to answer it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.texts import Words
from knowledge.answers import Candidate, Outcome
from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.deciding import Doubt
from knowledge.matching.explaining import Explanation
from knowledge.verdict import judge

_GROUPS = {"tasks": "explain.tasks", "objects": "explain.objects", "audiences": "explain.audiences"}
_DOUBTS: dict[Doubt, str] = {
    "unread": "explain.doubt_unread",
    "outside": "explain.doubt_outside",
    "weak": "explain.doubt_weak",
    "rival": "explain.doubt_rival",
    "stricter": "explain.doubt_stricter",
    "part": "explain.doubt_part",
    "purpose": "explain.doubt_purpose",
}
_SO = {
    Outcome.ANSWER: "explain.so_answer",
    Outcome.CHOOSE: "explain.so_choose",
    Outcome.HANDOVER: "explain.so_handover",
    Outcome.SMALLTALK: "explain.so_smalltalk",
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A kind of work it may be about; the last is "something else"."""

    share: float
    said: str
    no_row: bool = False

    @property
    def percent(self) -> str:
        return "<1%" if 0 < self.share < 0.01 else f"{round(self.share * 100)}%"


def tell_seen(words: Words, knowledge: Knowledge, explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """What was seen in the words: a label with its lines each."""
    if explanation.mended:
        mended = [words("explain.mended_one", typed=typed, read=read) for typed, read in explanation.mended]
        yield words("explain.mended"), mended
    if explanation.parts:
        yield words("explain.parts"), [f"{n}. {part}" for n, part in enumerate(explanation.parts, 1)]
    if explanation.concepts:
        yield words("explain.concepts"), _concepts(words, explanation)
    yield words("explain.data"), _data(words, knowledge, explanation)
    yield words("explain.tools"), _tools(words, knowledge, explanation)


def weigh(words: Words, knowledge: Knowledge, explanation: Explanation) -> list[Weighed]:
    """The rows it may be about, with how likely each is; empty where it was weighed against none."""
    reading = explanation.reading
    if reading.outcome is Outcome.SMALLTALK or not reading.candidates:
        return []
    rows = [
        Weighed(candidate.confidence, _title(words, knowledge, explanation, candidate))
        for candidate in reading.candidates
        if knowledge.find_use_case(candidate.use_case)  # else it is gone since the reading was readied
    ]
    return [*rows, Weighed(explanation.outside, words("explain.no_row"), no_row=True)]


def tell_why(words: Words, explanation: Explanation) -> list[str]:
    """What was offered stands above already; then the doubts say it all."""
    doubts = [words(_DOUBTS[doubt]) for doubt in explanation.doubts]
    return [*(doubts or [explanation.reading.because]), words(_SO[explanation.reading.outcome])]


def _concepts(words: Words, explanation: Explanation) -> list[str]:
    lines = []
    for group, key in _GROUPS.items():
        named = [
            meant.concept
            if meant.said == meant.concept
            else words("explain.as_said", concept=meant.concept, said=meant.said)
            for meant in explanation.concepts
            if meant.group == group
        ]
        if named:
            lines.append(words(key, words=words.listed(named)))
    return lines


def _data(words: Words, knowledge: Knowledge, explanation: Explanation) -> list[str]:
    """Each class with what gave it away; what was masked speaks for itself."""
    masked = [
        words(f"ask.kind_{kind}") if words.knows(f"ask.kind_{kind}") else words("ask.kind_other")
        for kind in explanation.reading.masked
    ]
    lines = []
    for id in explanation.reading.data:
        said = [f"“{text}”" for text, data_class in explanation.signals if data_class == id] or masked
        found = knowledge.find_data_class(id)
        label = found.label.in_language(words.language) if found else id
        by = words.listed(list(dict.fromkeys(said)))
        lines.append(words("explain.data_by", data=label, words=by) if by else f"{label}.")
    if explanation.left_out:
        left_out = [f"“{word}”" for word in explanation.left_out]
        lines.append(words("explain.left_out", words=words.listed(left_out)))
    return lines if explanation.reading.data else [words("explain.data_none"), *lines]


def _tools(words: Words, knowledge: Knowledge, explanation: Explanation) -> list[str]:
    reading = explanation.reading
    known = [tool.name for id in reading.tools if (tool := knowledge.find_tool(id)) is not None]
    lines = [words("explain.tool_known", tools=words.listed(known, last="house.or"))] if known else []
    if UNKNOWN_TOOL in reading.tools:
        lines.append(words("explain.tool_unknown", tool=f"“{reading.tool_words}”"))
    return lines or [words("explain.tool_none")]


def _title(words: Words, knowledge: Knowledge, explanation: Explanation, candidate: Candidate) -> str:
    reading = explanation.reading
    judgement = judge(knowledge, candidate.use_case, reading.data, reading.tools)
    title = judgement.use_case.title.in_language(words.language)
    return f"{title} ({words(f'ask.verdict_{judgement.verdict}')})"
