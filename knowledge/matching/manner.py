"""How a question is put, whatever it is about: does it speak of AI, ask leave, open with "wat" or "hoe"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.lexicon import word_list

_ENOUGH = 15
"""Words beyond which a question being longer says no more."""


def manner_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row per prepared text."""
    return np.array([_signs(text.split()) for text in texts], dtype=float)


def _signs(words: list[str]) -> list[float]:
    speaks_of_ai = any(word in word_list("speaks_of_ai") or word.startswith("ai-") for word in words)
    asks = not word_list("asks_leave").isdisjoint(words)
    delegates = not word_list("delegates").isdisjoint(words)
    opens = bool(words) and words[0] in word_list("question_words")
    return [speaks_of_ai, delegates, asks, opens, speaks_of_ai and asks, min(len(words), _ENOUGH) / _ENOUGH]
