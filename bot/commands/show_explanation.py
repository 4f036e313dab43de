"""Draws how a question was read: what it says, what it may be about, and why the answer came as it did."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import HORIZONTALS
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.texts import Words
from knowledge.answers import Candidate, Outcome
from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.deciding import Doubt
from knowledge.matching.explaining import Explanation
from knowledge.verdict import judge

_WIDTH = 88
_BAR = 16
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


def show_explanation(words: Words, knowledge: Knowledge, explanation: Explanation, console: Console) -> None:
    """As wide as reads well. Nothing in it is markup, whatever somebody typed."""
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(no_wrap=True)
    for label, drawn in _sections(words, knowledge, explanation):
        grid.add_row(Text(label, style="dim"), drawn)
    title = Text(words("explain.title"), style="bold")
    width = min(_WIDTH, console.width)
    console.print(Panel(Group(title, Text(), grid), box=HORIZONTALS, width=width, padding=(1, 2, 0, 2)))


def _sections(words: Words, knowledge: Knowledge, explanation: Explanation) -> Iterator[tuple[str, RenderableType]]:
    if explanation.mended:
        mended = [words("explain.mended_one", typed=typed, read=read) for typed, read in explanation.mended]
        yield words("explain.mended"), _lines(mended)
    if explanation.parts:
        yield words("explain.parts"), _lines([f"{n}. {part}" for n, part in enumerate(explanation.parts, 1)])
    if explanation.concepts:
        yield words("explain.concepts"), _lines(_concepts(words, explanation))
    yield words("explain.data"), _lines(_data(words, knowledge, explanation))
    yield words("explain.tools"), _lines(_tools(words, knowledge, explanation))
    if explanation.reading.outcome is not Outcome.SMALLTALK and explanation.reading.candidates:
        yield words("explain.rows"), _bars(words, knowledge, explanation)
    yield words("explain.why"), _lines(_why(words, explanation))


def _lines(lines: list[str]) -> Text:
    return Text("\n".join(lines))


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
        lines.append(words("explain.data_by", data=label, words=words.listed(list(dict.fromkeys(said)))))
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


def _bars(words: Words, knowledge: Knowledge, explanation: Explanation) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    for candidate in explanation.reading.candidates:
        title = Text(_title(words, knowledge, explanation, candidate))
        grid.add_row(_bar(candidate.confidence), _percent(candidate.confidence), title)
    outside = explanation.outside
    grid.add_row(_bar(outside), _percent(outside), Text(words("explain.no_row"), style="italic"))
    return grid


def _title(words: Words, knowledge: Knowledge, explanation: Explanation, candidate: Candidate) -> str:
    reading = explanation.reading
    judgement = judge(knowledge, candidate.use_case, reading.data, reading.tools)
    title = judgement.use_case.title.in_language(words.language)
    return f"{title} ({words(f'ask.verdict_{judgement.verdict}')})"


def _bar(share: float) -> Text:
    full = round(share * _BAR)
    return Text.assemble(("━" * full, "bold"), ("─" * (_BAR - full), "dim"))


def _percent(share: float) -> Text:
    return Text("<1%" if 0 < share < 0.01 else f"{round(share * 100)}%")


def _why(words: Words, explanation: Explanation) -> list[str]:
    """What was offered stands above already; then the doubts say it all."""
    doubts = [words(_DOUBTS[doubt]) for doubt in explanation.doubts]
    return [*(doubts or [explanation.reading.because]), words(_SO[explanation.reading.outcome])]
