"""A figure is what was measured, beside its peer of the same run; machines are shared, so ratios count."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path("build/bench.json")


@dataclass(frozen=True)
class Figure:
    """`ratio` is ours over the peer's; `goal` says what it should be, where the design names one."""

    what: str
    ours: float
    unit: str
    peer: str = ""
    peers: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peers if self.peers else None


def show(title: str, figures: list[Figure]) -> None:
    table = Table(title=title, title_justify="left")
    for heading in ("what", "ours", "peer", "", "ratio", "goal"):
        table.add_column(heading)
    for figure in figures:
        table.add_row(
            figure.what,
            f"{figure.ours:,.1f} {figure.unit}",
            figure.peer,
            f"{figure.peers:,.1f} {figure.unit}" if figure.peers is not None else "",
            f"{figure.ratio:.2f}" if figure.ratio is not None else "",
            figure.goal,
        )
    Console(width=140).print(table)


def write(figures: dict[str, list[Figure]], file: Path = RESULTS) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    plain = {
        group: [{**asdict(figure), "ratio": figure.ratio} for figure in found] for group, found in figures.items()
    }
    file.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
