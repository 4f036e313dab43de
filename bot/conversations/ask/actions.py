"""What the buttons and forms of "mag dit?" are about. Names are for ever: messages live for years."""

from __future__ import annotations

from bot.model.actions import Action


class ChangeData(Action, name="ask.change_data"):
    """Judge the same question again, for another data class."""

    question: str
    data_class: str


class ChooseRow(Action, name="ask.choose_row"):
    """This is the kind of work I meant."""

    question: str
    use_case: str


class AskLab(Action, name="ask.ask_lab"):
    """Put this question to the AI Lab."""

    question: str


class Rate(Action, name="ask.rate"):
    """Open the form in which to say whether the answer was right."""

    question: str


class SendRating(Action, name="ask.send_rating"):
    question: str


class AskAgain(Action, name="ask.ask_again"):
    """Open the form to type a question in."""


class SendQuestion(Action, name="ask.send_question"):
    """The form with a question in it."""


class WriteToLab(Action, name="ask.write_to_lab"):
    """Open the form for a question to the people of the AI Lab."""


class SendToLab(Action, name="ask.send_to_lab"):
    pass


class ShowHelp(Action, name="ask.show_help"):
    """What can you do?"""
