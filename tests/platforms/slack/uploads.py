"""Slack's three steps of bringing up a file: say how long it is, send it, and say that it is complete."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

_MOST_ALT = 1_000


class Refusal(Exception):
    """An answer with ok: false."""


@dataclass
class Uploads:
    files: dict[str, bytes] = field(default_factory=dict)
    """Complete ones, by id: only these can be shown in a message."""
    _promised: dict[str, int] = field(default_factory=dict)
    _sent: dict[str, bytes] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def promise(self, arguments: dict[str, Any]) -> str:
        """The id of a file that is to come."""
        if len(arguments.get("alt_txt", "")) > _MOST_ALT:
            raise Refusal("alt_txt_too_large")
        if not arguments["filename"] or int(arguments["length"]) <= 0:
            raise Refusal("missing_argument")
        id = f"F{next(self._numbers):08d}"
        self._promised[id] = int(arguments["length"])
        return id

    def take(self, id: str, content: bytes) -> None:
        self._sent[id] = content

    def complete(self, id: str) -> None:
        content = self._sent.pop(id, b"")
        if len(content) != self._promised.get(id):
            raise Refusal("file_not_found")
        self.files[id] = content
