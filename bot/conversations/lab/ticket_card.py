"""The card of one ticket, as people of the Lab see it: the question, what helps to answer it, what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.lab import actions
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Text, shorten
from bot.texts import Words
from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.verdict import judge
from storage.tickets import Asker, Ticket

_QUESTION, _NOTE, _ANSWER = 2_400, 900, 2_400
_NAMES = 3
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket with the names that belong to its ids."""

    ticket: Ticket
    knowledge: Knowledge
    askers: Sequence[Asker]
    claimer: str
    answerer: str
    now: datetime
    time_zone: str
    merged: str = ""
    """The question it went into."""


def ticket_card(words: Words, shown: Shown) -> Card:
    ticket = shown.ticket
    title, state = words("lab.title", ref=ref_of(ticket.id)), tell_state(words, shown)
    elements: list[Element] = [
        Text(text=title, style="heading"),
        Text(text=state, style="strong"),
        *_quote(words, ticket.text, _QUESTION),
    ]
    if ticket.note:
        elements.append(Text(text=shorten(words("lab.note", note=ticket.note), _NOTE)))
    elements += _near(words, shown)
    elements.append(Text(text=shorten("\n".join(_details(words, shown)), limits.TEXT), style="quiet"))
    if ticket.answer:
        elements += [Text(text=words("lab.answer_was"), style="strong"), *_quote(words, ticket.answer, _ANSWER)]
    elements += _buttons(words, shown)
    summary = f"{title}. {state}. {ticket.text}"
    return Card(summary=shorten(summary, limits.SUMMARY), elements=tuple(elements))


def ref_of(ticket_id: str) -> str:
    """How people call it."""
    return ticket_id[:6]


def tell_state(words: Words, shown: Shown) -> str:
    ticket = shown.ticket
    if ticket.merged_into:
        return words("lab.state_merged", ref=ref_of(ticket.merged_into))
    state = words(f"lab.state_{ticket.state}", name=shown.claimer or shown.answerer or words("lab.somebody"))
    if ticket.due_by is None or not ticket.is_open:
        return state
    late = shown.now > ticket.due_by
    key = "lab.late_since" if late else ("lab.answer_by" if ticket.reacted_at else "lab.react_by")
    return f"{state} · {words(key, moment=words.moment(ticket.due_by, shown.time_zone))}"


def _quote(words: Words, text: str, most: int) -> list[Element]:
    """What is left out here is whole on the page."""
    quoted: list[Element] = [Text(text=shorten(text, most), style="quote")]
    if len(text) > most:
        quoted.append(Text(text=words("lab.shortened"), style="quiet"))
    return quoted


def _near(words: Words, shown: Shown) -> list[Element]:
    lines = near_lines(words, shown.knowledge, shown.ticket)
    if not lines:
        return [Text(text=words("lab.near_none"))]
    return [Text(text=words("lab.near")), Bullets(items=tuple(lines))]


def near_lines(words: Words, knowledge: Knowledge, ticket: Ticket) -> list[str]:
    """The nearest rows, each with its verdict for the data and tools that were named."""
    reading = ticket.reading
    data = [id for id in reading.get("data") or [] if knowledge.find_data_class(id)]
    tools = [id for id in reading.get("tools") or [] if id == UNKNOWN_TOOL or knowledge.find_tool(id)]
    lines = []
    for id in (reading.get("candidates") or [])[:_NEAR]:
        row = knowledge.find_use_case(id)
        if row is not None:
            verdict = words(f"ask.verdict_{judge(knowledge, id, data, tools).verdict}")
            lines.append(words("lab.near_line", title=row.title.in_language(words.language), verdict=verdict))
    return lines


def _details(words: Words, shown: Shown) -> list[str]:
    ticket, knowledge = shown.ticket, shown.knowledge
    lines = [tell_askers(words, ticket, [asker.name for asker in shown.askers])]
    if ticket.unit:
        lines.append(words("lab.unit", unit=ticket.unit))
    named = [c.label.in_language(words.language) for c in knowledge.policy.data_classes
             if c.id in (ticket.reading.get("data") or [])]  # fmt: skip
    if named:
        lines.append(words("lab.data", data=words.listed(named)))
    if tool := str(ticket.reading.get("tool_words") or ""):
        lines.append(words("lab.tool", tool=shorten(tool, 60)))
    lines.append(words("lab.since", moment=words.moment(ticket.opened_at, shown.time_zone)))
    return lines


def tell_askers(words: Words, ticket: Ticket, names: Sequence[str]) -> str:
    """Who asked, and how many that are; nobody is named who did not want to be."""
    known = [name or words("lab.colleague") for name in names[:_NAMES]]
    if not known:
        return words("lab.asked_unnamed", n=max(1, ticket.unnamed))
    others = ticket.asks - len(known)
    if others > 0:
        return words("lab.asked_by_more", names=", ".join(known), n=others)
    return words("lab.asked_by", names=words.listed(known))


def _buttons(words: Words, shown: Shown) -> list[Element]:
    ticket = shown.ticket
    id = ticket.id
    explain = Button.to(actions.Explain(ticket=id), words("lab.button_explain"))
    if not ticket.is_open:
        reopen = () if ticket.merged_into else (Button.to(actions.Reopen(ticket=id), words("lab.button_reopen")),)
        return [Buttons(buttons=(*reopen, explain))]
    claimed = ticket.claimed_by is not None
    answer = Button.to(actions.OpenAnswer(ticket=id), words("lab.button_answer"), opens_form=True, primary=claimed)
    ask = Button.to(actions.OpenAskBack(ticket=id), words("lab.button_ask"), opens_form=True)
    take = Button.to(actions.Claim(ticket=id), words("lab.button_claim"), primary=True)
    back = Button.to(actions.HandBack(ticket=id), words("lab.button_back"))
    on = Button.to(actions.OpenHandOn(ticket=id), words("lab.button_on"), opens_form=True)
    merge = Button.to(actions.OpenMerge(ticket=id), words("lab.button_merge"), opens_form=True)
    close = Button.to(actions.OpenClose(ticket=id), words("lab.button_close"), opens_form=True)
    first = (answer, ask, on, back) if claimed else (take, answer, ask, on)
    return [Buttons(buttons=first), Buttons(buttons=(explain, merge, close))]
