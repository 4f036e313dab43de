"""Codes with which somebody comes back to what they gave without a name: shown once, and nowhere kept.

What is kept is a sum of the code. It leads to what was given and to nobody: only who wrote the code down has it.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters and figures that look alike on paper."""
_GROUPS, _GROUP = 4, 4
_SHAPE = re.compile(rf"[{_LETTERS}]{{{_GROUP}}}(-[{_LETTERS}]{{{_GROUP}}}){{{_GROUPS - 1}}}")
_ALIKE = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})


def new_code() -> str:
    """As people write it down: K7QF-2M9X-RT4C-8HWZ; 78 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def is_code(text: str) -> bool:
    """Whether we may have made it."""
    return _SHAPE.fullmatch(text) is not None


def sum_of(code: str) -> str:
    """The same however it is typed: in small letters, with spaces, with an O that was a Q."""
    bare = "".join(letter for letter in code.upper().translate(_ALIKE) if letter in _LETTERS)
    return sha256(f"code {bare}".encode()).hexdigest()
