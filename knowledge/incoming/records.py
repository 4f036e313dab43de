"""Reads lists that come as JSON: our own, and xAPI statements as a learning system sends them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.incoming.columns import fold
from knowledge.incoming.lines import Lines, Wrong

_PASSED, _FAILED = "passed", "failed"
_VERBS = "http://adlnet.gov/expapi/verbs/"


def read_records(file: bytes, name: str) -> Lines:
    """`[{...}, ...]`, or the same under `name`; the line number is the place in the list."""
    wrong = Wrong()
    content = _parse(file, wrong)
    found = content.get(name) if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        wrong.note(0, "", "no list of objects", f'send [{{...}}], or {{"{name}": [{{...}}]}}')
    wrong.raise_any()
    assert isinstance(found, list)
    headings = tuple(dict.fromkeys(str(key) for one in found for key in one))
    rows = [(place, [_as_text(one.get(key)) for key in headings]) for place, one in enumerate(found, 1)]
    return Lines(headings, rows)


def is_xapi(file: bytes) -> bool:
    """Statements have an actor and a verb."""
    try:
        content = json.loads(file)
    except ValueError:
        return False
    one = content[0] if isinstance(content, list) and content else content
    one = (one.get("statements") or [one])[0] if isinstance(one, dict) else one
    return isinstance(one, dict) and "verb" in one and "actor" in one


def read_statements(file: bytes, levels: Mapping[str, Iterable[str]]) -> tuple[Lines, int]:
    """`passed` and `failed` of one of our levels, and how many statements were about something else.

    `levels`: by id, what they are called.
    """
    wrong = Wrong()
    content = _parse(file, wrong)
    wrong.raise_any()
    if isinstance(content, dict):
        content = content.get("statements", [content])
    statements = content if isinstance(content, list) else []
    known = {fold(name): id for id, names in levels.items() for name in (id, *names)}
    rows = []
    for place, one in enumerate(statements, 1):
        verb = str(_at(one, "verb", "id")).removeprefix(_VERBS)
        level = _find_level(_at(one, "object"), known)
        if verb not in (_PASSED, _FAILED) or not level:
            continue
        issuer = _at(one, "authority", "name") or _at(one, "context", "platform")
        told = (
            _find_email(one),
            level,
            verb,
            _at(one, "timestamp"),
            issuer,
            _at(one, "object", "id"),
            _at(one, "id"),
        )
        rows.append((place, [_as_text(value) for value in told]))
    headings = ("email", "level", "outcome", "issued", "issuer", "evidence", "statement")
    return Lines(headings, rows), len(statements) - len(rows)


def _find_email(statement: Any) -> str:
    mailbox = str(_at(statement, "actor", "mbox") or "").removeprefix("mailto:")
    return mailbox or str(_at(statement, "actor", "account", "name") or "")


def _parse(file: bytes, wrong: Wrong) -> Any:
    try:
        return json.loads(file)
    except ValueError as problem:
        wrong.note(0, "", f"no JSON that can be read ({problem})", "send JSON in UTF-8")
        return None


def _find_level(thing: Any, known: Mapping[str, str]) -> str:
    """By the end of the activity's id, or by its name in any language."""
    tail = str(_at(thing, "id") or "").rstrip("/").rpartition("/")[2]
    names = _at(thing, "definition", "name")
    told = [tail, *(names.values() if isinstance(names, dict) else ())]
    return next((known[fold(str(name))] for name in told if fold(str(name)) in known), "")


def _at(value: Any, *way: str) -> Any:
    for step in way:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
