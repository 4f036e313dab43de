"""Every card and form of the living matrix with example data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from bot.conversations.matrix import (
    actions,
    batch_cards,
    cards,
    edit_forms,
    forms,
    new_row_cards,
    review_cards,
    tool_cards,
)
from bot.conversations.matrix.agreeing import agreement_form, agreements_card
from bot.conversations.matrix.batch_cards import Line
from bot.conversations.matrix.cards import Told
from bot.conversations.matrix.drafts import Typed, draft_row
from bot.conversations.matrix.effect import Affected, say_effect
from bot.model.cards import Card, Example, Form
from bot.row_words import tell_changes, title_of
from bot.texts import WORDS, Words
from knowledge.content import Knowledge, Language
from knowledge.contents import Content, Key
from knowledge.library import DEFAULT_FOLDER, Library, read_library
from knowledge.verdict import judge
from storage.matrix import Difference
from storage.matrix_asked import Asked
from storage.matrix_proposals import Proposal
from storage.matrix_reviews import PolicyVersion
from storage.tool_requests import ToolRequest

_ID = "0" * 32
_LINK = "https://promptclub.voorbeeld.example/matrix"
_ASKED = {
    "nl": "Mag ik een klantmail laten schrijven met Copilot?",
    "en": "May I have Copilot write an email to a customer?",
}
_WHY = {"nl": "Er ging twee keer een naam mee die er niet in hoorde.", "en": "Twice a name went along by mistake."}


@cache
def _starter() -> tuple[Knowledge, Library]:
    return read_library(DEFAULT_FOLDER)


def _row(knowledge: Knowledge, library: Library) -> Content:
    return library.list_contents()[Key("row", knowledge.use_cases[0].id)]


def all_examples(language: Language) -> Iterator[Example]:
    words = WORDS[language]
    for name, card in _all(words):
        yield Example(name=name, card=card)


def _all(words: Words) -> Iterator[tuple[str, Card | Form]]:
    knowledge, library = _starter()
    row = _row(knowledge, library)
    yield "the matrix", cards.matrix_card(words, _LINK, secret=True, open_proposals=2)
    yield "which row", cards.choose_row_card(words, knowledge.use_cases[:2], _ASKED[words.language], edits=True)
    yield "no row yet", cards.choose_row_card(words, (), _ASKED[words.language], edits=False)
    yield "a few words", forms.find_form(words)
    yield "an example", forms.example_form(words, row, 1, _ASKED[words.language], None)
    yield "other verdicts", forms.cells_form(words, knowledge, row, 1, None)
    yield "other words", edit_forms.wording_form(words, knowledge, row, actions.ChangeWording(row="x", base=1))
    yield from _new_row(words, knowledge, row)
    yield "a no with a reason", forms.decline_form(words, _ID)
    yield from _proposals(words, knowledge, row)
    batch = (_ID, words("matrix.batch_of", n=12, name="Lars de Jong"))
    yield "open proposals", cards.proposals_card(words, [(_ID, title_of(words, "row", "x", row))], [batch])
    yield "no open proposals", cards.proposals_card(words, [], [])
    yield from _reviews(words, knowledge)
    yield from _tools(words, knowledge)
    yield "our agreements", agreements_card(words, knowledge, None)
    yield "another agreement", agreement_form(words, knowledge)
    yield "an answer that changed", cards.changed_card(words, knowledge, _affected(words, knowledge, 7))


def _new_row(words: Words, knowledge: Knowledge, row: Content) -> Iterator[tuple[str, Card | Form]]:
    near, asked, why = knowledge.use_cases[0], _ASKED[words.language], _WHY[words.language]
    begin = actions.BeginRow(words=asked, ticket="T-1", near=near.id)
    form = new_row_cards.short_form(words, knowledge, begin, near.typical_data, near, question=asked, why=why)
    yield "a new row", form
    title = near.title.in_language(words.language)
    typed = Typed(title, "mag_mits", near.conditions[:2], why, why, words.language, asked, words.language)
    drafted = draft_row(knowledge, typed, near, near.typical_data)
    yield "a new row shown back", new_row_cards.draft_card(words, knowledge, _ID, drafted, near)
    yield "the rest of a new row", new_row_cards.rest_form(words, knowledge, row, _ID, None)


def _reviews(words: Words, knowledge: Knowledge) -> Iterator[tuple[str, Card | Form]]:
    item = review_cards.nudge_item(words, 3)
    yield "rules that wait", Card(summary=item.summary, elements=item.elements)
    row, documents = knowledge.use_cases[0], knowledge.policy.documents
    title = documents[0].title.in_language(words.language)
    why = words("matrix.review_policy", title=title, what=_WHY[words.language])
    seen = words("matrix.last_seen", day=words.day(date(2026, 11, 1)))
    yield (
        "does it still hold",
        review_cards.review_card(words, knowledge, row, why=why, waiting=3, last_seen=seen),
    )
    yield "hand it over", review_cards.hand_over_form(words, row.id)
    newest = PolicyVersion(documents[0].id, 2, _WHY[words.language], None, datetime(2026, 11, 20, tzinfo=UTC))
    leaning = [(one, number) for number, one in enumerate(documents)]
    yield "policies", review_cards.policies_card(words, leaning, {newest.policy: newest})
    yield "no policies", review_cards.policies_card(words, (), {})
    yield "a new version of a policy", review_cards.policy_form(words, documents)
    differs = Difference("row", row.id, _ID, {}, datetime(2026, 11, 20, tzinfo=UTC), "open")
    changes = tell_changes(words, knowledge, {"verdicts": {"intern": "mag"}}, {"verdicts": {"intern": "mag_niet"}})
    told = [(differs, row.title.in_language(words.language), changes)]
    yield "a file that differs", review_cards.differences_card(words, told, 4)


def _tools(words: Words, knowledge: Knowledge) -> Iterator[tuple[str, Card | Form]]:
    asked = datetime(2026, 11, 20, tzinfo=UTC)
    checks = dict.fromkeys(tool_cards.CHECKS, _WHY[words.language])
    request = ToolRequest(
        _ID,
        "NotebookLM",
        _ASKED[words.language],
        "intern",
        "https://x.example",
        "open",
        {},
        1,
        None,
        asked,
        None,
        None,
    )
    reviewed = replace(request, checklist=checks)
    yield "tools", tool_cards.tools_card(words, _LINK, knowledge.tools, [request], secret=True, edits=True)
    found = edit_forms.tools_found_card(words, knowledge, knowledge.tools[:3], _LINK, edits=True)
    yield "tools that may be meant", found
    yield "which tool to change", edit_forms.find_tool_form(words)
    held = _starter()[1].list_contents()[Key("tool", knowledge.tools[0].id)]
    change = actions.ChangeTool(tool="x", base=1)
    yield "change a tool", edit_forms.tool_form(words, knowledge, held, change)
    yield "ask for a tool", tool_cards.request_form(words, knowledge, "NotebookLM")
    yield "a tool that was asked for", tool_cards.request_card(words, knowledge, request, 1)
    yield "a tool that was looked at", tool_cards.request_card(words, knowledge, reviewed, 3)
    yield "a tool decided on", tool_cards.request_card(words, knowledge, replace(reviewed, state="decided"), 3)
    yield "look at a tool", tool_cards.review_form(words, reviewed)
    yield "decide on a tool", tool_cards.decision_form(words, knowledge, reviewed)
    for tool in (knowledge.tools[0], knowledge.tools[-2]):
        yield f"told of {tool.name}", tool_cards.decided_card(words, knowledge, tool)


def _proposals(words: Words, knowledge: Knowledge, row: Content) -> Iterator[tuple[str, Card]]:
    stricter = {**row, "verdicts": {**row["verdicts"], "intern": "mag_niet"}, "conditions": row["conditions"][1:]}
    proposal = _proposal(stricter, looser=True, why=_WHY[words.language])
    told = Told(
        title=title_of(words, "row", "x", row),
        changes=tell_changes(words, knowledge, row, stricter),
        effect=say_effect(words, _affected(words, knowledge, 5)),
        proposer="Noor Bakker",
        approvers=["Bram Visser"],
        roles="Security en privacy" if words.language == "nl" else "Security and privacy",
    )
    yield "a proposal", cards.proposal_card(words, proposal, told)
    yield "changed meanwhile", cards.proposal_card(words, proposal, replace(told, meanwhile=told.changes[:1]))
    settled = replace(proposal, state="declined", reason=_WHY[words.language])
    lines = [Line(_ID, told.title, told.changes, looser) for looser in (True, False)]
    yield "a spreadsheet", batch_cards.batch_card(words, _ID, lines, page=2, number=14, by=told.proposer)
    became = {"adopted": 8, "waits": 3, "meanwhile": 1, "unfit": 1, "elsewhere": 1}
    yield "a spreadsheet approved", batch_cards.approved_card(words, _ID, became, 6)
    yield "declined", cards.proposal_card(words, settled, told)
    new = replace(proposal, base=0, looser=False, state="open")
    changes = tell_changes(words, knowledge, None, row)
    yield "a new row proposed", cards.proposal_card(words, new, replace(told, changes=changes, approvers=()))


def _proposal(content: Content, *, looser: bool, why: str) -> Proposal:
    return Proposal(
        id=_ID,
        kind="row",
        ref=str(content["id"]),
        base=7,
        content=content,
        looser=looser,
        why=why,
        ticket_id=None,
        state="open",
        reason="",
        proposed_by=_ID,
        proposed_at=datetime(2026, 11, 20, tzinfo=UTC),
        settled_by=None,
        settled_at=None,
    )


def _affected(words: Words, knowledge: Knowledge, number: int) -> list[Affected]:
    judged = judge(knowledge, knowledge.use_cases[0].id, [], [])
    return [
        Affected(Asked(str(n), _ASKED[words.language], "nl", judged.use_case.id, "mag", {}, str(n)), judged)
        for n in range(number)
    ]
