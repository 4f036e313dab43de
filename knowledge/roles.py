"""The roles of diploma.yaml as values: which role may do what, and what everybody may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from knowledge.content import Knowledge, Wording
from knowledge.diploma import Permission


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    title: Wording
    """What people call it; the id where the organisation wrote no title."""
    may: frozenset[Permission]
    everyone: bool = False
    """Nobody needs to be given this one."""


def list_roles(knowledge: Knowledge) -> tuple[Role, ...]:
    """In the order of the file; none where the organisation has no diploma.yaml."""
    rows = cast("Sequence[Mapping[str, Any]]", knowledge.diploma.get("roles", ()))
    return tuple(_read_role(row) for row in rows)


def find_role(knowledge: Knowledge, id: str) -> Role | None:
    return next((role for role in list_roles(knowledge) if role.id == id), None)


def find_granting(knowledge: Knowledge, permission: Permission) -> tuple[Role, ...]:
    """The roles that may do this."""
    return tuple(role for role in list_roles(knowledge) if permission in role.may)


def _read_role(row: Mapping[str, Any]) -> Role:
    texts: Mapping[str, str] = row.get("title") or {}
    spare = next(iter(texts.values()), row["id"])
    return Role(
        id=row["id"],
        title=Wording(nl=texts.get("nl", spare), en=texts.get("en", spare)),
        may=frozenset(map(Permission, row["may"])),
        everyone=row.get("everyone", False),
    )
