"""The smaller cards around a ticket: notes, what askers hear, the queue, what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversations.lab import actions
from bot.conversations.lab.ticket_card import ref_of
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Link, Text, shorten
from bot.texts import Words
from storage.tickets import Ticket
from storage.tickets_finding import Listed, Numbers

_PIECE, _PIECES = 2_700, 3
_LINE = 140
_LISTED = 8


def note_card(words: Words, said: str, text: str = "") -> Card:
    """A line in the thread of a ticket, with what was said."""
    elements: list[Element] = [Text(text=shorten(said, limits.TEXT))]
    return Card(summary=shorten(said, limits.SUMMARY), elements=(*elements, *_pieces(text, "quote")))


def asker_card(words: Words, said: str, ticket: Ticket, text: str = "", *, reply: str = "") -> Card:
    """To who asked: what there is to know first, their own question below it. `reply`: a button to say more."""
    elements: list[Element] = [Text(text=shorten(said, limits.TEXT), style="strong"), *_pieces(text, "normal")]
    question = words("lab.your_question", question=shorten(ticket.text, 900))
    elements.append(Text(text=question, style="quiet"))
    if reply:
        button = Button.to(actions.OpenReply(ticket=ticket.id), reply, opens_form=True)
        elements.append(Buttons(buttons=(button,)))
    return Card(summary=shorten(f"{said} {text}".strip(), limits.SUMMARY), elements=tuple(elements))


def handed_card(words: Words, said: str, text: str) -> Card:
    """To who just asked."""
    quote = Text(text=shorten(text, 900), style="quote")
    return Card(summary=shorten(said, limits.SUMMARY), elements=(Text(text=said), quote))


def _pieces(text: str, style: Any) -> list[Element]:
    """However long: an element holds some three thousand characters."""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)][:_PIECES]
    return [Text(text=piece, style=style) for piece in pieces if piece.strip()]


# ---------------------------------------------------------------- for the Lab


def closed_card(words: Words, ticket: Ticket) -> Card:
    """For whoever closed it, before other conversations add what could become of it."""
    said = words("lab.closed_for_you", ref=ref_of(ticket.id))
    return Card(summary=said, elements=(Text(text=said),))


def queue_card(
    words: Words, which: str, numbers: Numbers, found: Sequence[Listed], link: str, names: Mapping[str, str]
) -> Card:
    title = words("lab.queue_title")
    told = words(
        "lab.queue_numbers", open=numbers.open, mine=numbers.mine, waiting=numbers.waiting, late=numbers.late
    )
    elements: list[Element] = [
        Text(text=title, style="heading"),
        Text(text=told),
        Buttons(buttons=tuple(_choose(words, one, which) for one in ("open", "mine", "waiting", "late"))),
    ]
    if not found:
        elements.append(Text(text=words(f"lab.queue_none_{which}")))
    for one in found[:_LISTED]:
        elements += _draw_line(words, one, names)
    if len(found) > _LISTED:
        elements.append(Text(text=words("lab.queue_more"), style="quiet"))
    elements.append(Link(label=words("lab.to_page"), url=link))
    return Card(summary=shorten(f"{title}. {told}", limits.SUMMARY), elements=tuple(elements))


def _choose(words: Words, one: Any, which: str) -> Button:
    return Button.to(actions.ShowQueue(which=one), words(f"lab.which_{one}"), primary=one == which)


def _draw_line(words: Words, one: Listed, names: Mapping[str, str]) -> list[Element]:
    who = names.get(one.claimed_by or "") or words("lab.somebody")
    told = words(
        "lab.queue_line", text=shorten(one.text, _LINE), state=words(f"lab.short_{one.state}", name=who), n=one.asks
    )
    label = words("lab.button_show", ref=ref_of(one.id))
    return [Text(text=told), Buttons(buttons=(Button.to(actions.ShowTicket(ticket=one.id), label),))]


def late_card(words: Words, found: Sequence[Listed], number: int) -> Card:
    """What is left over this morning."""
    title = words("lab.left_over", n=number)
    lines = tuple(words("lab.left_over_line", text=shorten(one.text, _LINE), ref=ref_of(one.id)) for one in found)
    buttons = tuple(
        Button.to(actions.ShowTicket(ticket=one.id), words("lab.button_show", ref=ref_of(one.id)))
        for one in found[: limits.BUTTONS]
    )
    elements: tuple[Element, ...] = (
        Text(text=title, style="strong"),
        Bullets(items=lines),
        Text(text=words("lab.left_over_more"), style="quiet"),
        Buttons(buttons=buttons),
    )
    return Card(summary=shorten(title, limits.SUMMARY), elements=elements)


def reminder_card(words: Words, said: str, ticket: Ticket) -> Card:
    show = Button.to(actions.ShowTicket(ticket=ticket.id), words("lab.button_show", ref=ref_of(ticket.id)))
    quote = Text(text=shorten(ticket.text, 300), style="quote")
    return Card(summary=shorten(said, limits.SUMMARY), elements=(Text(text=said), quote, Buttons(buttons=(show,))))
