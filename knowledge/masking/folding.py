"""Makes look-alikes alike, so that a full-width digit or an invisible character hides nothing from the finders."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}
_DOTS = "·•∙⋅‧․。｡"


@dataclass(frozen=True, slots=True)
class Folded:
    text: str
    positions: Sequence[int] | None
    """For each folded character its place in the original; None where they are the same."""

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the original text, with what was invisible inside it."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


def fold(text: str) -> Folded:
    """The text with plain digits, spaces, dashes and dots, and without invisible characters."""
    if text.isascii() and text.isprintable():
        return Folded(text, None)
    characters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        folded = _fold_character(character)
        if folded:
            characters.append(folded)
            positions.append(position)
    return Folded("".join(characters), positions)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One plain character, or none for an invisible one."""
    if character in "\n\r\t":
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if category == "Pd" or character == "−":
        return "-"
    if category[0] == "Z":
        return "\n" if character in "\u2028\u2029" else " "
    if character in _DOTS:
        return "."
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
