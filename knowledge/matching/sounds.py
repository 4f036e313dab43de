"""Hears names in what nobody would write: deepsjiek, dipseek, djeminai."""

from __future__ import annotations

import re

_SHORTEST = 4
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("x", "ks"),
        ("ph|v", "f"),
        ("g(?=[ei])|dj|dzj|dsj|zj|j", "j"),
        ("tsj|tch|sch|ch|sh|sj", "s"),
        ("z|c(?=[eiy])", "s"),
        ("ck|c|q|kh", "k"),
        ("gh|th", "t"),
        ("d$|dt", "t"),
        ("ee|ie|ea|ei|ij|ai|ey|y|i|e", "e"),
        ("oo|oe|ou|au|aw|u|o", "o"),
        ("w", "f"),
    )
)


def sound_of(squashed: str) -> str | None:
    """The same for names that sound the same; None for what is too short to tell."""
    if len(squashed) < _SHORTEST:
        return None
    for pattern, sound in _SOUNDS:
        squashed = pattern.sub(sound, squashed)
    heard = re.sub(r"(.)\1+", r"\1", squashed).removesuffix("e")
    return heard if len(heard) >= _SHORTEST else None
