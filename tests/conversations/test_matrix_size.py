"""Whatever an organisation writes, every card and form of the matrix fits one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

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
from bot.conversations.matrix.effect import Affected
from bot.row_words import tell_changes, title_of
from bot.texts import WORDS
from knowledge.content import Knowledge, Language, Wording
from knowledge.contents import Content
from knowledge.library import DEFAULT_FOLDER, load
from knowledge.verdict import judge
from storage.matrix import Difference
from storage.matrix_asked import Asked
from storage.matrix_proposals import Proposal
from storage.matrix_reviews import PolicyVersion
from storage.tool_requests import ToolRequest

LONG = 'Een "heel" lange zin 🧑‍🤝‍🧑 ' * 80
ID, NOW = "0" * 32, datetime(2026, 11, 20, tzinfo=UTC)
BOTH = Wording(LONG[:2000], LONG[:2000])
ROW: Content = {
    "id": "x" * 100,
    "title": {"nl": LONG, "en": LONG},
    "why": {"nl": LONG, "en": LONG},
    "conditions": [f"{LONG}{n}" for n in range(20)],
    "verdicts": {f"{LONG[:90]}{n}": "mag" for n in range(30)},
    "examples": {"nl": [LONG] * 9, "en": [LONG] * 9},
}


@pytest.fixture(scope="module")
def long() -> Knowledge:
    """The starter, with everything as long as may be and as many as may be."""
    knowledge = load(DEFAULT_FOLDER)
    policy = knowledge.policy
    return replace(
        knowledge,
        policy=replace(
            policy,
            statement=BOTH,
            principles=tuple(replace(policy.principles[0], id=str(n), text=BOTH) for n in range(40)),
            data_classes=tuple(replace(one, label=BOTH) for one in policy.data_classes),
            documents=tuple(replace(policy.documents[0], id=str(n), title=BOTH, owner=LONG) for n in range(40)),
            conditions=tuple(replace(one, text=BOTH) for one in policy.conditions * 3),
            levels=tuple(replace(one, label=BOTH) for one in policy.levels),
        ),
        use_cases=tuple(replace(row, title=BOTH, why=BOTH) for row in knowledge.use_cases),
        tools=tuple(replace(tool, name=LONG, note=BOTH) for tool in knowledge.tools),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_fits(long: Knowledge, language: Language) -> None:
    words = WORDS[language]
    proposal = Proposal(ID, "row", "x" * 100, 1, ROW, True, LONG, None, "open", LONG, ID, NOW, None, None)
    lines = tell_changes(words, long, None, ROW)
    told = Told(title_of(words, "row", "x", ROW), lines, lines, LONG, [LONG] * 30, LONG[:200])
    cards.proposal_card(words, proposal, told)
    cards.proposal_card(words, replace(proposal, state="declined"), told)
    cards.proposal_card(words, proposal, replace(told, meanwhile=lines))
    cards.proposals_card(words, [(ID, LONG)] * 60, [(ID, LONG)] * 10)
    cards.choose_row_card(words, long.use_cases[:3], LONG, edits=True)
    long_lines = [Line(ID, LONG, lines, True)] * batch_cards.A_PAGE
    batch_cards.batch_card(words, ID, long_lines, page=2, number=10_000, by=LONG)
    batch_cards.approved_card(words, ID, dict.fromkeys(("adopted", "waits", "meanwhile", "unfit"), 10_000), 9)
    judged = judge(long, long.use_cases[0].id, [], [])
    cards.changed_card(words, long, [Affected(Asked(ID, LONG, "nl", "x", "mag", {}, ID), judged)] * 30)
    near = long.use_cases[0]
    begin = actions.BeginRow(words=LONG[:400], ticket=ID, data="intern", near="x" * 100)
    new_row_cards.short_form(words, long, begin, near.typical_data, near, question=LONG, why=LONG)
    typed = Typed(LONG[:200], "mag_mits", near.conditions, LONG[:600], LONG[:600], language, LONG[:400])
    drafted = draft_row(long, typed, near, near.typical_data)
    new_row_cards.draft_card(words, long, ID, drafted, near)
    new_row_cards.rest_form(words, long, drafted, ID, ID)
    edit_forms.wording_form(words, long, ROW, actions.ChangeWording(row="x" * 100, base=1))
    tool = {"id": "x", "name": LONG, "aliases": [LONG] * 9, "note": {"nl": LONG, "en": LONG}}
    edit_forms.tool_form(words, long, tool, actions.ChangeTool(tool="x" * 100, base=1))
    edit_forms.tools_found_card(words, long, long.tools[:5], "https://x.example/tools", edits=True)
    forms.cells_form(words, long, ROW, 1, ID)
    forms.example_form(words, ROW, 1, LONG, ID)
    review_cards.review_card(words, long, long.use_cases[0], why=LONG, waiting=10_000, last_seen=LONG[:200])
    documents = long.policy.documents
    newest = {one.id: PolicyVersion(one.id, 2, LONG, None, NOW) for one in documents}
    review_cards.policies_card(words, [(one, 10_000) for one in documents], newest)
    review_cards.policy_form(words, documents)
    differs = Difference("row", "x" * 100, ID, ROW, NOW, "open")
    review_cards.differences_card(words, [(differs, LONG, lines)] * 5, 10_000)
    request = ToolRequest(ID, LONG[:200], LONG, "intern", LONG[:500], "open", {}, 1, None, NOW, None, None)
    reviewed = replace(request, checklist=dict.fromkeys(tool_cards.CHECKS, LONG))
    tool_cards.tools_card(words, "https://x.example/tools", long.tools, [request] * 25, secret=True, edits=True)
    tool_cards.request_form(words, long, LONG)
    tool_cards.request_card(words, long, reviewed, 10_000)
    tool_cards.review_form(words, reviewed)
    tool_cards.decision_form(words, long, reviewed)
    tool_cards.decided_card(words, long, long.tools[0])
    agreements_card(words, long, None)
    agreement_form(words, long)
