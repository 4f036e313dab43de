"""What the buttons and forms of the diploma are about. Names are for ever: messages live for years."""

from __future__ import annotations

from bot.model.actions import Action


class ShowMine(Action, name="diploma.show_mine"):
    """My level, what I need and by when."""


class ShowPapers(Action, name="diploma.show_papers"):
    """My certificate, the day for my calendar and a page for the talk."""


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


class LongList(Action, name="diploma.long_list"):
    """HR's list of the week; drawn only where it names somebody."""


class BoardNumber(Action, name="diploma.board_number"):
    """How many are far over the day, for the board; drawn only where there are any."""


class AskAbsence(Action, name="diploma.ask_absence"):
    """Open the form that says that somebody is away."""

    person: str = ""
    """Whom HR looks at; empty: somebody of one's own team."""


class SendAbsence(Action, name="diploma.send_absence"):
    """The form with who is away and until when."""

    person: str = ""


class AskBack(Action, name="diploma.ask_back"):
    """Open the form that says that somebody is back."""

    person: str = ""


class SendBack(Action, name="diploma.send_back"):
    """The form with who is back and since when."""

    person: str = ""


class AskExemption(Action, name="diploma.ask_exemption"):
    """Open the form for an exemption: a manager asks for one, HR gives one."""

    person: str = ""


class SendExemption(Action, name="diploma.send_exemption"):
    """The form with for whom, until when and why."""

    person: str = ""


class DecideExemption(Action, name="diploma.decide_exemption"):
    """HR gives what a manager asked for, or does not."""

    request: str
    give: bool


class AskPlan(Action, name="diploma.ask_plan"):
    """Open the form in which a manager plans somebody of the team."""


class SendTeamPlan(Action, name="diploma.send_team_plan"):
    """The form with who does it on which day."""


class AskPerson(Action, name="diploma.ask_person"):
    """Open the form to find somebody."""


class FindPerson(Action, name="diploma.find_person"):
    """The form with a name or an address."""


class ShowPerson(Action, name="diploma.show_person"):
    """How somebody stands, for the academy and HR."""

    person: str


class Correct(Action, name="diploma.correct"):
    """Open the form that puts a result right."""

    certificate: str


class SendCorrection(Action, name="diploma.send_correction"):
    """The form with what it should be; a new row."""

    certificate: str


class StartRefresher(Action, name="diploma.refresh"):
    """A few questions that renew my diploma."""

    level: str


class AnswerRefresher(Action, name="diploma.refresh_answer"):
    """My answer to one question of it."""

    refresher: str
    number: int
    verdict: str


class LookedAt(Action, name="diploma.looked_at"):
    """Security looked at the questions about these rows, in these versions."""

    rows: list[tuple[str, int]]


class Adopt(Action, name="diploma.adopt"):
    """The board adopts what was agreed, as it was read."""

    fingerprint: str
