"""Names of settings, and in plain words what is wrong with one: what was found, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_MAY_HOLD_A_SECRET = ("password", "secret", "token", "key", "url")
"""In the name of a field: what was found there is never shown. An address can hold a password."""


def variable(name: str) -> AliasChoices:
    """What a setting is called in the environment."""
    return AliasChoices(name, name.lower())


def describe(error: ErrorDetails, fields: Mapping[str, FieldInfo]) -> list[str]:
    """One line about a field, or a line for each problem of fields that do not fit together."""
    if not error["loc"]:
        return str(error["ctx"]["error"]).splitlines()
    id = find_field(error, fields)
    hidden = any(word in id for word in _MAY_HOLD_A_SECRET)
    found = "is not right" if hidden else f"is {str(error['input'])!r}"
    return [f"{name_of(fields[id])} {found}; right would be {_find_right(error, fields[id])}"]


def find_field(error: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    """The field's own id, whether its value came from the environment or was given in code."""
    said = str(error["loc"][0]).casefold()
    return next(id for id, field in fields.items() if said in (id, name_of(field).casefold()))


def name_of(field: FieldInfo) -> str:
    """The name people set it under."""
    return str(field.validation_alias.choices[0])  # type: ignore[union-attr]


def _find_right(error: ErrorDetails, field: FieldInfo) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "literal_error":
        return str(error["ctx"]["expected"]).replace("'", "")
    if kind.startswith("bool"):
        return "1 (on) or 0 (off)"
    if field.annotation is int:
        least, most = (next(getattr(m, end) for m in field.metadata if hasattr(m, end)) for end in ("ge", "le"))
        return f"a whole number from {least} to {most}"
    return "a text"
