"""What the buttons of "my data and settings" are about."""

from __future__ import annotations

from typing import Literal

from bot.model.actions import Action


class ChooseLanguage(Action, name="mine.choose_language"):
    language: Literal["nl", "en"]


class Forget(Action, name="mine.forget"):
    """Open the form that asks once more."""


class ForgetForSure(Action, name="mine.forget_for_sure"):
    """Cut the link between me and my questions."""


class PauseFor(Action, name="mine.pause_for"):
    """No reminders for so many days from today."""

    days: int


class PickDay(Action, name="mine.pick_day"):
    """Open the form to choose until when."""


class PauseUntil(Action, name="mine.pause_until"):
    """The form with the day."""


class EndPause(Action, name="mine.end_pause"):
    """Reminders again, from now on."""
