"""`prompt-club check`, what keeps people's rights and the audit log safe: groups with a role, and the log's key."""

from __future__ import annotations

from bot.groups import RoleGroup, read_groups
from bot.platforms import Finding
from bot.settings import Settings
from knowledge.content import Knowledge
from knowledge.errors import suggest
from knowledge.roles import list_roles


def check_role_groups(settings: Settings, knowledge: Knowledge) -> list[Finding]:
    """Nobody gets a role from a group whose role or platform is not there."""
    groups = read_groups(settings.role_groups)
    if not groups:
        return [("role groups", True, "none, which is fine: roles are given with `prompt-club roles` or in chat")]
    known = [role.id for role in list_roles(knowledge) if not role.everyone]
    return [("role groups", *_check_group(settings, known, group)) for group in groups]


def _check_group(settings: Settings, known: list[str], group: RoleGroup) -> tuple[bool, str]:
    if group.role not in known:
        return (
            False,
            f"{group.name}: {group.role!r} is no role that diploma.yaml lets us give; {suggest(group.role, known)}",
        )
    if group.platform not in settings.platforms:
        right = suggest(group.platform, settings.platforms)
        return False, f"{group.name}: {group.platform!r} is no platform; {right}"
    if not settings.platforms[group.platform]:
        return False, f"{group.name}: {group.platform!r} is not switched on, so nobody gets {group.role!r} from it"
    return True, f"whoever is in {group.name} has {group.role!r}"


def check_audit_key(settings: Settings) -> Finding:
    """Replicas that seal with keys of their own cannot verify each other's lines."""
    if settings.audit_key is not None:
        return ("audit log", True, "sealed with PROMPT_CLUB_AUDIT_KEY")
    kept = f"sealed with a key that is kept in {settings.audit}"
    if settings.database_url.startswith("sqlite"):
        return ("audit log", True, kept)
    right = "set PROMPT_CLUB_AUDIT_KEY, the same on all machines (`openssl rand -hex 32` makes one)"
    return ("audit log", False, f"{kept}, and more than one machine may use this database; {right}")
