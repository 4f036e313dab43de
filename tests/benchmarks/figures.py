"""A figure is what was measured, beside its peer of the same run; machines are shared, so ratios count."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, Protocol

from rich.console import Console
from rich.table import Table

RESULTS = Path("build/bench.json")


class Line(Protocol):
    """One line of a group's table, and what is written of it."""

    HEADINGS: ClassVar[tuple[str, ...]]
    NOTE: ClassVar[str]
    """What one must know to read the table."""

    @property
    def section(self) -> str:
        """Lines of one section stand together."""
        ...

    def cells(self) -> tuple[str, ...]: ...

    def plain(self) -> dict[str, object]: ...


@dataclass(frozen=True)
class Figure:
    """`ratio` is ours over the peer's; `goal` says what it should be, where the design names one."""

    HEADINGS: ClassVar[tuple[str, ...]] = ("what", "ours", "peer", "", "ratio", "goal")
    NOTE: ClassVar[str] = ""

    what: str
    ours: float
    unit: str
    peer: str = ""
    peers: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peers if self.peers else None

    @property
    def section(self) -> str:
        return ""

    def cells(self) -> tuple[str, ...]:
        return (
            self.what,
            f"{self.ours:,.1f} {self.unit}",
            self.peer,
            f"{self.peers:,.1f} {self.unit}" if self.peers is not None else "",
            f"{self.ratio:.2f}" if self.ratio is not None else "",
            self.goal,
        )

    def plain(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}


def show(title: str, lines: Sequence[Line]) -> None:
    table = Table(title=title, title_justify="left", caption=lines[0].NOTE, caption_justify="left")
    for heading in lines[0].HEADINGS:
        table.add_column(heading)
    last = [line.section != following.section for line, following in pairwise(lines)]
    for line, ends in zip(lines, [*last, False], strict=True):
        table.add_row(*line.cells(), end_section=ends)
    Console(width=140).print(table)


def write(found: Mapping[str, Sequence[Line]], file: Path = RESULTS) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    plain = {group: [line.plain() for line in lines] for group, lines in found.items()}
    file.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
