"""The two values the rest of the house gets from knowledge: what was read, and what follows from it.

A `Reading` says what a question is about and never names a verdict; `knowledge.verdict.judge` turns it, with
rows, data and tools, into a `Judgement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.content import Language, Tool, UseCase, Verdict


class Outcome(StrEnum):
    ANSWER = "answer"
    CHOOSE = "choose"
    HANDOVER = "handover"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Candidate:
    use_case: str
    confidence: float
    """0 to 1, calibrated: of the candidates with 0.9, nine in ten are right."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one question was taken to mean. The question itself is kept masked only."""

    masked_question: str
    masked: tuple[str, ...]
    """Kinds of what was masked, each once: bsn, iban, email, phone, secret, card, ..."""
    language: Language
    outcome: Outcome
    smalltalk: str | None
    """A group of smalltalk.yaml (greeting, help, lab, ...) when the outcome is smalltalk."""
    candidates: tuple[Candidate, ...]
    """Best first, at most three."""
    use_case: str | None
    """The row that decides, when the outcome is answer."""
    also: tuple[str, ...]
    """Other rows the same message asks about; the strictest decides."""
    data: tuple[str, ...]
    """Ids of the data classes the wording reveals, least to most sensitive; empty: the row's typical_data."""
    tools: tuple[str, ...]
    """Ids of the tools named (several where a name is shared); UNKNOWN_TOOL for one not in the register."""
    tool_words: str | None
    """The tool as the person wrote it."""
    because: str
    """In plain words of the asker's language: why this outcome."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The output of the rules for one row, data and tools."""

    verdict: Verdict
    use_case: UseCase
    data: tuple[str, ...]
    """The classes that were judged."""
    data_assumed: bool
    """True where the question revealed none and the row's typical_data was taken."""
    tools: tuple[str, ...]
    tool: Tool | None
    """The one registered tool that is meant, also where a shared name was settled by the data."""
    shared_name: bool
    """The name belongs to several tools."""
    unknown_tool: bool
    tool_decides: bool
    """The tool, or the lack of one that admits the data, is what makes it stricter than the row."""
    milder_with: tuple[Tool, ...]
    """Approved tools with which the same work is milder, when the tool decides."""
    row_verdict: Verdict
    """What the row alone says for this data."""
    conditions: tuple[str, ...]
    """Ids; empty where the verdict is mag or mag_niet and none apply."""
    level: str
    """The diploma level the work asks for."""
    level_short: bool
    """The asker's level is known and below it."""
