"""What the buttons and forms of the diploma are about. Names are for ever: messages live for years."""

from __future__ import annotations

from bot.model.actions import Action


class ShowMine(Action, name="diploma.show_mine"):
    """My level, what I need and by when."""


class ShowTeam(Action, name="diploma.show_team"):
    """Who of my team needs what."""


class Remind(Action, name="diploma.remind"):
    """A reminder at one step; drawn only where it still holds."""

    level: str
    cycle: str
    step: int


class LookDaily(Action, name="diploma.look_daily"):
    """Who is to be reminded today."""

    after: str = ""
    """People up to this id have been looked at."""


class LookWeekly(Action, name="diploma.look_weekly"):
    """Every manager's list of the week."""

    after: str = ""


class TeamList(Action, name="diploma.team_list"):
    """Who of my team is over the day; drawn only where somebody is."""


class Plan(Action, name="diploma.plan"):
    """Open the form with the day on which I do it."""

    level: str
    cycle: str


class SendPlan(Action, name="diploma.send_plan"):
    level: str
    cycle: str


class Done(Action, name="diploma.done"):
    """I have it: the academy looks."""

    level: str
    cycle: str


class NotNow(Action, name="diploma.not_now"):
    """No more of this step."""

    level: str
    cycle: str
    step: int


class WrongPerson(Action, name="diploma.wrong_person"):
    """This is not about me: HR looks."""

    level: str


class AddResult(Action, name="diploma.add_result"):
    """Open the form to add a result of somebody."""

    email: str = ""
    level: str = ""


class SendResult(Action, name="diploma.send_result"):
    """The form with a result."""


class AskAbsence(Action, name="diploma.ask_absence"):
    """Open the form in which a manager says that somebody is away."""


class SendAbsence(Action, name="diploma.send_absence"):
    """The form with who is away and until when."""
