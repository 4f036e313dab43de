"""Draws how a question was read: what it says, what it may be about, and why the answer came as it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import HORIZONTALS
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.explaining import Weighed, tell_seen, tell_why, weigh
from bot.texts import Words
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation

_WIDTH = 88
_BAR = 16


def show_explanation(words: Words, knowledge: Knowledge, explanation: Explanation, console: Console) -> None:
    """As wide as reads well. Nothing in it is markup, whatever somebody typed."""
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(no_wrap=True)
    for label, drawn in _sections(words, knowledge, explanation):
        grid.add_row(Text(label, style="dim"), drawn)
    title = Text(words("explain.title"), style="bold")
    width = min(_WIDTH, console.width)
    console.print(Panel(Group(title, Text(), grid), box=HORIZONTALS, width=width, padding=(1, 2, 0, 2)))


def _sections(words: Words, knowledge: Knowledge, explanation: Explanation) -> Iterator[tuple[str, RenderableType]]:
    for label, lines in tell_seen(words, knowledge, explanation):
        yield label, Text("\n".join(lines))
    if weighed := weigh(words, knowledge, explanation):
        yield words("explain.rows"), _bars(weighed)
    yield words("explain.why"), Text("\n".join(tell_why(words, explanation)))


def _bars(weighed: Sequence[Weighed]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    for one in weighed:
        grid.add_row(_bar(one.share), Text(one.percent), Text(one.said, style="italic" if one.no_row else ""))
    return grid


def _bar(share: float) -> Text:
    full = round(share * _BAR)
    return Text.assemble(("━" * full, "bold"), ("─" * (_BAR - full), "dim"))
