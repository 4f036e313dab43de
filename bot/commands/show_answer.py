"""Draws a neutral card in the terminal: the very card that people get in a chat."""

from __future__ import annotations

from typing import assert_never

from rich.box import HORIZONTALS
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Line

from bot.model.cards import Bullets, Buttons, Card, Divider, Element, Fact, Facts, Link, Picture, Text

_STYLES = {"normal": "", "heading": "bold", "strong": "bold", "quiet": "dim", "quote": "italic"}
_WIDTH = 88


def show_card(card: Card, console: Console) -> None:
    """As wide as reads well. Nothing in it is markup, whatever somebody typed."""
    parts = [Padding(_draw(element), (0, 0, 1, 0)) for element in card.elements]
    last = parts[-1]
    last.bottom = 0
    width = min(_WIDTH, console.width)
    console.print(Panel(Group(*parts), box=HORIZONTALS, width=width, padding=(1, 2)))


def _draw(element: Element) -> RenderableType:
    match element:
        case Text(text=text, style=style):
            return Line(text, style=_STYLES[style])
        case Bullets(items=items):
            return _list(items, "•")
        case Facts(facts=facts):
            return _table(facts)
        case Picture(alt=alt):
            return Line(alt, style="italic")
        case Divider():
            return Rule(style="dim")
        case Link(label=label, url=url):
            return Line(f"{label}: {url}")
        case Buttons(buttons=buttons):
            return _list(tuple(button.label for button in buttons), "›")
        case _:
            assert_never(element)


def _list(items: tuple[str, ...], sign: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    for item in items:
        grid.add_row(Line(sign), Line(item))
    return grid


def _table(facts: tuple[Fact, ...]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for fact in facts:
        grid.add_row(Line(fact.label, style="dim"), Line(fact.value))
    return grid
