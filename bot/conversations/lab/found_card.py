"""The card with questions that seem answered by now, for people of the Lab to look at and to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.lab import actions
from bot.conversations.lab.ticket_card import ref_of
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Text, shorten
from bot.texts import Words
from knowledge.content import UseCase
from storage.tickets import Ticket

_QUESTION, _TOLD = 300, 300


@dataclass(frozen=True, slots=True)
class Found:
    """A question that waits, and the row that seems to answer it."""

    ticket: Ticket
    row: UseCase
    verdict: str


def found_card(words: Words, found: Sequence[Found], *, told: Sequence[str] = ()) -> Card:
    """`told`: what became of those that were pressed."""
    elements: list[Element] = [Bullets(items=tuple(shorten(one, _TOLD) for one in told))] if told else []
    title = words("lab.again_title", n=len(found)) if found else told[0]
    if found:
        elements += [Text(text=title, style="heading"), Text(text=words("lab.again_intro"))]
        for one in found:
            elements += _draw(words, one, [other.ticket.id for other in found])
    if len(found) > 1:
        every = actions.GiveFound(tickets=tuple(one.ticket.id for one in found))
        elements.append(
            Buttons(buttons=(Button.to(every, words("lab.button_give_all", n=len(found)), primary=True),))
        )
    return Card(summary=shorten(title, limits.SUMMARY), elements=tuple(elements))


def _draw(words: Words, one: Found, all_ids: Sequence[str]) -> list[Element]:
    id = one.ticket.id
    title, verdict = one.row.title.in_language(words.language), words(f"ask.verdict_{one.verdict}")
    give = actions.GiveFound(tickets=(id,), others=tuple(other for other in all_ids if other != id))
    return [
        Text(text=shorten(one.ticket.text, _QUESTION), style="quote"),
        Text(text=shorten(words("lab.again_answer", verdict=verdict, title=title), limits.TEXT)),
        Buttons(
            buttons=(
                Button.to(give, words("lab.button_give", ref=ref_of(id))),
                Button.to(actions.ShowTicket(ticket=id), words("lab.button_show", ref=ref_of(id))),
            )
        ),
    ]
