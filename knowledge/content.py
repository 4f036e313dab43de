"""What an organisation agreed on, as frozen values: policy, tools, matrix, phrasings, diploma, weekly posts.

These are what `knowledge.library` makes of the YAML files and what every rule works on. All ids are the
organisation's own; only the vocabularies below are fixed (knowledge/default/README.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from knowledge.routing import LabPlan
from knowledge.surveys import SurveyPlan

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

UNKNOWN_TOOL = "?"
"""Stands in a list of tool ids for "a tool was named that is not in the register"."""


class Verdict(StrEnum):
    """From free to strict; `strictness` orders them."""

    MAG = "mag"
    MAG_MITS = "mag_mits"
    GRIJS = "grijs"
    MAG_NIET = "mag_niet"

    @property
    def strictness(self) -> int:
        return _STRICTNESS[self]


_STRICTNESS = {verdict: place for place, verdict in enumerate(Verdict)}


class ToolStatus(StrEnum):
    APPROVED = "goedgekeurd"
    TRIAL = "proef"
    FORBIDDEN = "niet_toegestaan"


class DataKind(StrEnum):
    """The lexicon's general classes; they tie an organisation's data class to words everyone uses."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages; an organisation of one language has the same text in both."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Principle:
    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class DataClass:
    id: str
    label: Wording
    description: Wording
    signals: Mapping[Language, tuple[str, ...]]
    kind: DataKind | None = None


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    id: str
    title: Wording
    owner: str


@dataclass(frozen=True, slots=True)
class Condition:
    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Level:
    id: str
    label: Wording
    description: Wording


@dataclass(frozen=True, slots=True)
class Policy:
    version: int
    organisation: str
    contact_point: str
    stance: str
    priority: str
    experimentation: str
    statement: Wording
    principles: tuple[Principle, ...]
    data_classes: tuple[DataClass, ...]
    """From least to most sensitive."""
    documents: tuple[PolicyDocument, ...]
    conditions: tuple[Condition, ...]
    levels: tuple[Level, ...]
    """From lowest to highest."""
    languages: tuple[Language, ...] = LANGUAGES
    """The languages the organisation's texts are in."""


@dataclass(frozen=True, slots=True)
class Tool:
    id: str
    name: str
    aliases: tuple[str, ...]
    status: ToolStatus
    data_limit: str | None
    """Id of the most sensitive data class that may go in; None: nothing at all."""
    note: Wording
    made_for: tuple[str, ...] = ()
    """Tasks or rows it is only there for; empty: work of any kind. Says when to recommend it, judges nothing."""


@dataclass(frozen=True, slots=True)
class UseCase:
    """One row of the matrix."""

    id: str
    title: Wording
    task: str
    description: Wording
    typical_data: str
    verdicts: Mapping[str, Verdict]
    """One verdict per data class id."""
    conditions: tuple[str, ...]
    why: Wording
    level: str
    principles: tuple[str, ...]
    policies: tuple[str, ...]
    examples: Mapping[Language, tuple[str, ...]]
    instead: Wording | None = None
    version: int = 1
    """The row's own version, else that of matrix.yaml."""
    since: date | None = None
    """From when this version holds; else the day the file was last changed."""


class WhenEmpty(StrEnum):
    """What a channel gets in a week with nothing to tell."""

    LINE = "line"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """The weekly post of one channel."""

    id: str
    channel: str
    """`slack:C0123456789`: the platform and its own id of the channel."""
    cron: str
    """One minute and one hour."""
    time_zone: str | None
    """None: the organisation's."""
    language: Language
    when_empty: WhenEmpty = WhenEmpty.LINE


@dataclass(frozen=True)
class Knowledge:
    """Everything an organisation agreed on, checked; replaced whole when a file changes."""

    policy: Policy
    tools: tuple[Tool, ...]
    use_cases: tuple[UseCase, ...]
    phrasings: Mapping[str, Mapping[Language, tuple[str, ...]]]
    """Use-case id -> ways people say it; teaches the matcher and is never shown."""
    diploma: Mapping[str, object]
    """diploma.yaml, checked; its own types come with the diploma."""
    fingerprint: str
    """Changes whenever the content changes; keys caches."""
    digests: tuple[DigestPlan, ...] = ()
    lab: LabPlan = field(default_factory=LabPlan)
    """By when the AI Lab answers, and who gets which questions."""
    surveys: SurveyPlan = field(default_factory=SurveyPlan)
    """What a team lead can ask a team."""
    review_days: int = 90
    """After so many days a row is looked at again."""
    revision: int = 0
    """Of the database, up to which what was changed there is in force here."""
    under_review: frozenset[str] = frozenset()
    """Rows that wait for somebody to say whether they still hold; they are in force meanwhile."""
    _by_id: dict[str, UseCase] = field(init=False, repr=False, compare=False, default_factory=dict)
    _tools_by_id: dict[str, Tool] = field(init=False, repr=False, compare=False, default_factory=dict)

    _sensitivities: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _register: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    _judged: dict[Any, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What `knowledge.verdict` found before: the same few cells are asked for again and again."""

    def __post_init__(self) -> None:
        self._by_id.update({row.id: row for row in self.use_cases})
        self._tools_by_id.update({tool.id: tool for tool in self.tools})
        self._sensitivities.update({c.id: place for place, c in enumerate(self.policy.data_classes)})
        self._register.update({tool.id: place for place, tool in enumerate(self.tools)})

    def find_use_case(self, id: str) -> UseCase | None:
        return self._by_id.get(id)

    def get_use_case(self, id: str) -> UseCase:
        return self._by_id[id]

    def find_tool(self, id: str) -> Tool | None:
        return self._tools_by_id.get(id)

    def get_tool(self, id: str) -> Tool:
        return self._tools_by_id[id]

    def find_data_class(self, id: str) -> DataClass | None:
        return next((c for c in self.policy.data_classes if c.id == id), None)

    def sensitivity(self, data_class: str) -> int:
        """Place of the class from least (0) to most sensitive; KeyError for an unknown id."""
        return self._sensitivities[data_class]

    def place_in_register(self, tool: Tool) -> int:
        return self._register[tool.id]
