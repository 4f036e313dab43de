"""What is wrong in an organisation's files: where it stands, what was found and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_ERRORS = 200
"""Nobody reads more at once, and looking for the nearest value costs time."""
_NEAR_ENOUGH = 0.5
"""Share of the characters that stand right; two that changed places count as one slip."""
_VALUES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class KnowledgeError:
    """One thing to put right; reads as one sentence for the admin and the log."""

    file: str
    line: int
    path: str
    """The key path, such as use_cases[3].verdicts.intern (counting from 0); empty for the file as a whole."""
    found: str
    right: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line} {self.path}".rstrip()
        return f"{where}: found {self.found}; {self.right}"


class KnowledgeErrors(Exception):
    """The files cannot be taken into use; every error at once, in the order of files and lines."""

    def __init__(self, errors: Iterable[KnowledgeError], unshown: int = 0) -> None:
        self.errors = tuple(errors)
        self.unshown = unshown
        super().__init__(self.errors, unshown)

    def __str__(self) -> str:
        lines = [str(error) for error in self.errors]
        if self.unshown:
            lines.append(f"... and {self.unshown} more")
        return "\n".join(lines)


class Findings:
    """Gathers the errors of all files while they are read."""

    def __init__(self) -> None:
        self._errors: list[KnowledgeError] = []
        self._unshown = 0

    @property
    def full(self) -> bool:
        return len(self._errors) >= MOST_ERRORS

    @property
    def count(self) -> int:
        return len(self._errors) + self._unshown

    def add(self, error: KnowledgeError) -> None:
        if self.full:
            self._unshown += 1
        else:
            self._errors.append(error)

    def raise_any(self) -> None:
        if self._errors:
            files = list(dict.fromkeys(error.file for error in self._errors))
            in_order = sorted(self._errors, key=lambda error: (files.index(error.file), error.line))
            raise KnowledgeErrors(in_order, self._unshown)


def suggest(found: str, allowed: Iterable[str]) -> str:
    """What would be right instead of `found`: the nearest of the allowed values, and the others."""
    values = list(allowed)
    if not values:
        return "there is none to choose from yet"
    near = find_nearest(found, values)
    listed = ", ".join(values[:_VALUES_SHOWN])
    if len(values) > _VALUES_SHOWN:
        listed += f", ... ({len(values)} in all)"
    return f"did you mean '{near}'? One of: {listed}" if near else f"one of: {listed}"


def find_nearest(found: str, allowed: Iterable[str], score: float = _NEAR_ENOUGH) -> str | None:
    best = process.extractOne(found[:200], list(allowed), scorer=OSA.normalized_similarity, score_cutoff=score)
    return best[0] if best else None
