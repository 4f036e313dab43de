"""What the buttons and forms of cases are about. Names are for ever: messages live for years."""

from __future__ import annotations

from typing import Literal

from bot.model.actions import Action

# ---------------------------------------------------------------- whoever shares


class Open(Action, name="cases.open"):
    """Open the form to share a case."""

    row: str = ""
    """The row of the matrix it is about, where that is known."""
    channel: str = ""
    """Key of the channel that was asked."""


class Share(Action, name="cases.share"):
    """The form with a case in it. `round`: how often it was shown back; `case` or `code`: it changes that one."""

    row: str = ""
    channel: str = ""
    round: int = 0
    case: str = ""
    code: str = ""


class OpenCode(Action, name="cases.open_code"):
    """Open the form to type a code in."""


class SendCode(Action, name="cases.send_code"):
    pass


class OpenOwn(Action, name="cases.open_own"):
    """How is my case doing?"""

    case: str


class Own(Action, name="cases.own"):
    """The form about one's own case: by its id for who shared it by name, else by its code."""

    case: str = ""
    code: str = ""


class Agree(Action, name="cases.agree"):
    """Yes or no to the Lab's wording, by who shared it by name."""

    case: str
    yes: bool


class Mine(Action, name="cases.mine"):
    """What I shared with my name."""


# ---------------------------------------------------------------- whoever reads


class Read(Action, name="cases.read"):
    case: str


class Recognise(Action, name="cases.recognise"):
    """I know this too; pressing again takes it back."""

    case: str


# ---------------------------------------------------------------- the AI Lab


class See(Action, name="cases.see"):
    """The Lab's card of a case."""

    case: str


class Claim(Action, name="cases.claim"):
    case: str
    take_over: bool = False


class Decide(Action, name="cases.decide"):
    """What needs no form."""

    case: str
    what: Literal["publish", "inside", "give_back", "reopen"]


class OpenDesk(Action, name="cases.open_desk"):
    """Open one of the Lab's forms."""

    case: str
    form: Literal["tidy", "link", "merge", "decline"]


class SendDesk(Action, name="cases.send_desk"):
    """One of the Lab's forms, about the case as it was looked at."""

    case: str
    form: Literal["tidy", "link", "merge", "decline"]
    version: int


# ---------------------------------------------------------------- the clock


class Morning(Action, name="cases.morning"):
    """Tell the Lab what is new and what waits."""


class AskChannels(Action, name="cases.ask_channels"):
    """Ask the channels whose moment it is."""


class SetMoments(Action, name="cases.set_moments"):
    """Ask this channel again, or no longer."""

    channel: str
    on: bool
