"""Finds known phrases in a text: longest first, whatever the spaces and hyphens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.matching.normalising import fold, split_words, squash

_LONGEST = 6
_ENDINGS = ("tjes", "tje", "jes", "je", "s", "en", "e")
_STEM_FROM = 4
_PART_FROM = 6
"""Shorter parts of a compound stand in too many other words."""
_OPENING = 3
"""So many letters tell of most words that no phrase begins with them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: words[first:end] of the text mean `labels`."""

    first: int
    end: int
    labels: frozenset[str]
    phrase: str


def _tells(part: str) -> bool:
    """Two letters may be anything: a cv-ketel is no cv."""
    return len(part) > 2


@lru_cache(maxsize=8192)
def _squash_word(word: str) -> str:
    """Several books are asked about each word."""
    return squash(word)


class PhraseBook:
    """Phrase -> labels, e.g. "loonstrook" -> {"personal"}; a phrase may have several labels."""

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        *,
        compounds: bool = False,
        leading: Collection[str] = (),
    ) -> None:
        labels: dict[str, set[str]] = {}
        longest = 1
        for phrase, label in phrases:
            key = squash(phrase)
            if len(key) > 1:
                labels.setdefault(key, set()).add(label)
                longest = max(longest, len(split_words(fold(phrase))))
        self._labels: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in labels.items()}
        self._openings = {"", *(key[:length] for key in labels for length in range(1, _OPENING + 1))}
        self._longest = min(longest + 1, _LONGEST)
        self._compounds = compounds
        self._leading = frozenset(leading)

    def find(self, words: list[str]) -> list[Found]:
        """Phrases that do not overlap, longest first at each place."""
        squashed = [_squash_word(word) for word in words]
        found, place = [], 0
        while place < len(words):
            hit = None
            if squashed[place][:_OPENING] in self._openings:
                hit = self._longest_at(squashed, place) or self._inflected_at(squashed, place)
            hit = hit or self._compound_at(squashed, place) or self._hyphened_at(words[place], place)
            if hit:
                found.append(hit)
            place = hit.end if hit else place + 1
        return found

    def find_leading(self, words: list[str], *, hyphen_only: bool = False) -> list[Found]:
        """Phrases that begin a compound: een Copilot-licentie. They take up no word: the rest of it counts too."""
        found = []
        for place, word in enumerate(words):
            if hyphen_only and "-" not in word:
                continue
            head, whole = _squash_word(word.split("-")[0]), _squash_word(word)
            if head[:_OPENING] not in self._openings and whole[:_OPENING] not in self._openings:
                continue
            ends = () if hyphen_only else range(len(whole) - 4, _PART_FROM - 1, -1)
            key = next((part for part in (head, *(whole[:end] for end in ends)) if part in self._labels), None)
            if key:
                found.append(Found(place, place, self._labels[key], key))
        return found

    def _longest_at(self, squashed: list[str], place: int) -> Found | None:
        for length in range(min(self._longest, len(squashed) - place), 0, -1):
            key = "".join(squashed[place : place + length])
            labels = self._labels.get(key)
            if labels:
                return Found(place, place + length, labels, key)
        return None

    def _inflected_at(self, squashed: list[str], place: int) -> Found | None:
        """contractje, adresjes, dossiers: the ending is not worth a phrase of its own."""
        word = squashed[place]
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _STEM_FROM and stem in self._labels:
                return Found(place, place + 1, self._labels[stem], stem)
        return None

    def _compound_at(self, squashed: list[str], place: int) -> Found | None:
        """A leasecontract is a contract; a ziektedagenlijst says who is ill, whatever its last part."""
        word = squashed[place]
        if not self._compounds or len(word) < 2 * _PART_FROM - 3:
            return None
        for start in range(3, len(word) - _PART_FROM + 1):
            for part in (word[start:], *(word[start:].removesuffix(ending) for ending in _ENDINGS)):
                if len(part) >= _PART_FROM and part in self._labels:
                    return Found(place, place + 1, self._labels[part], part)
        for end in range(len(word) - 3, _PART_FROM - 1, -1):
            labels = self._labels.get(word[:end], frozenset())
            if labels & self._leading:
                return Found(place, place + 1, labels & self._leading, word[:end])
        return None

    def _hyphened_at(self, word: str, place: int) -> Found | None:
        """An hiv-status says what hiv says, however short that is."""
        if self._compounds and "-" in word:
            for part in filter(_tells, word.split("-")):
                labels = self._labels.get(_squash_word(part), frozenset()) & self._leading
                if labels:
                    return Found(place, place + 1, labels, _squash_word(part))
        return None
