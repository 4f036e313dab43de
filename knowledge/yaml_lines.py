"""Reads YAML that others wrote into a plain tree in which every value knows its line.

It walks the parser's events instead of building objects, so that depth, size, aliases and repeated keys are
judged while reading: a hostile file is refused early and cannot eat the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import yaml
from yaml.reader import ReaderError
from yaml.resolver import Resolver

from knowledge.errors import Findings, KnowledgeError

MOST_BYTES = 32 * 1024 * 1024
MOST_VALUES = 3_000_000
DEEPEST = 12

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = Resolver()
_TAG = "tag:yaml.org,2002:"
_NO_TEXT = frozenset(first for first in _RESOLVER.yaml_implicit_resolvers if first)
"""What a value begins with that YAML may read as a number, a date or a yes/no: everything else is a text."""


@dataclass(slots=True)
class Scalar:
    value: str
    line: int
    plain: bool
    """Written without quotes, so that YAML may read it as a number, a date or a yes/no."""

    @property
    def kind(self) -> str:
        """str, int, float, bool, null, timestamp, ...: how YAML reads the value."""
        if not self.plain or (self.value and self.value[0] not in _NO_TEXT):
            return "str"
        tag = _RESOLVER.resolve(yaml.ScalarNode, self.value, (True, False))  # type: ignore[no-untyped-call]
        return str(tag).removeprefix(_TAG)


@dataclass(slots=True)
class Sequence:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    line: int
    items: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class _Wrong(Exception):
    """The file cannot be read further; carries the one reason."""

    def __init__(self, line: int, found: str, right: str) -> None:
        super().__init__(found)
        self.line, self.found, self.right = line, found, right


def parse(content: bytes, file: str, findings: Findings) -> Node | None:
    """The tree of one file; None where it cannot be read, with the reason among the findings."""
    text = ""
    try:
        text = _decode(content)
        return _Tree(file, findings).build(_read_events(text))
    except _Wrong as wrong:
        findings.add(KnowledgeError(file, wrong.line, "", wrong.found, wrong.right))
    except ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        found = "a control character that YAML does not allow"
        findings.add(KnowledgeError(file, line, "", found, "take it out, or type the line again"))
    except yaml.MarkedYAMLError as error:
        findings.add(_syntax_error(error, text, file))
    return None


def _read_events(text: str) -> Iterator[yaml.Event]:
    """As `yaml.parse` gives them, without its second look at each."""
    loader = _LOADER(text)
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            yield event
    finally:
        loader.dispose()


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        found = f"a file of more than {MOST_BYTES // 1024 // 1024} MB"
        raise _Wrong(1, found, "look whether this is the right file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"a byte (0x{content[error.start]:02x}) that is not UTF-8"
        raise _Wrong(line, found, "save the file with the encoding UTF-8") from error
    if not text.strip():
        raise _Wrong(1, "an empty file", "copy the file of the starter knowledge and change that")
    return text


class _Tree:
    """Builds the tree from events with a stack of its own: deep nesting cannot exhaust Python's."""

    def __init__(self, file: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._open: list[Sequence | Mapping] = []
        self._key: list[str | None] = []
        self._root: Node | None = None
        self._values = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        documents = 0
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._refuse_marks(event)
                line = _line(event)
                self._put(Scalar(event.value, line, bool(event.implicit[0])), line)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_marks(event)
                self._open_collection(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._key.pop()
            elif isinstance(event, yaml.AliasEvent):
                found = f"the alias *{event.anchor}"
                raise _Wrong(_line(event), found, "write the value out; aliases are not read")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    line = _line(event)
                    raise _Wrong(line, "a second document (---)", "keep one document in one file")
        if self._root is None:
            raise _Wrong(1, "nothing but comments", "copy the file of the starter knowledge and change that")
        return self._root

    def _open_collection(self, event: yaml.CollectionStartEvent) -> None:
        line = _line(event)
        if len(self._open) >= DEEPEST:
            raise _Wrong(line, f"more than {DEEPEST} levels of nesting", "the files need no more than six")
        node: Sequence | Mapping = Sequence(line) if isinstance(event, yaml.SequenceStartEvent) else Mapping(line)
        self._put(node, line)
        self._open.append(node)
        self._key.append(None)

    def _put(self, node: Node, line: int) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise _Wrong(line, f"more than {MOST_VALUES:,} values", "look whether this is the right file")
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self._key[-1]) is None:
            self._key[-1] = self._take_key(parent, node, line)
        else:
            parent.items[key] = node
            self._key[-1] = None

    def _take_key(self, parent: Mapping, node: Node, line: int) -> str:
        if not isinstance(node, Scalar):
            raise _Wrong(line, "a list or map as a key", "a key is one word")
        key = node.value
        if key in parent.key_lines:
            found = f"the key '{shorten(key)}' twice (first on line {parent.key_lines[key]})"
            self._findings.add(KnowledgeError(self._file, line, "", found, "keep one of the two"))
        else:
            parent.key_lines[key] = line
        return key

    @staticmethod
    def _refuse_marks(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Tags and anchors: values are written out. A text that begins with & without quotes would be lost."""
        if event.anchor is not None:
            right = "take it out; put quotes around a text that begins with &"
            raise _Wrong(_line(event), f"the anchor &{event.anchor}", right)
        if event.tag is not None and event.tag != "!":
            found = f"the tag {shorten(event.tag)}"
            raise _Wrong(_line(event), found, "write a plain value without a tag")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _syntax_error(error: yaml.MarkedYAMLError, text: str, file: str) -> KnowledgeError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    lines = text.split("\n")
    content = lines[line - 1] if line <= len(lines) else ""
    if "\t" in content[: max(column, len(content) - len(content.lstrip()))]:
        return KnowledgeError(file, line, "", "a tab", "YAML indents with spaces only; put spaces there")
    problem = re.sub(r"\s+", " ", str(error.problem or "something YAML cannot read"))
    since = f" {error.context}, begun on line {error.context_mark.line + 1}," if error.context_mark else ""
    found = f"broken YAML at column {column}:{since} {problem}"
    return KnowledgeError(file, line, "", found, "look at the quotes, brackets, colons and indents there")


def plain(node: Node) -> object:
    """The values without their lines, as YAML reads them; for a tree that has been checked."""
    if isinstance(node, Mapping):
        return {key: plain(item) for key, item in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    match node.kind:
        case "int":
            return int(node.value)
        case "bool":
            return node.value.lower() in {"true", "yes", "on"}
        case "null":
            return None
        case "timestamp":
            return date.fromisoformat(node.value)
        case _:
            return node.value


def shorten(value: str, most: int = 60) -> str:
    """A value as it can stand in an error: on one line and not too long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
