"""Cards of what came with one spreadsheet: every change of it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversations.matrix import actions
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Text, shorten
from bot.texts import Words

A_PAGE = 6
_LINES = 6
_LINE = 180
_OUTCOMES = {
    "adopted": "matrix.batch_adopted",
    "waits": "matrix.batch_waits",
    "meanwhile": "matrix.batch_meanwhile",
    "unfit": "matrix.batch_unfit",
    "elsewhere": "matrix.batch_elsewhere",
    "settled": "matrix.batch_settled",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of it."""

    id: str
    title: str
    changes: Sequence[str]
    looser: bool


def batch_card(words: Words, batch: str, lines: Sequence[Line], *, page: int, number: int, by: str) -> Card:
    """A page of it, with each proposal a press away, and all of them approved with another."""
    heading = words("matrix.batch_title", n=number)
    elements: list[Element] = [
        Text(text=heading, style="heading"),
        Text(text=words("matrix.batch_intro", name=shorten(by, 100))),
    ]
    for line in lines:
        elements.append(Text(text=shorten(line.title, 150), style="strong"))
        elements.append(Bullets(items=tuple(_shorten_changes(words, line.changes))))
        elements.append(
            Text(text=words("matrix.batch_looser" if line.looser else "matrix.batch_not_looser"), style="quiet")
        )
        one = Button.to(actions.ShowProposal(proposal=line.id), words("matrix.button_one"))
        elements.append(Buttons(buttons=(one,)))
    elements.append(Buttons(buttons=tuple(_list_buttons(words, batch, page, number))))
    return Card(summary=heading, elements=tuple(elements))


def _shorten_changes(words: Words, changes: Sequence[str]) -> list[str]:
    shown = [shorten(change, _LINE) for change in changes[:_LINES]]
    left = len(changes) - len(shown)
    return [*shown, words("matrix.batch_more_changes", n=left)] if left else shown or [words("matrix.cell_order")]


def _list_buttons(words: Words, batch: str, page: int, number: int) -> list[Button]:
    buttons = [Button.to(actions.ApproveBatch(batch=batch), words("matrix.button_approve_all"), primary=True)]
    if page > 1:
        buttons.append(Button.to(actions.ShowBatch(batch=batch, page=page - 1), words("matrix.button_previous")))
    if page * A_PAGE < number:
        buttons.append(Button.to(actions.ShowBatch(batch=batch, page=page + 1), words("matrix.button_next")))
    return buttons


def approved_card(words: Words, batch: str, became: Mapping[str, int], left: int) -> Card:
    """What a press on "approve all" led to, by kind of outcome."""
    lines = tuple(words(key, n=became[one]) for one, key in _OUTCOMES.items() if became.get(one))
    heading = words("matrix.batch_done")
    elements: list[Element] = [Text(text=heading, style="heading"), Bullets(items=lines[: limits.BULLETS])]
    if left:
        again = Button.to(actions.ShowBatch(batch=batch), words("matrix.button_rest", n=left))
        elements.append(Buttons(buttons=(again,)))
    return Card(summary=heading, elements=tuple(elements))
