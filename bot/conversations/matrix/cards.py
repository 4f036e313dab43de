"""Cards of the living matrix: which row is meant, a proposal and what it does, what changed for whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.matrix import actions
from bot.conversations.matrix.effect import Affected
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Link, Text, shorten
from bot.texts import Words
from knowledge.content import Knowledge, UseCase
from storage.matrix_proposals import OPEN, Proposal

_TITLE = 60
_SHOWN_QUESTIONS = 5
_SHOWN_ROWS = 3
_A_LIST = 3_500
"""Characters of a list: two of them and all the rest fit one message."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a proposal beside what it holds."""

    title: str
    changes: Sequence[str]
    effect: Sequence[str]
    proposer: str
    approvers: Sequence[str] = ()
    roles: str = "-"
    """Who reviews, or adopts: as people call the roles."""
    meanwhile: Sequence[str] | None = None
    """What became of the row since the proposal was made; None: nothing."""


def matrix_card(words: Words, link: str, *, secret: bool, open_proposals: int) -> Card:
    """`secret`: the link is for this person alone."""
    title = words("matrix.page_title")
    buttons = [Button.to(actions.Begin(), words("matrix.button_propose"), opens_form=True)]
    told = [Text(text=words("matrix.open_proposals", n=open_proposals))] if open_proposals else []
    return Card(
        summary=title,
        elements=(
            Text(text=title, style="heading"),
            Text(text=words("matrix.card_intro")),
            Link(label=words("matrix.card_link"), url=link),
            *((Text(text=words("pages.link_hint"), style="quiet"),) if secret else ()),
            *told,
            Buttons(buttons=tuple(buttons)),
        ),
    )


def choose_row_card(words: Words, rows: Sequence[UseCase], typed: str, *, edits: bool) -> Card:
    """Which row is meant: an example for it, other verdicts, other words for who may, or a new row."""
    elements: list[Element] = [Text(text=words("matrix.which_row" if rows else "matrix.which_none"))]
    for row in rows:
        title = row.title.in_language(words.language)
        elements.append(Text(text=shorten(title, 400), style="strong"))
        example = actions.OpenExample(row=row.id, words=shorten(typed, 400))
        buttons = [
            Button.to(example, words("matrix.button_example"), opens_form=True),
            Button.to(actions.OpenCells(row=row.id), words("matrix.button_cells"), opens_form=True),
        ]
        if edits:
            wording = actions.OpenWording(row=row.id)
            buttons.append(Button.to(wording, words("matrix.button_wording"), opens_form=True))
        elements.append(Buttons(buttons=tuple(buttons)))
    begin = actions.OpenNew(words=shorten(typed, 400), near=rows[0].id if rows else None)
    new = Button.to(begin, words("matrix.button_new"), opens_form=True)
    elements.append(Buttons(buttons=(new,)))
    return Card(summary=words("matrix.propose_title"), elements=tuple(elements))


def proposal_card(words: Words, proposal: Proposal, told: Told) -> Card:
    """Everything that is needed to decide, and the buttons while it is open."""
    heading = shorten(words("matrix.proposal_title", title=shorten(told.title, _TITLE)), limits.HEADING)
    elements: list[Element] = [Text(text=heading, style="heading")]
    changes = "matrix.proposal_new" if proposal.base == 0 else "matrix.proposal_changes"
    elements += _list(words(changes), told.changes)
    if proposal.why:
        elements.append(Text(text=words("matrix.proposal_why", why=shorten(proposal.why, 1_500))))
    if told.meanwhile is not None:
        elements += _list(words("matrix.proposal_meanwhile"), told.meanwhile)
    elif proposal.state == OPEN:
        elements += _list(words("matrix.proposal_effect"), told.effect)
    elements.append(Text(text=_say_state(words, proposal, told), style="quiet"))
    if proposal.state == OPEN:
        elements.append(Buttons(buttons=_decisions(words, proposal.id, stale=told.meanwhile is not None)))
    return Card(summary=shorten(heading, limits.SUMMARY), elements=tuple(elements))


def _list(heading: str, lines: Sequence[str]) -> list[Element]:
    if not lines:
        return []
    shown, left = [], _A_LIST
    for line in lines[: limits.BULLETS]:
        left -= len(line)
        shown.append(line if left >= 0 else "…")
        if left < 0:
            break
    return [Text(text=heading, style="strong"), Bullets(items=tuple(shown))]


def _say_state(words: Words, proposal: Proposal, told: Told) -> str:
    lines = [words("matrix.proposed_by", name=shorten(told.proposer, 100))]
    if told.approvers:
        lines.append(
            words("matrix.approved_by", names=words.listed([shorten(name, 100) for name in told.approvers[:10]]))
        )
    if proposal.state == OPEN:
        key = _needs(proposal)
        lines.append(words(key) if key == "matrix.needs_one" else words(key, roles=told.roles))
    else:
        lines.append(words(f"matrix.state_{proposal.state}"))
    if proposal.reason:
        lines.append(words("matrix.reason", reason=shorten(proposal.reason, 800)))
    return " ".join(lines)


def _needs(proposal: Proposal) -> str:
    if proposal.kind in ("principle", "philosophy"):
        return "matrix.needs_adoption"
    return "matrix.needs_two" if proposal.looser else "matrix.needs_one"


def _decisions(words: Words, id: str, *, stale: bool) -> tuple[Button, ...]:
    yes = Button.to(actions.Approve(proposal=id), words("matrix.button_approve"), primary=True)
    no = Button.to(actions.OpenDecline(proposal=id), words("matrix.button_decline"), opens_form=True)
    back = Button.to(actions.Withdraw(proposal=id), words("matrix.button_withdraw"))
    return (no, back) if stale else (yes, no, back)


def proposals_card(words: Words, titles: Sequence[tuple[str, str]], batches: Sequence[tuple[str, str]]) -> Card:
    """Each open proposal, and each spreadsheet of them, as a button; id and title."""
    heading = words("matrix.proposals_title")
    if not titles and not batches:
        return Card.of_words(words("matrix.proposals_none"))
    together = [Button.to(actions.ShowBatch(batch=id), shorten(said, limits.BUTTON_LABEL)) for id, said in batches]
    alone = [Button.to(actions.ShowProposal(proposal=id), title) for id, title in titles]
    shown = [*together, *alone][: limits.CARD_BUTTONS]
    rows = [Buttons(buttons=tuple(shown[start : start + 5])) for start in range(0, len(shown), 5)]
    left = len(together) + len(alone) - len(shown)
    more = (Text(text=words("matrix.proposals_more", n=left), style="quiet"),) if left else ()
    return Card(summary=heading, elements=(Text(text=heading, style="heading"), *rows, *more))


def changed_card(words: Words, knowledge: Knowledge, affected: Sequence[Affected]) -> Card:
    """One message, however many of their questions it is about."""
    new = not any(one.asked.verdict for one in affected)
    heading = words("matrix.answered_title" if new else "matrix.changed_title")
    lines = []
    for one in affected[:_SHOWN_QUESTIONS]:
        now = words(f"ask.verdict_{one.judged.verdict}")
        question = shorten(one.asked.text, 200)
        if one.asked.verdict:
            before = words(f"ask.verdict_{one.asked.verdict}")
            lines.append(words("matrix.changed_line", question=question, before=before, now=now))
        else:
            lines.append(words("matrix.changed_answered", question=question, now=now))
    if len(affected) > _SHOWN_QUESTIONS:
        lines.append(words("matrix.changed_more", n=len(affected) - _SHOWN_QUESTIONS))
    elements: list[Element] = [Text(text=heading, style="heading"), Bullets(items=tuple(lines))]
    rows = {one.judged.use_case.id: one.judged.use_case for one in affected}
    for row in list(rows.values())[:_SHOWN_ROWS]:
        why = words("matrix.changed_why", why=row.why.in_language(words.language))
        elements.append(Text(text=shorten(why, limits.TEXT)))
        hint = words("matrix.changed_hint", row=row.id, version=row.version)
        elements.append(Text(text=hint, style="quiet"))
    return Card(summary=heading, elements=tuple(elements))
