"""Whether two questions are the same question, so that one answer serves both. Pure.

The rule is cheap and on the safe side, since who joins gets the answer to somebody else's words. Two questions are
the same where all of this is so:

- the same row comes closest (or none does for either), with the same data classes and the same tools;
- they have the same numbers and the same words that turn a meaning round (niet, geen, zonder, behalve, only ...);
- of the words that carry meaning, shortened to their beginnings, both share at least 60 per cent; 80 per cent where
  no row comes close, since then nothing but the words says what it is about; and there are at least two of them.

Longer texts than a question is are never the same: nobody checks whether their details are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"\w+")
_LONGEST = 600
_BEGINNING = 6
"""klantmail, klantmails and klantmailtje begin alike."""
_FEWEST = 2
_ENOUGH, _ENOUGH_WITHOUT_ROW = 0.6, 0.8
_TURNING = frozenset(
    _WORD.findall(
        "niet geen zonder behalve alleen enkel nooit noch wel maar tenzij uitgezonderd anoniem "
        "not no without except only never nor unless but anonymous"
    )
)
_CARRYING_NOTHING = frozenset(
    _WORD.findall(
        "de het een en of ik je jij we wij ons onze mijn jouw mag mogen kan kunnen wil willen zou graag even dit "
        "dat die deze er in op aan van voor met naar uit bij door om te als dan is zijn wordt worden laten ai "
        "gebruiken the an and or you your our my may can could want would like please this that these to of for "
        "with from by in on at is are be it let use using do does"
    )
)


def is_same(text: str, about: Mapping[str, Any], other: str, other_about: Mapping[str, Any]) -> bool:
    """`about`: what was read of it, as a question keeps it."""
    if len(text) > _LONGEST or len(other) > _LONGEST or _key(about) != _key(other_about):
        return False
    (ours, turning), (theirs, their_turning) = _split(text), _split(other)
    if turning != their_turning or min(len(ours), len(theirs)) < _FEWEST:
        return False
    enough = _ENOUGH if nearest(about) else _ENOUGH_WITHOUT_ROW
    return len(ours & theirs) / len(ours | theirs) >= enough


def nearest(about: Mapping[str, Any]) -> str | None:
    """The row that comes closest."""
    candidates = about.get("candidates") or []
    return str(candidates[0]) if candidates else None


def _key(about: Mapping[str, Any]) -> tuple[object, ...]:
    words = str(about.get("tool_words") or "").lower()
    return (nearest(about), sorted(about.get("data") or []), sorted(about.get("tools") or []), words)


@lru_cache(maxsize=2_000)
def _split(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that carry meaning, and those that turn it round, numbers among them."""
    words = _WORD.findall(text.lower())
    turning = frozenset(word for word in words if word in _TURNING or any(map(str.isdigit, word)))
    carrying = frozenset(
        word[:_BEGINNING] for word in words if len(word) > 1 and word not in turning | _CARRYING_NOTHING
    )
    return carrying, turning
