"""What the button and the form of giving roles are about."""

from __future__ import annotations

from bot.model.actions import Action


class Change(Action, name="roles.change"):
    """Open the form."""


class FollowGroup(Action, name="roles.follow_group"):
    """Ask who is in a group now, and let the role follow."""

    role: str
    group: str


class LeaveGroups(Action, name="roles.leave_groups"):
    """Take the roles that came from groups the settings name no more."""


class ChangeForSure(Action, name="roles.change_for_sure"):
    """Give or take what the form says."""
