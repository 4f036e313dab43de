"""What the clock, the editors' buttons and forms, and the asker's yes or no are about."""

from __future__ import annotations

from typing import Literal

from bot.model.actions import Action

Change = Literal["drop", "put_back", "pin", "unpin", "reword"]


class Prepare(Action, name="digest.prepare"):
    """The clock, every day at the hour of the drafts: is one due?"""

    plan: str


class Post(Action, name="digest.post"):
    """The clock, at the time of the post."""

    plan: str


class ShowDraft(Action, name="digest.show_draft"):
    """An editor wants to see what the next post looks like now."""

    plan: str


class OpenChange(Action, name="digest.open_change"):
    """Open the form that changes a line."""

    digest: str


class ChangeLine(Action, name="digest.change_line"):
    """Do to a line what the form says."""

    digest: str
    version: int
    """Which version the editor was looking at."""


class OpenWords(Action, name="digest.open_words"):
    """Open the form for words of one's own."""

    digest: str


class AddWords(Action, name="digest.add_words"):
    """Add what the form says."""

    digest: str


class OpenPick(Action, name="digest.open_pick"):
    """Open the form that picks the question of the week."""

    digest: str


class PickQuestion(Action, name="digest.pick_question"):
    """Ask whoever asked it."""

    digest: str


class Hold(Action, name="digest.hold"):
    """Hold it, or let it go after all."""

    digest: str
    held: bool


class SendNow(Action, name="digest.send_now"):
    digest: str


class AskConsent(Action, name="digest.ask_consent"):
    """A nudge: may this question be quoted?"""

    consent: str


class Agree(Action, name="digest.agree"):
    """The asker's yes, no, or no after all."""

    consent: str
    yes: bool
