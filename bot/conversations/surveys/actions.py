"""What the buttons and forms of surveys are about. Names are for ever: messages live for years."""

from __future__ import annotations

from bot.model.actions import Action


class Start(Action, name="surveys.start"):
    """The form that starts a round. `by_email`: with a field for addresses; `channel`: where it was asked for."""

    by_email: bool = False
    channel: str = ""


class Gather(Action, name="surveys.gather"):
    """Find out who is in the channel that a draft is for."""

    round: str
    channel: str


class Send(Action, name="surveys.send"):
    """To everybody it asks."""

    round: str


class OpenOwn(Action, name="surveys.open_own"):
    """Add questions of one's own."""

    round: str


class SendOwn(Action, name="surveys.send_own"):
    round: str


class Drop(Action, name="surveys.drop"):
    """Not after all."""

    round: str


class Open(Action, name="surveys.open"):
    """Open the questions."""

    round: str


class Answer(Action, name="surveys.answer"):
    """The form with answers. `shown`: how often it was shown back; `code`: they change what was kept with it."""

    round: str
    shown: int = 0
    code: str = ""


class SendCode(Action, name="surveys.send_code"):
    """With the code they come back."""

    round: str


class Done(Action, name="surveys.done"):
    """Close what was only there to be read."""


class Decline(Action, name="surveys.decline"):
    """Not for me."""

    round: str


class Remind(Action, name="surveys.remind"):
    """It is time to remind who has not answered."""

    round: str
    step: int


class Nudge(Action, name="surveys.nudge"):
    """One person is reminded."""

    round: str


class Close(Action, name="surveys.close"):
    """It is time to close."""

    round: str


class Theme(Action, name="surveys.theme"):
    """Put what was written together by meaning, one question after the other; then tell what came out."""

    round: str
    step: int


class Tell(Action, name="surveys.tell"):
    """Tell what came out to so many more."""

    round: str
    after: str


class ToLab(Action, name="surveys.to_lab"):
    """Doubts that nothing answers yet go to the AI Lab."""

    round: str


class Vote(Action, name="surveys.vote"):
    """Let the team pick three of what it proposed."""

    round: str


class OpenAgreement(Action, name="surveys.open_agreement"):
    """Open what the team came to, as a proposal."""

    round: str


class SendAgreement(Action, name="surveys.send_agreement"):
    round: str


class Repeat(Action, name="surveys.repeat"):
    """Ask again each quarter; pressing again ends it."""

    round: str


class Again(Action, name="surveys.again"):
    """It is a quarter later."""

    round: str


class Renew(Action, name="surveys.renew"):
    """A draft like the round of a quarter ago."""

    round: str


class Mix(Action, name="surveys.mix"):
    """Every night: nothing tells in which order answers came."""
