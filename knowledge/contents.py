"""What stands in the files as plain values by kind and id, and back: so that a database can hold and change them.

A content has exactly the shape it has in its YAML file. What the database has in force is put in the place of what
the file says before the same reader checks it: nothing can be in force that a file could not say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from knowledge.yaml_lines import Mapping as Map
from knowledge.yaml_lines import Node, Scalar, Sequence, plain

Content = dict[str, Any]
"""JSON: texts, numbers, lists, maps; a date is a text."""


class Key(NamedTuple):
    kind: str
    """row, tool, principle or philosophy."""
    id: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the database has in force for one key."""

    content: Content | None
    """None: it was taken out."""
    from_file: bool = False
    """No person changed it: a file that changes replaces it."""
    hash: str | None = None
    """Of the content, where it is known already."""

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.content) if self.hash is None else self.hash


InForce = Mapping[Key, Held]
PHILOSOPHY = Key("philosophy", "philosophy")
ROW, TOOL, PRINCIPLE = "row", "tool", "principle"
_LISTS = {
    ROW: ("matrix.yaml", "use_cases"),
    TOOL: ("tools.yaml", "tools"),
    PRINCIPLE: ("policy.yaml", "principles"),
}
KINDS = (*_LISTS, PHILOSOPHY.kind)


def list_contents(roots: Mapping[str, Node | None]) -> dict[Key, Content]:
    """Everything in the files that can be changed without them, in their order; for files that were checked."""
    found = {}
    for kind, (file, name) in _LISTS.items():
        for id, node in _items(roots.get(file), name):
            found[Key(kind, id)] = as_content(node)
    root = roots.get("policy.yaml")
    if isinstance(root, Map) and isinstance(philosophy := root.items.get("philosophy"), Map):
        found[PHILOSOPHY] = as_content(philosophy)
    return found


def mark_changes(file: Mapping[Key, str], in_force: InForce) -> str:
    """Names what is in force that the files do not say; "" where there is nothing. `file`: their fingerprints."""
    marks = [
        f"{key.kind} {key.id} {one.fingerprint}"
        for key, one in in_force.items()
        if one.fingerprint != file.get(key, "")
    ]
    return hashlib.sha256("\n".join(sorted(marks)).encode()).hexdigest() if marks else ""


def put_in_force(
    roots: Mapping[str, Node | None], file: Mapping[Key, str], in_force: InForce
) -> dict[str, Node | None]:
    """The same trees with what is in force in its place. `file`: the fingerprints of what they say themselves."""
    changed: dict[str, Node | None] = dict(roots)
    differs = {key: one for key, one in in_force.items() if one.fingerprint != file.get(key, "")}
    for kind, (name, items) in _LISTS.items():
        held = {key.id: one for key, one in differs.items() if key.kind == kind}
        changed[name] = _replace_items(changed.get(name), items, held)
    root, philosophy = changed.get("policy.yaml"), differs.get(PHILOSOPHY)
    if isinstance(root, Map) and philosophy is not None and philosophy.content is not None:
        known = {**root.items, "philosophy": as_node(philosophy.content)}
        changed["policy.yaml"] = Map(root.line, known, {**root.key_lines, "philosophy": root.line})
    gone = {key.id for key, one in in_force.items() if key.kind == ROW and one.content is None}
    changed["phrasings.yaml"] = _without_phrasings(roots.get("phrasings.yaml"), gone)
    return changed


def _replace_items(root: Node | None, name: str, held: Mapping[str, Held]) -> Node | None:
    there = root.items.get(name) if isinstance(root, Map) else None
    if not held or not isinstance(root, Map) or not isinstance(there, Sequence):
        return root
    items: list[Node] = []
    left = dict(held)
    for node in there.items:
        one = left.pop(_find_id(node), None)
        if one is None:
            items.append(node)
        elif one.content is not None:
            items.append(as_node(one.content, node.line))
    items += [as_node(one.content) for one in left.values() if one.content is not None]
    return Map(root.line, {**root.items, name: Sequence(there.line, items)}, root.key_lines)


def _without_phrasings(root: Node | None, gone: set[str]) -> Node | None:
    """Nobody says a row that is not there any more."""
    there = root.items.get("phrasings") if isinstance(root, Map) else None
    if not gone or not isinstance(root, Map) or not isinstance(there, Map):
        return root
    left = {row: node for row, node in there.items.items() if row not in gone}
    return Map(root.line, {**root.items, "phrasings": Map(there.line, left, there.key_lines)}, root.key_lines)


def as_content(node: Node) -> Content:
    found = _value(node)
    return found if isinstance(found, dict) else {}


def as_node(value: object, line: int = 1) -> Node:
    """The tree a file would give for this value."""
    if isinstance(value, dict):
        items = {str(key): as_node(item, line) for key, item in value.items()}
        return Map(line, items, dict.fromkeys(items, line))
    if isinstance(value, list | tuple):
        return Sequence(line, [as_node(item, line) for item in value])
    if value is None or isinstance(value, bool | int):
        return Scalar("null" if value is None else str(value).lower(), line, plain=True)
    return Scalar(str(value), line, plain=False)


def fingerprint_of(content: Content | None) -> str:
    """The same for the same content, whatever the order of its keys; "" for what was taken out."""
    if content is None:
        return ""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _items(root: Node | None, name: str) -> Iterator[tuple[str, Node]]:
    there = root.items.get(name) if isinstance(root, Map) else None
    for node in there.items if isinstance(there, Sequence) else ():
        if id := _find_id(node):
            yield id, node


def _find_id(node: Node) -> str:
    id = node.items.get("id") if isinstance(node, Map) else None
    return id.value if isinstance(id, Scalar) else ""


def _value(node: Node) -> object:
    """As YAML reads it, but a date stays the text it was written as."""
    if isinstance(node, Map):
        return {key: _value(item) for key, item in node.items.items()}
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return node.value if node.kind == "timestamp" else plain(node)
