"""What the Lab's buttons and forms, the askers' and the clock's moments are about. Names are for ever."""

from __future__ import annotations

from typing import Literal

from bot.model.actions import Action

# ---------------------------------------------------------------- people of the Lab


class Claim(Action, name="lab.claim"):
    """I take this one."""

    ticket: str


class HandBack(Action, name="lab.hand_back"):
    ticket: str


class OpenHandOn(Action, name="lab.open_hand_on"):
    """Open the form that picks a colleague."""

    ticket: str


class HandOn(Action, name="lab.hand_on"):
    ticket: str


class OpenAnswer(Action, name="lab.open_answer"):
    ticket: str


class GiveAnswer(Action, name="lab.give_answer"):
    ticket: str


class OpenAskBack(Action, name="lab.open_ask_back"):
    """Open the form with a question to who asked."""

    ticket: str


class AskBack(Action, name="lab.ask_back"):
    ticket: str


class OpenMerge(Action, name="lab.open_merge"):
    """Open the form that picks the ticket this one goes into."""

    ticket: str


class Merge(Action, name="lab.merge"):
    ticket: str


class OpenClose(Action, name="lab.open_close"):
    """Open the form that closes it without an answer."""

    ticket: str


class CloseTicket(Action, name="lab.close"):
    ticket: str


class Reopen(Action, name="lab.reopen"):
    ticket: str


class Explain(Action, name="lab.explain"):
    """What did the bot understand of it?"""

    ticket: str


class ShowTicket(Action, name="lab.show_ticket"):
    """From the queue to one ticket."""

    ticket: str


class ShowQueue(Action, name="lab.show_queue"):
    which: Literal["open", "mine", "waiting", "late"]


class GiveFound(Action, name="lab.give_found"):
    """Give these the answers that were found for them."""

    tickets: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Those beside it on the card, that stay."""


# ---------------------------------------------------------------- who asks


class OpenQuestion(Action, name="lab.open_question"):
    """Open the form for a question to the Lab; about a question that was asked, or a new one."""

    question: str = ""


class SendQuestion(Action, name="lab.send_question"):
    """`code`: who sends it anonymously looks the answer up with this. It is kept by them alone."""

    code: str
    question: str = ""


class OpenReply(Action, name="lab.open_reply"):
    """Open the form in which an asker says something back."""

    ticket: str


class SendReply(Action, name="lab.send_reply"):
    ticket: str


class OpenCode(Action, name="lab.open_code"):
    """Open the form to type a code in."""


class LookUp(Action, name="lab.look_up"):
    """Is there an answer yet?"""


class ReplyUnknown(Action, name="lab.reply_unknown"):
    """An asker nobody knows says something back."""

    code: str


# ---------------------------------------------------------------- the clock


class Remind(Action, name="lab.remind"):
    """So much of the time for this target has gone by; unless it was met meanwhile."""

    ticket: str
    target: str
    """The moment itself: another target is another reminder."""
    share: Literal[75, 100]


class Redraw(Action, name="lab.redraw"):
    """The card had not arrived yet when it was to be changed."""

    ticket: str
    tries: int


class LookAgain(Action, name="lab.look_again"):
    """Other agreements are in force: read what waits once more, from this ticket on."""

    run: str = ""
    after: str = ""
    found: tuple[str, ...] = ()
    """Found so far and not offered yet."""
    tries: int = 0


class TellLeftOver(Action, name="lab.tell_left_over"):
    """Every morning: what is late."""


class EmptyLetterbox(Action, name="lab.empty_letterbox"):
    """At fixed hours: what was sent anonymously comes in."""
