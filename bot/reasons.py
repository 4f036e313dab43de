"""Why a message did not arrive, in the reader's language.

The outbox keeps a reason as the English sentence that the tables of errors give, so that logs and the command line
can show it as it is. The English texts of `reasons` are those sentences, with a name in braces for what varies, and
that is how a kept sentence is found again. One that nobody wrote a text for is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from bot.texts import Words, wording
from storage.outbox import UNCLEAR

_PREFIX = "reasons."
_UNCLEAR = f"{UNCLEAR}: "
"""How a waiting message's reason begins when an earlier try may have arrived."""


@dataclass(frozen=True, slots=True)
class Reason:
    key: str
    """Its text; reasons that differ in what varies only have the same."""
    values: Mapping[str, str]


def find_reason(kept: str) -> Reason | None:
    for key, pattern in _patterns():
        found = pattern.fullmatch(kept)
        if found:
            return Reason(key, found.groupdict())
    return None


def tell_reason(words: Words, kept: str) -> str:
    """One sentence without its full stop; a reason inside another is told too."""
    kept = kept.removeprefix(_UNCLEAR)
    reason = find_reason(kept)
    if reason is None:
        return kept
    values = dict(reason.values)
    if "reason" in values:
        values["reason"] = tell_reason(words, values["reason"])
    return words(reason.key, **values)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The texts with most words of their own first, so that a general one takes nothing from a special one."""
    texts = {key: str(text) for key, text in wording("en").items() if key.startswith(_PREFIX)}
    by_length = sorted(texts.items(), key=lambda item: -sum(len(part) for part, *_ in Formatter().parse(item[1])))
    return tuple((key, _as_pattern(text)) for key, text in by_length)


def _as_pattern(text: str) -> re.Pattern[str]:
    parts = (
        re.escape(literal) + (f"(?P<{name}>.+)" if name else "") for literal, name, *_ in Formatter().parse(text)
    )
    return re.compile("".join(parts), re.DOTALL)
