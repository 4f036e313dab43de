"""Reads one value of a YAML tree as what it should be, and notes every value that is something else.

Each reader gives a harmless placeholder for a wrong value and the reading goes on, so that all errors of all
files come at once; nothing is built when there is one (`Findings.raise_any`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.content import LANGUAGES, Language, Wording
from knowledge.errors import Findings, KnowledgeError, suggest
from knowledge.yaml_lines import Mapping, Node, Scalar, Sequence, shorten

LONGEST_TEXT = 2000
LONGEST_ID = 100
_SHORT = 60
_READ_BY_YAML_AS = {
    "bool": "a yes/no",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "null": "nothing",
}
_MISSING_TEXT = {
    "nl": "add the Dutch text (only one language? put languages: [en] in policy.yaml)",
    "en": "add the English text (only one language? put languages: [nl] in policy.yaml)",
}
_PLAIN_ID = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\t\r\n\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value where it stands; without a node where it is missing and that has been noted already."""

    findings: Findings
    file: str
    path: str
    line: int
    node: Node | None

    def fail(self, found: str, right: str) -> None:
        if self.node is not None:
            self.findings.add(KnowledgeError(self.file, self.line, self.path, found, right))

    def text(self) -> str:
        value = self._scalar("a text")
        if value is None:
            return ""
        if value.kind != "str":
            self._not_a_text(value, "a text")
        elif not value.value.strip():
            self.fail("an empty text", "write the text, or take the key out if it is optional")
        elif len(value.value) > LONGEST_TEXT:
            self.fail(f"a text of {len(value.value):,} characters", f"keep it under {LONGEST_TEXT:,}")
        return " ".join(value.value.split())

    def id(self) -> str:
        """An id that is defined here."""
        value = self._scalar("an id")
        if value is None:
            return ""
        if value.kind != "str":
            self._not_a_text(value, "an id")
        elif value.value == "?" or len(value.value) > LONGEST_ID or not _PLAIN_ID.fullmatch(value.value):
            right = f"an id is one line of 1 to {LONGEST_ID} characters, without spaces around it, and not '?'"
            self.fail(f"'{shorten(value.value)}'", right)
        return value.value

    def one_of(self, allowed: Collection[str], what: str = "a word") -> str:
        """A word of a fixed vocabulary, or an id that is defined elsewhere."""
        value = self._scalar(what)
        if value is None:
            return ""
        if value.value in allowed and value.kind == "str":
            return value.value
        if value.kind != "str":
            self._not_a_text(value, what)
        elif self.findings.full:
            self.fail(f"'{shorten(value.value)}'", "that is not known")
        else:
            self.fail(f"'{shorten(value.value)}'", suggest(value.value, allowed))
        return ""

    def whole(self, least: int = 0) -> int:
        value = self._scalar("a whole number")
        if value is None:
            return least
        if value.kind != "int" or not re.fullmatch(r"[-+]?[0-9]{1,9}", value.value):
            self.fail(f"'{shorten(value.value)}'", "write a whole number, such as 1, without quotes")
            return least
        number = int(value.value)
        if number < least:
            self.fail(str(number), f"it is at least {least}")
        return number

    def flag(self) -> bool:
        value = self._scalar("true or false")
        if value is not None and value.kind != "bool":
            self.fail(f"'{shorten(value.value)}'", "write true or false, without quotes")
        return value is not None and value.value.lower() in {"true", "yes", "on"}

    def day(self) -> date | None:
        value = self._scalar("a date")
        if value is None:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.value):
                return date.fromisoformat(value.value)
        except ValueError:
            pass  # a 30th of February is as wrong as no date at all
        self.fail(f"'{shorten(value.value)}'", "write a date as year-month-day, such as 2026-11-01")
        return None

    def is_null(self) -> bool:
        return isinstance(self.node, Scalar) and self.node.kind == "null"

    def each(self, least: int = 0) -> list[Entry]:
        """The values of a list."""
        if self.node is None:
            return []
        if not isinstance(self.node, Sequence):
            self.fail(describe(self.node), "write a list, such as [one, two]")
            return []
        if len(self.node.items) < least:
            self.fail("an empty list", f"it needs at least {least}")
        return [self._child(f"[{place}]", item, item.line) for place, item in enumerate(self.node.items)]

    def pairs(self) -> Iterator[tuple[str, Entry]]:
        """The values of a map whose keys are the organisation's own."""
        if self.node is None:
            return
        if not isinstance(self.node, Mapping):
            self.fail(describe(self.node), "write a map of keys and values, such as {key: value}")
            return
        for key, item in self.node.items.items():
            name = key if key.isascii() and key.isprintable() and len(key) <= _SHORT else shorten(key)
            yield key, self._child(f".{name}", item, self.node.key_lines[key])

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> Fields:
        """The values of a map with known keys; unknown and missing ones are noted."""
        found: dict[str, Entry] = {}
        for key, entry in self.pairs():
            if key in required or key in optional:
                found[key] = entry
            else:
                entry.fail("a key that is not known", suggest(key, [*required, *optional]))
        if isinstance(self.node, Mapping):
            for key in required:
                if key not in found:
                    self.fail(f"no '{key}'", _MISSING_TEXT.get(key, "add it"))
        return Fields(found, Entry(self.findings, self.file, self.path, self.line, None))

    def wording(self, languages: Collection[Language]) -> Wording:
        """A text in every language of the organisation; where it has one, that stands for the other too."""
        fields = self.fields(languages, [one for one in LANGUAGES if one not in languages])
        texts = {one: fields[one].text() for one in LANGUAGES if one in fields}
        spare = next(iter(texts.values()), "")
        return Wording(nl=texts.get("nl", spare), en=texts.get("en", spare))

    def texts(self, least: int = 0) -> tuple[str, ...]:
        return tuple(entry.text() for entry in self.each(least))

    def _scalar(self, what: str) -> Scalar | None:
        if self.node is None or isinstance(self.node, Scalar):
            return self.node
        self.fail(describe(self.node), f"write {what}")
        return None

    def _not_a_text(self, value: Scalar, what: str) -> None:
        if value.kind == "null":
            self.fail("nothing", f"write {what}")
        else:
            read_as = _READ_BY_YAML_AS.get(value.kind, "something else")
            found = f"{shorten(value.value)}, which YAML reads as {read_as}"
            self.fail(found, f'put it in quotes to make it {what}: "{shorten(value.value)}"')

    def _child(self, step: str, node: Node, line: int) -> Entry:
        path = f"{self.path}{step}" if self.path else step.lstrip(".")
        return Entry(self.findings, self.file, path, line, node)


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of a map by key; a missing one reads as a placeholder, since it has been noted already."""

    found: dict[str, Entry]
    absent: Entry

    def __contains__(self, key: str) -> bool:
        return key in self.found

    def __getitem__(self, key: str) -> Entry:
        return self.found.get(key, self.absent)


def describe(node: Node) -> str:
    if isinstance(node, Sequence):
        return f"a list of {len(node.items)}"
    if isinstance(node, Mapping):
        return "a map"
    return "nothing" if node.kind == "null" else f"'{shorten(node.value)}'"


class Anything(Collection[str]):
    """Stands for ids that could not be read, so that one broken list does not make every use of it wrong."""

    def __contains__(self, _: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Once:
    """Notes a value that comes a second time."""

    def __init__(self, right: str) -> None:
        self._right = right
        self._lines: dict[str, int] = {}

    def note(self, entry: Entry, value: str) -> None:
        first = self._lines.get(value)
        if first is not None:
            entry.fail(f"'{shorten(value)}' again (first on line {first})", self._right)
        elif value:
            self._lines[value] = entry.line
