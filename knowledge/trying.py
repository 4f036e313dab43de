"""Tries a change before it is agreed on: the knowledge as it would be, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from knowledge.checking import Entry
from knowledge.content import LANGUAGES, Knowledge, Principle, Tool, UseCase, Wording
from knowledge.contents import PHILOSOPHY, PRINCIPLE, ROW, TOOL, Content, as_node
from knowledge.errors import Findings, KnowledgeError, KnowledgeErrors
from knowledge.files.examples import Examples
from knowledge.files.matrix import read_matrix
from knowledge.files.policy import Agreed
from knowledge.files.tools import read_tools

_One = TypeVar("_One", UseCase, Tool, Principle)
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
_NOT_A_WORD = re.compile(r"[\W_]+")


def try_change(knowledge: Knowledge, kind: str, content: Content) -> Knowledge:
    """With this in the place of what has its id, or beside the rest; KnowledgeErrors with what is wrong."""
    findings = Findings()
    agreed = Agreed(knowledge.policy.languages, _find_ids(knowledge))
    if kind == ROW:
        (row,) = read_matrix(
            _entry(findings, "matrix.yaml", {"use_cases": [content]}), agreed, Examples(), date.min
        )
        found = replace(knowledge, use_cases=_put(knowledge.use_cases, row), fingerprint="tried")
    elif kind == TOOL:
        work = {name for row in knowledge.use_cases for name in (row.task, row.id)}
        (tool,) = read_tools(_entry(findings, "tools.yaml", {"tools": [content]}), agreed, work)
        found = replace(knowledge, tools=_put(knowledge.tools, tool), fingerprint="tried")
    else:
        found = _try_policy(knowledge, kind, content, _entry(findings, "policy.yaml", content), agreed)
    findings.raise_any()
    return found


class Checker:
    """Checks many contents, each as if it stood alone; `more` are rows that come along with them."""

    def __init__(self, knowledge: Knowledge, more: Iterable[Content] = ()) -> None:
        self._agreed = Agreed(knowledge.policy.languages, _find_ids(knowledge))
        self._work = {name for row in knowledge.use_cases for name in (row.task, row.id)}
        self._work |= {str(row.get(name)) for row in more for name in ("task", "id")}

    def find_errors(self, kind: str, content: Content) -> tuple[KnowledgeError, ...]:
        findings = Findings()
        if kind == ROW:
            entry = _entry(findings, "matrix.yaml", {"use_cases": [content]})
            read_matrix(entry, self._agreed, Examples(), date.min)
        elif kind == TOOL:
            read_tools(_entry(findings, "tools.yaml", {"tools": [content]}), self._agreed, self._work)
        else:
            entry = _entry(findings, "policy.yaml", content)
            entry.fields(("version", "id", "text"))["text"].wording(self._agreed.languages)
        try:
            findings.raise_any()
        except KnowledgeErrors as broken:
            return broken.errors
        return ()


def _try_policy(knowledge: Knowledge, kind: str, content: Content, entry: Entry, agreed: Agreed) -> Knowledge:
    policy = knowledge.policy
    if kind == PRINCIPLE:
        text = entry.fields(("version", "id", "text"))["text"].wording(agreed.languages)
        principle = Principle(str(content["id"]), text)
        return replace(knowledge, policy=replace(policy, principles=_put(policy.principles, principle)))
    if kind == PHILOSOPHY.kind:
        fields = entry.fields(("version", "stance", "priority", "experimentation", "statement"))
        return replace(knowledge, policy=replace(policy, statement=fields["statement"].wording(agreed.languages)))
    raise LookupError(f"nobody knows how to change a {kind}")


def _entry(findings: Findings, file: str, values: Mapping[str, object]) -> Entry:
    return Entry(findings, file, "", 1, as_node({"version": 1, **values}))


def _put(there: tuple[_One, ...], one: _One) -> tuple[_One, ...]:
    found = [one if other.id == one.id else other for other in there]
    if all(other.id != one.id for other in there):
        found.append(one)
    return tuple(found)


def _find_ids(knowledge: Knowledge) -> dict[str, list[str]]:
    policy = knowledge.policy
    lists = {
        "principles": [one.id for one in policy.principles],
        "data_classes": [one.id for one in policy.data_classes],
        "policies": [one.id for one in policy.documents],
        "conditions": [one.id for one in policy.conditions],
        "levels": [one.id for one in policy.levels],
    }
    return {name: ids for name, ids in lists.items() if ids}


def find_row_with(knowledge: Knowledge, example: str, other_than: str = "") -> UseCase | None:
    """The row that has these words as an example or phrasing already: under two rows they would teach nothing."""
    wanted = fold(example)
    for row in knowledge.use_cases:
        if row.id == other_than:
            continue
        known = (*row.examples.values(), *knowledge.phrasings.get(row.id, {}).values())
        if any(fold(text) == wanted for texts in known for text in texts):
            return row
    return None


def fold(text: str) -> str:
    """The same for the same words, however they are written."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def make_id(knowledge: Knowledge, title: str) -> str:
    """An id that is free, out of the first words of a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = _NOT_IN_AN_ID.sub("-", plain).strip("-").split("-")
    base = "-".join(words[:5])[:60].strip("-") or "regel"
    taken = {row.id for row in knowledge.use_cases} | {tool.id for tool in knowledge.tools}
    number = next(n for n in range(1, len(taken) + 2) if (base if n == 1 else f"{base}-{n}") not in taken)
    return base if number == 1 else f"{base}-{number}"


def as_texts(wording: Wording) -> dict[str, str]:
    return {language: wording.in_language(language) for language in LANGUAGES}
