"""Which column of the spreadsheet holds which value of a row, tool or principle, and how it stands in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.content import LANGUAGES, Knowledge
from knowledge.contents import PRINCIPLE, ROW, TOOL, Content

EXAMPLES = "examples"
EXAMPLE_HEADINGS = ("row", "language", "example")
SHEETS = {ROW: "matrix", TOOL: "tools", PRINCIPLE: "principles"}
"""The sheet of each kind; the examples of the rows have one of their own, one to a line."""
OURS = ("version", "since")
"""The program fills these in."""


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    path: tuple[str, ...]
    """Where the value stands in a content: (verdicts, intern)."""
    kind: Literal["text", "list", "number"] = "text"
    wide: int = 18

    def read(self, content: Content) -> str | int | None:
        """What stands in the cell; None for an empty one."""
        value: object = content
        for step in self.path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, list | tuple):
            return "\n".join(map(str, value)) or None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return None if value is None else str(value)

    def write(self, content: Content, cell: str, before: Content) -> None:
        """Puts the value of a cell in its place. An empty one leaves out what was not there either."""
        *steps, last = self.path
        if cell == "":
            if self.kind == "list" and (last in _ALWAYS or last in before):
                content[last] = []
            elif last == "data_limit":
                content[last] = None  # nothing at all may go in
            return
        place = content
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = _parse(self.kind, cell)


_ALWAYS = ("conditions", "principles", "policies")
"""Lists that a row has, empty or not."""


def _parse(kind: str, cell: str) -> object:
    if kind == "list":
        return [part.strip() for part in cell.split("\n") if part.strip()]
    return int(cell) if kind == "number" and cell.isascii() and cell.isdigit() else cell


def counted(knowledge: Knowledge, id: str) -> dict[str, object]:
    """What the program fills in for a row: its version and since when it holds."""
    row = knowledge.find_use_case(id)
    if row is None:
        return {}
    return {"version": row.version, "since": row.since.isoformat() if row.since else None}


def find_columns(knowledge: Knowledge, kind: str) -> Sequence[Column]:
    match kind:
        case "row":
            return _row_columns(knowledge)
        case "tool":
            return (
                Column("id", ("id",)),
                Column("name", ("name",), wide=26),
                Column("aliases", ("aliases",), "list", wide=30),
                Column("status", ("status",)),
                Column("data_limit", ("data_limit",)),
                Column("made_for", ("made_for",), "list"),
                *_texts("note"),
            )
        case _:
            return (Column("id", ("id",)), *_texts("text"))


def _row_columns(knowledge: Knowledge) -> Sequence[Column]:
    return (
        Column("id", ("id",)),
        Column("task", ("task",)),
        *_texts("title"),
        *_texts("description"),
        Column("typical_data", ("typical_data",)),
        *(Column(f"verdict {one.id}", ("verdicts", one.id)) for one in knowledge.policy.data_classes),
        Column("conditions", ("conditions",), "list", wide=26),
        *_texts("why"),
        *_texts("instead"),
        Column("level", ("level",)),
        Column("principles", ("principles",), "list"),
        Column("policies", ("policies",), "list"),
        Column("version", ("version",), "number"),
        Column("since", ("since",)),
    )


def _texts(name: str) -> Sequence[Column]:
    return [Column(f"{name} {language}", (name, language), wide=40) for language in LANGUAGES]
