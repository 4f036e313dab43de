"""What the button and the form of giving roles are about."""

from __future__ import annotations

from bot.model.actions import Action


class Change(Action, name="roles.change"):
    """Open the form."""


class ChangeForSure(Action, name="roles.change_for_sure"):
    """Give or take what the form says."""
