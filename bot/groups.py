"""Groups on a chat platform whose members have a role, as the settings name them: `ai_lab=slack:S0123ABCD`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

EXAMPLE = "ai_lab=slack:S0123ABCD, security=teams:19:…@thread.tacv2"


class WrongGroups(ValueError):
    """The text names no groups, in words a person reads."""


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Whoever is in this Slack user group or Teams team has this role."""

    role: str
    platform: str
    group: str
    """The platform's own id."""

    @property
    def name(self) -> str:
        return f"{self.platform}:{self.group}"


def read_groups(text: str) -> tuple[RoleGroup, ...]:
    """WrongGroups where a part is not `role=platform:group`."""
    return tuple(_read_parts(text))


def _read_parts(text: str) -> Iterator[RoleGroup]:
    for part in filter(None, (part.strip() for part in text.split(","))):
        role, _, where = (piece.strip() for piece in part.partition("="))
        platform, _, group = where.partition(":")
        if not (role and platform and group):
            raise WrongGroups(f"'{part}' is not role=platform:group; right would be {EXAMPLE}")
        yield RoleGroup(role, platform, group)
