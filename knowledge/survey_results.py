"""What a closed round says, beyond its numbers: themes, doubts nobody answered, where a team stands, what it chose.

Pure, and made of nothing but what may be shown of the round: a view more tells nothing more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.content import Knowledge, Policy, Tool, Wording
from knowledge.surveys import ABOUT_SCALES, About, Question

PICKS = 3
"""So many agreements a team picks."""
_MOST_OFFERED = 30
_MOST_TOOLS = 6
_LONGEST_TOOL = 60
_BETWEEN_TOOLS = re.compile(r"[,;/\n]|\s+(?:en|and|of|or)\s+")
_ENDS: Mapping[str, tuple[str, ...]] = {
    "stance": ("ondersteuning", "vervanging"),
    "priority": ("snelheid", "controle"),
    "experimentation": ("zelf", "binnen_kaders", "centraal"),
}
"""What policy.yaml can say of each, from the first option of a scale to the last."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Texts that mean much the same; a single one where a doubt was looked up."""

    texts: tuple[str, ...]
    row: str = ""
    """The row of the matrix that answers it already."""

    @property
    def people(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the organisation agreed on, to lay beside what came out."""

    titles: Mapping[str, Wording]
    """Of the rows of the matrix, by id."""
    places: Mapping[str, float]
    """Where the organisation stands between the ends of a scale, by what it is about."""


def find_agreed(knowledge: Knowledge) -> Agreed:
    places = {about: find_policy_place(knowledge.policy, about) for about in ABOUT_SCALES}
    return Agreed(
        {row.id: row.title for row in knowledge.use_cases},
        {about: place for about, place in places.items() if place is not None},
    )


def write_themes(themes: Iterable[Theme]) -> list[dict[str, Any]]:
    return [{"texts": list(theme.texts), "row": theme.row} for theme in themes]


def read_themes(kept: Iterable[Mapping[str, Any]]) -> list[Theme]:
    return [Theme(tuple(one["texts"]), str(one.get("row", ""))) for one in kept]


def find_themes(kept: Iterable[Mapping[str, Any]]) -> list[Theme]:
    """Those of several people: only of these is a number told."""
    return [theme for theme in read_themes(kept) if theme.people > 1]


def find_others(texts: Sequence[str], themes: Iterable[Theme]) -> list[str]:
    """What stands in no theme."""
    inside = Counter(text for theme in themes for text in theme.texts)
    left = []
    for text in texts:
        if inside[text]:
            inside[text] -= 1
        else:
            left.append(text)
    return left


def find_rows(kept: Iterable[Mapping[str, Any]], agreed: Agreed) -> dict[str, Wording]:
    """By text the title of the row that answers it, where that row is still there."""
    found: dict[str, Wording] = {}
    for theme in read_themes(kept):
        if theme.row in agreed.titles:
            found |= dict.fromkeys(theme.texts, agreed.titles[theme.row])
    return found


def find_open(kept: Iterable[Mapping[str, Any]], agreed: Agreed) -> list[Theme]:
    """Doubts that no row answers; what most people doubt about first."""
    found = [theme for theme in read_themes(kept) if theme.row not in agreed.titles]
    return sorted(found, key=lambda theme: -theme.people)


def find_unknown_tools(texts: Iterable[str], tools: Sequence[Tool]) -> list[str]:
    """Names that the register does not know, as they were first written."""
    known = {_fold(name) for tool in tools for name in (tool.name, *tool.aliases)}
    named = [part.strip(" .!") for text in texts for part in _BETWEEN_TOOLS.split(text)]
    fitting = {
        _fold(name): name for name in reversed(named) if 1 < len(name) <= _LONGEST_TOOL and len(name.split()) <= 4
    }
    wanted = [fitting[folded] for folded in dict.fromkeys(map(_fold, named)) if folded in fitting]
    return [name for name in wanted if _fold(name) not in known][:_MOST_TOOLS]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


# ---------------------------------------------------------------- where a team stands


def find_place(question: Question, counts: Mapping[str, int]) -> float | None:
    """Between the two ends of a scale, from 0 to 1; the middle of what everybody chose."""
    people = sum(counts.values())
    if question.kind != "scale" or not people or len(question.options) < 2:
        return None
    total = sum(place * counts.get(option.id, 0) for place, option in enumerate(question.options))
    return total / people / (len(question.options) - 1)


def find_policy_place(policy: Policy, about: About) -> float | None:
    """Where the organisation stands on the same line."""
    said = {"stance": policy.stance, "priority": policy.priority, "experimentation": policy.experimentation}
    ends = _ENDS.get(about, ())
    return ends.index(said[about]) / (len(ends) - 1) if said.get(about) in ends else None


def name_place(question: Question, place: float) -> Wording:
    """The option that is nearest."""
    return question.options[round(place * (len(question.options) - 1))].text


# ---------------------------------------------------------------- three agreements


def list_offered(starters: Sequence[Wording], proposals: Sequence[str], themes: Sequence[Theme]) -> list[Wording]:
    """What a team picks from: what the organisation has, then what they wrote, each once; of what many wrote alike
    the one in the middle comes first."""
    first = [theme.texts[0] for theme in themes]
    written = [" ".join(text.split()) for text in (*first, *proposals)]
    said = {_fold(starter.nl) for starter in starters} | {_fold(starter.en) for starter in starters}
    once = {_fold(text): text for text in reversed(written) if text and _fold(text) not in said}
    mine = [once[folded] for folded in dict.fromkeys(map(_fold, written)) if folded in once]
    offered = [*starters, *(Wording(text, text) for text in mine)]
    return offered[:_MOST_OFFERED]


def find_chosen(question: Question, counts: Mapping[str, int]) -> list[tuple[Wording, int]]:
    """What was picked, most votes first; of equals what was offered first."""
    voted = [(option.text, counts.get(option.id, 0)) for option in question.options]
    return sorted((one for one in voted if one[1]), key=lambda one: -one[1])


def is_tied(chosen: Sequence[tuple[Wording, int]]) -> bool:
    """The last of the three has as many votes as the one after it."""
    return len(chosen) > PICKS and chosen[PICKS - 1][1] == chosen[PICKS][1]
