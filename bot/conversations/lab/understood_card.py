"""Why the bot does not know: how a question is read, in plain words for the people who answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversations.lab.ticket_card import ref_of
from bot.explaining import tell_seen, tell_why, weigh
from bot.model import limits
from bot.model.cards import Bullets, Card, Element, Text, shorten
from bot.texts import Words
from knowledge.content import UNKNOWN_TOOL, Knowledge
from knowledge.matching.explaining import Explanation
from storage.tickets import Ticket

_LINE = 300
_LINES = 12


def explained_card(words: Words, knowledge: Knowledge, ticket: Ticket, found: Explanation) -> Card:
    """The whole way from the words to no answer. What was masked before it was kept counts as data still."""
    found = _with_kept(knowledge, ticket, found)
    heading = words("lab.understood", ref=ref_of(ticket.id))
    elements: list[Element] = [Text(text=heading, style="heading"), Text(text=words("lab.understood_now"))]
    for label, lines in tell_seen(words, knowledge, found):
        elements += _section(label, lines)
    if weighed := weigh(words, knowledge, found):
        elements += _section(words("lab.understood_rows"), [f"{one.percent} {one.said}" for one in weighed])
    elements += _section(words("explain.why"), tell_why(words, found))
    then = str(ticket.reading.get("because") or "")
    if then and then != found.reading.because:
        elements.append(Text(text=shorten(words("lab.understood_then", because=then), _LINE), style="quiet"))
    return Card(summary=heading, elements=tuple(elements))


def _with_kept(knowledge: Knowledge, ticket: Ticket, found: Explanation) -> Explanation:
    kept = {*found.reading.data, *(ticket.reading.get("data") or ())}
    data = tuple(one.id for one in knowledge.policy.data_classes if one.id in kept)
    masked = tuple(str(kind) for kind in ticket.reading.get("masked") or found.reading.masked)
    return replace(found, reading=replace(found.reading, data=data, masked=masked))


def _section(label: str, lines: Sequence[str]) -> list[Element]:
    told = [shorten(line, _LINE) for line in lines if line]
    if not told:
        return []
    told = [*told[:_LINES], "…"] if len(told) > _LINES else told
    return [Text(text=label, style="strong"), Bullets(items=tuple(told)) if len(told) > 1 else Text(text=told[0])]


def understood_card(words: Words, knowledge: Knowledge, ticket: Ticket, near: Sequence[str]) -> Card:
    """How the question was read, in the words of `ask --explain`; nothing of who asked."""
    reading = ticket.reading
    if not reading.get("because") and not near:
        return Card.of_words(words("lab.not_read"))
    lines = [Text(text=words("lab.understood", ref=ref_of(ticket.id)), style="heading")]
    body = [
        (words("explain.data"), _tell_data(words, knowledge, reading)),
        (words("explain.tools"), _tell_tools(words, knowledge, reading)),
        (words("explain.rows"), "\n".join(near) or words("lab.near_none")),
        (words("explain.why"), str(reading.get("because") or "")),
    ]
    lines += [Text(text=shorten(f"{label}: {told}", limits.TEXT)) for label, told in body if told]
    return Card(summary=lines[0].text, elements=tuple(lines))


def _tell_data(words: Words, knowledge: Knowledge, reading: Mapping[str, Any]) -> str:
    named = reading.get("data") or []
    labels = [c.label.in_language(words.language) for c in knowledge.policy.data_classes if c.id in named]
    return words.listed(labels) or words("lab.not_named")


def _tell_tools(words: Words, knowledge: Knowledge, reading: Mapping[str, Any]) -> str:
    named = reading.get("tools") or []
    known = [tool.name for id in named if (tool := knowledge.find_tool(id)) is not None]
    if known:
        return words("explain.tool_known", tools=words.listed(known, last="house.or"))
    if UNKNOWN_TOOL in named:
        return words("explain.tool_unknown", tool=f"“{shorten(str(reading.get('tool_words') or '?'), 60)}”")
    return words("lab.not_named")
