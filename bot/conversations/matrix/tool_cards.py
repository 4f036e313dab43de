"""Cards and forms of tools: asking for one, the checklist of its review, and the decision."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.matrix import actions
from bot.conversations.matrix.forms import WHY, make_form
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Element,
    Fact,
    Facts,
    Form,
    FormField,
    Link,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.texts import Words
from knowledge.content import Knowledge, Tool, ToolStatus
from storage.tool_requests import OPEN, ToolRequest

CHECKS = ("supplier", "where", "training", "agreement", "dpia", "council")
"""What is looked at: who makes it, where data goes, training on it, processing agreement, DPIA, works council."""
_ANSWER = 400
NOTHING = "-"
"""Stands for: no data at all may go in."""


def tools_card(
    words: Words,
    link: str,
    tools: Sequence[Tool],
    waiting: Sequence[ToolRequest],
    *,
    secret: bool,
    edits: bool,
) -> Card:
    heading = words("matrix.tools_title")
    approved = [tool.name for tool in tools if tool.status is ToolStatus.APPROVED]
    elements: list[Element] = [Text(text=heading, style="heading")]
    if approved:
        elements.append(
            Text(
                text=words(
                    "matrix.tools_approved", tools=words.listed([shorten(name, 100) for name in approved[:12]])
                )
            )
        )
    elements.append(Link(label=words("matrix.tools_link"), url=link))
    if secret:
        elements.append(Text(text=words("pages.link_hint"), style="quiet"))
    rows = [
        Button.to(
            actions.OpenToolReview(request=one.id),
            words("matrix.button_review_tool", tool=one.name),
            opens_form=True,
        )
        for one in waiting[:8]
    ]
    ask = Button.to(actions.OpenToolRequest(), words("matrix.button_request_any"), opens_form=True)
    change = Button.to(actions.OpenFindTool(), words("matrix.button_change_any"), opens_form=True)
    elements.append(Buttons(buttons=(ask, *([change] if edits else []), *rows)))
    return Card(summary=heading, elements=tuple(elements))


def request_form(words: Words, knowledge: Knowledge, tool: str) -> Form:
    fields: list[FormField] = [
        TextField(
            id="name", label=words("matrix.request_name"), value=shorten(tool, 200) if tool else "", max_length=200
        ),
        TextField(
            id="what_for",
            label=words("matrix.request_what_for"),
            hint=words("matrix.no_names"),
            multiline=True,
            max_length=WHY,
        ),
        data_field(words, knowledge, "data", "matrix.request_data"),
        TextField(id="link", label=words("matrix.request_link"), required=False, max_length=400),
    ]
    return make_form(words, "matrix.request_title", actions.RequestTool(), fields)


def data_field(words: Words, knowledge: Knowledge, id: str, label: str, *, nothing: bool = False) -> ChoiceField:
    options = [
        Option(value=one.id, label=shorten(one.label.in_language(words.language), limits.OPTION_LABEL))
        for one in knowledge.policy.data_classes[: limits.OPTIONS - 1]
    ]
    if nothing:
        options.insert(0, Option(value=NOTHING, label=words("matrix.no_data")))
    return ChoiceField(id=id, label=words(label), options=tuple(options), value=options[0].value)


def request_card(words: Words, knowledge: Knowledge, request: ToolRequest, people: int) -> Card:
    """For the Lab and security: what is asked, what was found, and what to do next."""
    heading = words("matrix.tool_request", tool=shorten(request.name, 60))
    found = knowledge.find_data_class(request.data)
    data = shorten(found.label.in_language(words.language) if found else request.data, 300)
    facts = [
        Fact(label=words("matrix.request_what_for"), value=shorten(request.what_for, 1_000)),
        Fact(label=words("matrix.request_data"), value=data),
        Fact(label=words("matrix.request_people"), value=words.number(people)),
    ]
    elements: list[Element] = [Text(text=heading, style="heading"), Facts(facts=tuple(facts))]
    if request.link:
        elements.append(Text(text=request.link, style="quiet"))
    lines = [
        words(
            "matrix.check_line",
            label=words(f"matrix.check_{check}"),
            answer=shorten(str(request.checklist[check]), 300),
        )
        for check in CHECKS
        if request.checklist.get(check)
    ]
    if lines:
        elements += [Text(text=words("matrix.checklist"), style="strong"), Bullets(items=tuple(lines))]
    if request.state == OPEN:
        review = Button.to(
            actions.OpenToolReview(request=request.id), words("matrix.button_checklist"), opens_form=True
        )
        decide = Button.to(
            actions.OpenToolDecision(request=request.id),
            words("matrix.button_decide"),
            opens_form=True,
            primary=bool(lines),
        )
        elements.append(Buttons(buttons=(review, decide)))
    else:
        elements.append(Text(text=words("matrix.tool_decided"), style="quiet"))
    return Card(summary=heading, elements=tuple(elements))


def review_form(words: Words, request: ToolRequest) -> Form:
    fields: list[FormField] = [
        TextField(
            id=check,
            label=words(f"matrix.check_{check}"),
            value=shorten(str(request.checklist.get(check, "")), _ANSWER),
            required=False,
            max_length=_ANSWER,
        )
        for check in CHECKS
    ]
    action = actions.ReviewTool(request=request.id, version=request.version)
    return make_form(words, "matrix.review_tool_title", action, fields, intro=request.name)


def decision_form(words: Words, knowledge: Knowledge, request: ToolRequest) -> Form:
    statuses = tuple(Option(value=one, label=words(f"matrix.status_{one}")) for one in ToolStatus)
    notes = [
        TextField(
            id=f"note_{one}",
            label=words(
                "matrix.in_language", label=words("matrix.decision_note"), language=words(f"matrix.in_{one}")
            ),
            max_length=500,
        )
        for one in knowledge.policy.languages
    ]
    fields: list[FormField] = [
        ChoiceField(id="status", label=words("matrix.field_status"), options=statuses, value=ToolStatus.FORBIDDEN),
        data_field(words, knowledge, "limit", "matrix.decision_limit", nothing=True),
        *notes,
    ]
    action = actions.DecideTool(request=request.id, version=request.version)
    return make_form(words, "matrix.decide_title", action, fields, intro=request.name)


def decided_card(words: Words, knowledge: Knowledge, tool: Tool) -> Card:
    """For whoever asked for it."""
    heading = words("matrix.tool_answer", tool=shorten(tool.name, 60))
    limit = knowledge.find_data_class(tool.data_limit) if tool.data_limit else None
    said = words("matrix.tool_no")
    if tool.status is not ToolStatus.FORBIDDEN and limit is not None:
        key = "matrix.tool_yes" if tool.status is ToolStatus.APPROVED else "matrix.tool_trial"
        said = words(key, data=limit.label.in_language(words.language))
    note = tool.note.in_language(words.language)
    return Card(summary=heading, elements=(Text(text=heading, style="heading"), Text(text=said), Text(text=note)))
