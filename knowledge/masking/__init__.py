"""Finds personal data and secrets in what someone typed and puts a readable word in their place.

Everything a person types passes here before it is stored or logged. Names of people are not masked: they cannot
be told from other words with certainty. Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.content import Language
from knowledge.masking.folding import Folded, fold
from knowledge.masking.numbers import find_numbers
from knowledge.masking.places import find_places
from knowledge.masking.said_passwords import find_said_passwords
from knowledge.masking.secrets import find_secrets
from knowledge.masking.spans import Span, find_tokens
from knowledge.matching.language import find_language

__all__ = ["Masked", "mask"]

_MOST_ROUNDS = 8
_WORD = re.compile(r"[a-z']+")
_TELLING = 2_000
"""So many characters at the beginning tell in which language the text is."""
_FINDERS = (find_secrets, find_said_passwords, find_places, find_numbers)
"""Where two finders claim the same characters, the earlier wins."""


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    kinds: tuple[str, ...]
    """What stands masked in the text, each kind once and in order; also where it was masked before."""


def mask(text: str) -> Masked:
    """The text without personal data and secrets; masking it again changes nothing.

    The words in their place are in the text's own language, since the asker reads them back.
    """
    for _ in range(_MOST_ROUNDS):  # what stood beside a masked value may be one itself, once that is gone
        spans = _choose(fold(text))
        if not spans:
            break
        text = _replace(text, spans)
    return Masked(text, tuple(dict.fromkeys(str(kind) for kind in find_tokens(text))))


def _choose(folded: Folded) -> list[Span]:
    """Spans in the original text that do not overlap, from left to right."""
    taken = bytearray(len(folded.text))
    chosen = []
    for finder in _FINDERS:
        for span in finder(folded.text):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                chosen.append(span)
    chosen.sort(key=lambda span: span.start)
    return [Span(*folded.locate(span.start, span.end), span.name) for span in chosen]


def _replace(text: str, spans: Sequence[Span]) -> str:
    kept, done = [], 0
    for span in spans:
        kept.append(text[done : span.start])
        done = span.end
    language = _find_language(" ".join([*kept, text[done:]]))
    masked = [before + span.token(language) for before, span in zip(kept, spans, strict=True)]
    return "".join([*masked, text[done:]])


def _find_language(kept: str) -> Language:
    """Of what is not masked: an address or a password is of no language."""
    return find_language(_WORD.findall(kept[:_TELLING].lower()))
