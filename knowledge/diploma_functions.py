"""Which function of diploma.yaml a function of the register is, however it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.errors import find_nearest
from knowledge.incoming.columns import fold


class Functions:
    """The functions of diploma.yaml, by id and by title."""

    def __init__(self, diploma: Mapping[str, Any]) -> None:
        self._ids: dict[str, str] = {}
        for row in diploma.get("functions", ()):
            for name in (row["id"], *(row.get("title") or {}).values()):
                self._ids.setdefault(fold(name), row["id"])
        self._names = list(self._ids)

    def find(self, written: str) -> str | None:
        """The id; None for one that diploma.yaml does not have."""
        return self._ids.get(fold(written))

    def find_nearest(self, written: str) -> str | None:
        near = find_nearest(fold(written), self._names)
        return self._ids[near] if near else None
