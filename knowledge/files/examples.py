"""Finds examples that stand under two rows: the same words in both would teach the matcher nothing."""

from __future__ import annotations

import re
import unicodedata

from knowledge.checking import Entry
from knowledge.yaml_lines import shorten

_NOT_A_WORD = re.compile(r"[\W_]+")


class Examples:
    """Remembers which row each example or phrasing stands under, over matrix.yaml and phrasings.yaml."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, Entry]] = {}

    def note(self, entry: Entry, text: str, use_case: str) -> None:
        same = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
        if not same:
            return
        row, first = self._rows.setdefault(same, (use_case, entry))
        if first is entry:
            return
        where = f"first under '{shorten(row)}', {first.file}:{first.line}"
        if row != use_case:
            entry.fail(f"the example '{shorten(text)}' again ({where})", "keep it under one of the two rows")
        elif first.path.rpartition("[")[0] == entry.path.rpartition("[")[0]:
            entry.fail(f"the example '{shorten(text)}' again ({where})", "keep one of the two")
