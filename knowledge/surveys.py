"""Surveys as an organisation wrote them: questions with options, in several versions side by side. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from knowledge.content import Wording

Kind = Literal["choice", "many", "tools", "scale", "text", "pick"]
"""pick: three of what a team proposed; made by a vote, never by a file."""
KINDS: tuple[Kind, ...] = ("choice", "many", "tools", "scale", "text")
About = Literal["", "doubts", "mistakes", "tools", "proposals", "stance", "priority", "experimentation"]
"""What becomes of the answers: doubts go to the AI Lab, mistakes become cases, tools that nobody registered become
requests, proposals are voted on; the last three are compared with what the organisation chose."""
ABOUT_TEXTS: tuple[About, ...] = ("doubts", "mistakes", "tools", "proposals")
ABOUT_SCALES: tuple[About, ...] = ("stance", "priority", "experimentation")
USUAL_MINIMUM = 5
LEAST_MINIMUM = 3
MOST_QUESTIONS = 12
MOST_OPTIONS = 10
LONGEST_QUESTION = 150
LONGEST_OPTION = 70


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    kind: Kind
    ask: Wording
    options: tuple[Option, ...] = ()
    about: About = ""

    @property
    def is_text(self) -> bool:
        return self.kind == "text"

    @property
    def takes_many(self) -> bool:
        return self.kind in ("many", "tools")


@dataclass(frozen=True, slots=True)
class Survey:
    id: str
    version: int
    title: Wording
    purpose: Wording
    """What it is for, in a sentence to whoever answers."""
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What surveys.yaml says; nothing to start where an organisation has none."""

    minimum: int = USUAL_MINIMUM
    """Nothing is shown of fewer people."""
    surveys: tuple[Survey, ...] = ()

    def newest(self) -> list[Survey]:
        """Of each survey the highest version, in the order of the file."""
        last: dict[str, Survey] = {}
        for survey in self.surveys:
            if survey.id not in last or last[survey.id].version < survey.version:
                last[survey.id] = survey
        return list(last.values())

    def find(self, id: str) -> Survey | None:
        """Its newest version."""
        return next((survey for survey in self.newest() if survey.id == id), None)
