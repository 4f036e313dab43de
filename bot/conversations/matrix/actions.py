"""What the buttons, forms and due moments of the living matrix are about. Names are for ever."""

from __future__ import annotations

from bot.model.actions import Action


class Begin(Action, name="matrix.begin"):
    """Open the form that asks what a proposal is about."""


class Find(Action, name="matrix.find"):
    """The form with a few words: which rows come close?"""


class OpenExample(Action, name="matrix.open_example"):
    """Open the form with a way to say this row."""

    row: str
    words: str = ""
    ticket: str | None = None


class AddExample(Action, name="matrix.add_example"):
    row: str
    base: int
    ticket: str | None = None


class OpenCells(Action, name="matrix.open_cells"):
    """Open the form with this row's verdicts and conditions."""

    row: str
    ticket: str | None = None


class ChangeCells(Action, name="matrix.change_cells"):
    row: str
    base: int
    ticket: str | None = None


class OpenWording(Action, name="matrix.open_wording"):
    """Open the form with what this row says."""

    row: str


class ChangeWording(Action, name="matrix.change_wording"):
    row: str
    base: int


class OpenNew(Action, name="matrix.open_new"):
    """Open the short form of a new row."""

    words: str = ""
    """The question it came from, where there is a ticket; else what it is about."""
    ticket: str | None = None
    data: str | None = None
    near: str | None = None
    """The row that comes closest."""


class BeginRow(Action, name="matrix.begin_row"):
    """The short form: what, verdict, condition or what instead, why."""

    words: str = ""
    ticket: str | None = None
    data: str | None = None
    near: str | None = None


class OpenRest(Action, name="matrix.open_rest"):
    """Open the form with everything of a row that was begun."""

    proposal: str


class AddRow(Action, name="matrix.add_row"):
    """The long form, of a row that was begun."""

    ticket: str | None = None
    draft: str | None = None


class SendDraft(Action, name="matrix.send_draft"):
    proposal: str


class DropDraft(Action, name="matrix.drop_draft"):
    proposal: str


class ShowProposal(Action, name="matrix.show_proposal"):
    proposal: str


class Approve(Action, name="matrix.approve"):
    proposal: str


class OpenDecline(Action, name="matrix.open_decline"):
    """Open the form with the reason of a no."""

    proposal: str


class Decline(Action, name="matrix.decline"):
    proposal: str


class Withdraw(Action, name="matrix.withdraw"):
    proposal: str


class BringBatch(Action, name="matrix.bring_batch"):
    """Due: a spreadsheet was imported; who decides hears it."""

    batch: str


class ShowBatch(Action, name="matrix.show_batch"):
    batch: str
    page: int = 1


class ApproveBatch(Action, name="matrix.approve_batch"):
    """All of it that is open and that this person may decide on."""

    batch: str


class TellAskers(Action, name="matrix.tell_askers"):
    """Due: who asked about it hears what changed."""

    revision: int
    tries: int = 0
    also: tuple[int, ...] = ()
    """Earlier revisions that were agreed on with it."""


class LookAfter(Action, name="matrix.look_after"):
    """The clock: differences that nobody heard of yet, rows whose time has come."""


class Settle(Action, name="matrix.settle"):
    """What a file says otherwise: take it, or keep what is in force."""

    kind: str
    ref: str
    hash: str
    take: bool


class AskOwner(Action, name="matrix.ask_owner"):
    """A nudge: do these rows still hold?"""


class ShowDue(Action, name="matrix.show_due"):
    """Show the next row that waits for this person."""


class StillHolds(Action, name="matrix.still_holds"):
    row: str


class OpenHandOver(Action, name="matrix.open_hand_over"):
    row: str


class HandOver(Action, name="matrix.hand_over"):
    row: str


class OpenPolicy(Action, name="matrix.open_policy"):
    """Open the form of a new version of a policy."""


class AddPolicyVersion(Action, name="matrix.add_policy_version"):
    pass


class OpenAgreement(Action, name="matrix.open_agreement"):
    """Open the form that proposes another principle or philosophy."""


class ProposeAgreement(Action, name="matrix.propose_agreement"):
    pass


class OpenFindTool(Action, name="matrix.open_find_tool"):
    """Open the form that asks which tool to change."""


class FindTool(Action, name="matrix.find_tool"):
    pass


class OpenTool(Action, name="matrix.open_tool"):
    """Open the form with what was agreed about this tool."""

    tool: str


class ChangeTool(Action, name="matrix.change_tool"):
    tool: str
    base: int


class OpenToolRequest(Action, name="matrix.open_tool_request"):
    """Open the form that asks for a tool."""

    tool: str = ""


class RequestTool(Action, name="matrix.request_tool"):
    pass


class OpenToolReview(Action, name="matrix.open_tool_review"):
    request: str


class ReviewTool(Action, name="matrix.review_tool"):
    request: str
    version: int


class OpenToolDecision(Action, name="matrix.open_tool_decision"):
    request: str


class DecideTool(Action, name="matrix.decide_tool"):
    request: str
    version: int
